"""Words to nodes, by python-hcl2's grammar.

The loop is the textbook LALR(1) one. It keeps its own stacks, so that depth of nesting costs memory only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from dynalint.syntax.build import Builder
from dynalint.syntax.encode import children
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.frames import Kind
from dynalint.syntax.lexemes import NAMES_OF_WORDS, Lexeme
from dynalint.syntax.lexer import Lexer
from dynalint.syntax.nodes import Body, Expression
from dynalint.syntax.source import Source, Span
from dynalint.syntax.tables import Rule, Tables, tables

MAX_HEIGHT = 2_000
"""Levels of nodes above each other. Brackets, operators, accesses and directives all add to them."""


def parse_body(source: Source, start: int, end: int) -> Body:
    """The attributes and blocks in a byte range. Raises SyntaxFault."""
    body = run(Lexer(source, start, end).run(Kind.BODY), end, Builder(source.path))
    return body if body.attributes or body.blocks else Body(Span(source.path, start, end), (), ())


def parse_value(
    source: Source, kind: Kind, start: int, end: int, place: Callable[[int], int] | None = None
) -> Expression:
    """The expression (``Kind.GROUP``) or template (``Kind.BARE``) that a byte range is. Raises SyntaxFault.

    ``place`` turns an offset of the source into one of the file, for text that was unescaped out of JSON.
    """
    builder = Builder(source.path, place)
    try:
        words = Lexer(source, start, end).run(kind)
    except SyntaxFault as fault:
        raise SyntaxFault(fault.message, builder.span(fault.span.start, fault.span.end), help=fault.help) from None
    body = run(words, end, builder)
    return body.attributes[0].value


def run(words: Sequence[Lexeme], end: int, builder: Builder) -> Body:
    """The body that the words are. Raises SyntaxFault."""
    body: Body = reduce(words, end, builder)
    if len(words) > MAX_HEIGHT:
        limit_height(body)
    return body


def limit_height(body: Body) -> None:
    """Refuse expressions that nest, or chain operators, more often than those who walk them can follow."""
    stack: list[tuple[Any, int]] = [(body, 0)]
    while stack:
        node, depth = stack.pop()
        if depth > MAX_HEIGHT:
            raise SyntaxFault(f"an expression of more than {MAX_HEIGHT} levels is more than dynalint reads", node.span)
        stack.extend((child, depth + 1) for child in children(node))


class Items(list[Any]):
    """Values of a repetition in the grammar, to be spliced into the rule that contains it."""


class Reduction(NamedTuple):
    """A rule with what to do: ``action`` is None where the value of its only member is passed on."""

    origin: str
    size: int
    action: Callable[[Builder, list[Any]], Any] | None


@cache
def reductions() -> list[Reduction]:
    """The rules of the grammar with the builder's actions."""
    return [Reduction(rule.origin, rule.size, action_of(rule)) for rule in tables().rules]


def action_of(rule: Rule) -> Callable[[Builder, list[Any]], Any] | None:
    """What to do for a rule."""
    if rule.origin.startswith("__"):
        return gather
    action: Callable[[Builder, list[Any]], Any] | None = getattr(Builder, f"rule_{rule.action}", None)
    if action is None:
        if rule.size != 1:
            raise NotImplementedError(f"python-hcl2's grammar has a rule {rule.action!r} that dynalint does not know")
        return None
    return partial(splice, action) if rule.repeats else action


def gather(_: Builder, children: list[Any]) -> Items:
    """The values of a repetition so far."""
    if isinstance(children[0], Items):
        children[0].extend(children[1:])
        return children[0]
    return Items(children)


def splice(action: Callable[[Builder, list[Any]], Any], builder: Builder, children: list[Any]) -> Any:
    """What an action makes of children, of which some are repetitions."""
    return action(builder, [item for child in children for item in (child if isinstance(child, Items) else (child,))])


def reduce(words: Iterable[Lexeme], end: int, builder: Builder) -> Any:
    """What the builder makes of the whole text. Raises SyntaxFault."""
    table, rules = tables(), reductions()
    rows = table.states
    states, values = [table.start], list[Any]()
    for word in (*words, Lexeme("$END", end, end)):
        kind = word.type
        while (target := rows[states[-1]].get(kind)) is None or target < 0:
            if target is None:
                raise unexpected(table, states, word, builder)
            origin, size, action = rules[~target]
            if action is None:
                states[-1] = climb(states[-2], states[-1], kind)
                continue
            at = len(values) - size
            values[at:] = [action(builder, values[at:])]
            del states[at + 1 :]
            states.append(rows[states[-1]][origin])
            if states[-1] == table.accept and kind == "$END":
                return values[-1]
        states.append(target)
        values.append(word)
    raise AssertionError("the grammar accepts at the end of the text or not at all")


@cache
def climb(below: int, top: int, word: str) -> int:
    """The state that stands for ``top`` when all rules that only pass a value on have been applied.

    A value climbs nine levels of operator precedence before anything happens to it: worth remembering.
    """
    rows, rules = tables().states, reductions()
    while (target := rows[top].get(word)) is not None and target < 0 and rules[~target].action is None:
        top = rows[below][rules[~target].origin]
    return top


def accepts(table: Tables, states: Sequence[int], word: str) -> bool:
    """Whether the parser could go on with ``word``."""
    stack, rules = list(states), table.rules
    while (target := table.states[stack[-1]].get(word)) is not None:
        if target >= 0:
            return True
        rule = rules[~target]
        del stack[len(stack) - rule.size :]
        stack.append(table.states[stack[-1]][rule.origin])
        if stack[-1] == table.accept:
            return True
    return False


def unexpected(table: Tables, states: Sequence[int], word: Lexeme, builder: Builder) -> SyntaxFault:
    """The fault of a word that cannot follow those before it."""
    possible = {name for name in table.states[states[-1]] if name in NAMES_OF_WORDS and accepts(table, states, name)}
    if {"PLUS", "NAME"} <= possible:
        possible = {"PLUS", "$END"}
    elif "FLOAT_LITERAL" in possible:
        possible -= {"NAME", "IN", "LPAR", "LBRACE"}
    elif "NAME" in possible:
        possible -= {"IN"}
    wanted = " or ".join([text for name, text in NAMES_OF_WORDS.items() if name in possible][:3])
    at = builder.span(word.start, max(word.end, word.start))
    return SyntaxFault(f"expected {wanted}" if wanted else "this cannot stand here", at)
