"""Words to nodes, by python-hcl2's grammar.

The loop is the textbook LALR(1) one. It keeps its own stacks, so that depth of nesting costs memory only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dynalint.syntax.build import Builder
from dynalint.syntax.encode import children
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.lexemes import NAMES_OF_WORDS, Lexeme
from dynalint.syntax.lexer import Kind, Lexer
from dynalint.syntax.nodes import Body, Expression
from dynalint.syntax.source import Source, Span
from dynalint.syntax.tables import Tables, tables

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


class Items(list[Any]):
    """Values of a repetition in the grammar, to be spliced into the rule that contains it."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A rule with what to do: ``action`` is None where the value of its only member is passed on."""

    origin: str
    size: int
    action: Callable[[Builder, list[Any]], Any] | None


@cache
def reductions() -> list[Reduction]:
    """The rules of the grammar with the builder's actions."""
    return [Reduction(rule.origin, rule.size, action_of(rule.action, rule.size)) for rule in tables().rules]


def action_of(name: str, size: int) -> Callable[[Builder, list[Any]], Any] | None:
    """What to do for a rule."""
    if name.startswith("__"):
        return gather
    action: Callable[[Builder, list[Any]], Any] | None = getattr(Builder, f"rule_{name}", None)
    if action is None and size != 1:
        raise NotImplementedError(f"python-hcl2's grammar has a rule {name!r} that dynalint does not know")
    return action


def gather(_: Builder, children: list[Any]) -> Items:
    """The values of a repetition so far."""
    if isinstance(children[0], Items):
        children[0].extend(children[1:])
        return children[0]
    return Items(children)


def splice(children: list[Any]) -> list[Any]:
    """Children with repetitions opened up."""
    if not any(isinstance(child, Items) for child in children):
        return children
    return [item for child in children for item in (child if isinstance(child, Items) else (child,))]


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


def reduce(words: Iterable[Lexeme], end: int, builder: Builder) -> Any:
    """What the builder makes of the whole text. Raises SyntaxFault."""
    table, rules = tables(), reductions()
    rows = table.states
    states, values = [table.start], list[Any]()
    for word in (*words, Lexeme("$END", end, end)):
        while (target := rows[states[-1]].get(word.type)) is None or target < 0:
            if target is None:
                raise unexpected(table, states, word, builder)
            rule = rules[~target]
            if rule.action is None:
                states[-1] = rows[states[-2]][rule.origin]
                continue
            children = values[len(values) - rule.size :]
            del values[len(values) - rule.size :], states[len(states) - rule.size :]
            values.append(rule.action(builder, children if rule.action is gather else splice(children)))
            states.append(rows[states[-1]][rule.origin])
            if states[-1] == table.accept and word.type == "$END":
                return values[-1]
        states.append(target)
        values.append(word)
    raise AssertionError("the grammar accepts at the end of the text or not at all")


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
