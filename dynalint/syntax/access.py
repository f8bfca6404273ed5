"""What follows a value, names, indexes and splats, as nodes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeGuard

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.lexemes import Lexeme
from dynalint.syntax.nodes import (
    AttributeStep,
    Expression,
    GetAttr,
    Index,
    IndexStep,
    Literal,
    Splat,
    SplatPart,
    SplatStep,
)
from dynalint.syntax.source import Span

MAX_SPLATS = 100
"""Full splats that may stand inside each other."""


class Places:
    """Where words and nodes lie.

    ``place`` turns an offset of the text into one of the file, for text that was unescaped out of JSON.
    """

    def __init__(self, path: str, place: Callable[[int], int] | None = None) -> None:
        self.path = path
        self.place = place
        self.closed: set[Span] = set()
        """Spans of expressions in parentheses, which nothing behind them can become a part of."""
        self.legacy: set[Span] = set()
        """Spans of ``x.*`` splats, which may not follow each other."""

    def span(self, start: int, end: int) -> Span:
        """The span of a byte range of the text."""
        if self.place is not None:
            return Span(self.path, self.place(start), self.place(end))
        return Span(self.path, start, end)

    def between(self, first: Any, last: Any) -> Span:
        """The span from one word or node to another."""
        return self.of(first).cover(self.of(last))

    def of(self, item: Any) -> Span:
        """The span of a word or node."""
        if isinstance(item, Lexeme):
            return self.span(item.start, item.end)
        span: Span = item.span
        return span


class Access(Places):
    """The actions of the rules for ``.name``, ``[key]``, ``[*]`` and ``.*``."""

    def rule_get_attr(self, children: list[Any]) -> AttributeStep:
        """``.name``."""
        return AttributeStep(self.between(children[0], children[1]), str(children[1].value))

    def rule_short_index(self, children: list[Any]) -> IndexStep:
        """``.0``."""
        key = Literal(self.of(children[1]), children[1].value)
        return IndexStep(self.between(children[0], children[1]), key)

    def rule_braces_index(self, children: list[Any]) -> IndexStep:
        """``[key]``."""
        opening, key, closing = children
        return IndexStep(self.between(opening, closing), key)

    def access(self, children: list[Any]) -> Expression:
        """``source.name``, ``source[key]``; inside a full splat, one more of its steps."""
        source: Expression = children[0]
        step: SplatPart = children[1]
        if self.is_open_splat(source):
            return replace(source, span=self.between(source, step), steps=self.extend(source.steps, [step]))
        return apply_step(source, step)

    rule_get_attr_expr_term = access
    rule_index_expr_term = access

    def splat(self, children: list[Any]) -> tuple[Lexeme, list[SplatPart]]:
        """``[*]`` or ``.*`` with what follows it."""
        return children[0], children[1:]

    rule_attr_splat = splat
    rule_full_splat = splat

    def is_open_splat(self, source: Expression) -> TypeGuard[Splat]:
        """Whether ``source`` is a full splat, to whose elements belongs whatever follows."""
        return isinstance(source, Splat) and source.span not in self.closed and source.span not in self.legacy

    def extend(self, steps: tuple[SplatPart, ...], more: list[SplatPart], depth: int = 1) -> tuple[SplatPart, ...]:
        """Steps with more of them, inside the innermost full splat."""
        if depth > MAX_SPLATS:
            raise SyntaxFault(f"more than {MAX_SPLATS} splats of splats are more than dynalint reads", more[0].span)
        last = steps[-1] if steps else None
        if more and isinstance(last, SplatStep) and last.span not in self.legacy:
            return (*steps[:-1], SplatStep(last.span.cover(more[-1].span), self.extend(last.steps, more, depth + 1)))
        return (*steps, *more)

    def rule_full_splat_expr_term(self, children: list[Any]) -> Splat:
        """``source[*]…``."""
        source: Expression = children[0]
        opening, steps = children[1]
        span = self.between(source, steps[-1] if steps else opening)
        if not self.is_open_splat(source):
            return Splat(span, source, tuple(steps))
        inner = SplatStep(self.of(opening).cover(span._replace(start=span.end)), tuple(steps))
        return replace(source, span=span, steps=self.extend(source.steps, [inner]))

    def rule_attr_splat_expr_term(self, children: list[Any]) -> Expression:
        """``source.*…``: names belong to the splat, and from the first bracket on the result is indexed."""
        source: Expression = children[0]
        opening, steps = children[1]
        length = next((at for at, step in enumerate(steps) if self.is_bracket(step)), len(steps))
        own, rest = steps[:length], steps[length:]
        end = own[-1] if own else opening
        if self.ends_in_legacy(source):
            raise SyntaxFault("a .* splat cannot follow another", self.of(opening), help="use [*] for nested splats")
        if self.is_open_splat(source):
            inner = SplatStep(self.between(opening, end), tuple(own))
            self.legacy.add(inner.span)
            span = self.between(source, rest[-1] if rest else end)
            return replace(source, span=span, steps=self.extend(self.extend(source.steps, [inner]), rest))
        result: Expression = Splat(self.between(source, end), source, tuple(own))
        self.legacy.add(result.span)
        for step in rest:
            result = apply_step(result, step)
        return result

    def is_bracket(self, step: SplatPart) -> bool:
        """Whether a step was written ``[key]``, and not ``.name`` or ``.0``."""
        return isinstance(step, IndexStep) and step.span.end > step.key.span.end

    def ends_in_legacy(self, source: Expression) -> bool:
        """Whether the last thing in ``source`` is a ``.*`` splat."""
        if not isinstance(source, Splat) or source.span in self.closed:
            return False
        steps = source.steps
        while steps and isinstance(steps[-1], SplatStep):
            if steps[-1].span in self.legacy:
                return True
            steps = steps[-1].steps
        return source.span in self.legacy


def apply_step(source: Expression, step: SplatPart) -> Expression:
    """``source.name`` or ``source[key]``."""
    if isinstance(step, AttributeStep):
        return GetAttr(source.span.cover(step.span), source, step.name)
    assert isinstance(step, IndexStep)
    return Index(source.span.cover(step.span), source, step.key)
