"""How a property asks: an act that gives an answer or a declared error, the same one twice, its spans in their text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from dynalint.syntax import SyntaxFault
from dynalint.syntax.source import Span

Property = Callable[[bytes], None]


def outcome(act: Callable[[], object], *declared: type[Exception]) -> object:
    """What an act gives, or the declared error as text."""
    try:
        return act()
    except declared as fault:
        return f"{type(fault).__name__}: {fault}"


def twice(act: Callable[[], object], *declared: type[Exception]) -> object:
    """The outcome of an act, which is the same when it is asked for again."""
    first, second = outcome(act, *declared), outcome(act, *declared)
    assert first == second or repr(first) == repr(second), "the same input gave two answers"  # no NaN equals itself
    return first


def spans_of(node: Any) -> Iterator[Span]:
    """The spans in nodes, faults and what they are made of."""
    waiting = [node]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Span):
            yield item
        elif isinstance(item, SyntaxFault):
            yield item.span
        elif isinstance(item, list | tuple):
            waiting.extend(item)
        elif hasattr(item, "__dataclass_fields__"):
            waiting.extend(getattr(item, name) for name in item.__dataclass_fields__)


def lies_within(node: Any, start: int, end: int) -> None:
    """Every span of the node lies in a byte range."""
    for span in spans_of(node):
        assert start <= span.start <= span.end <= end, f"{span} lies outside of {start} to {end}"
