"""Which part of a file a suppression comment speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from dynalint.records import dataclass
from dynalint.syntax import ScannedBlock, SourceFile, SyntaxFault
from dynalint.syntax.jsonsyntax import read
from dynalint.syntax.nodes import Block, Body, Comment, ObjectItem
from dynalint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Target:
    """The bytes that a comment speaks of, itself included.

    ``narrow`` says that it stands at an argument or line, not at a block: then it also speaks of what the value there
    decides elsewhere. ``block`` is the top-level block that holds it.
    """

    span: Span
    whole_file: bool = False
    narrow: bool = False
    block: ScannedBlock | None = None

    def holds(self, span: Span) -> bool:
        """Whether the place begins inside."""
        return span.path == self.span.path and self.span.start <= span.start < max(self.span.end, self.span.start + 1)


def target_of(file: SourceFile, comment: Comment, *, whole_file: bool) -> Target | None:
    """What the comment speaks of; None for a ``file-ignore`` that stands behind the first block."""
    if whole_file:
        first = next((block.header.start for block in file.blocks), len(file.source.data))
        whole = Span(comment.span.path, 0, len(file.source.data))
        return Target(whole, whole_file=True) if comment.span.start < first else None
    if file.json:
        return _the_object(file, comment)
    return _what_follows(file, comment) if comment.alone else _the_line(file, comment)


def _what_follows(file: SourceFile, comment: Comment) -> Target:
    at = comment.span.end
    around = file.block_at(comment.span.start)
    if around is None:
        after = file.block_behind(at)
        return Target(comment.span.cover(after.span) if after else comment.span, block=after)
    node = _following(_parsed(around), at)
    if node is None:
        return Target(comment.span, block=around)
    return Target(comment.span.cover(node.span), narrow=not isinstance(node, Block), block=around)


def _the_line(file: SourceFile, comment: Comment) -> Target:
    """The line, with all of the block or argument that begins on it."""
    source = file.source
    begin = source.line_starts[source.line_at(comment.span.start) - 1]
    line = Span(comment.span.path, begin, comment.span.end)
    starting = file.block_behind(begin)
    if starting and starting.type and starting.span.start < comment.span.start:  # values stand in none
        return Target(line.cover(starting.span), block=starting)
    around = file.block_at(comment.span.start)
    node = _starting_between(_parsed(around), begin, comment.span.start) if around else None
    narrow = not isinstance(node, Block)
    return Target(line.cover(node.span) if node else line, narrow=narrow, block=around)


def _the_object(file: SourceFile, comment: Comment) -> Target:
    """The object that has the comment as a member, with its key."""
    around = [*_holding(read(file.source), comment.span.start)][:-2]  # less the comment itself, and its key
    member = next((node for node in reversed(around) if isinstance(node, ObjectItem)), around[0])
    return Target(member.span, block=file.block_at(comment.span.start))


def _holding(node: Any, at: int) -> Iterator[Any]:
    """The nodes that hold a place, outermost first."""
    while node is not None:
        yield node
        node = next((child for child in _nodes_below(node) if child.span.start <= at < child.span.end), None)


def _parsed(block: ScannedBlock) -> Body:
    """The body of a block; empty where it cannot be parsed, which is reported elsewhere."""
    try:
        return block.parse().body
    except SyntaxFault:
        return Body(block.span, (), ())


def _following(node: Any, at: int) -> Any:
    """The first node that begins after ``at`` inside the innermost node that holds it."""
    for child in _children(node):
        if child.span.start >= at:
            return child
        if child.span.end > at:
            return _following(child, at)
    return None


def _starting_between(node: Any, begin: int, end: int) -> Any:
    """The outermost node that begins in the given range."""
    for child in _children(node):
        if begin <= child.span.start < end:
            return child
        if child.span.start < begin < child.span.end:
            return _starting_between(child, begin, end)
    return None


def _children(node: Any) -> list[Any]:
    """The nodes right below, in order of writing."""
    return sorted(_nodes_below(node), key=lambda child: child.span.start)


def _nodes_below(node: Any) -> Iterator[Any]:
    for field in fields(node):
        value = () if field.name in ("header", "name_span") else getattr(node, field.name)
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Body):
                yield from _nodes_below(item)
            elif hasattr(item, "span"):
                yield item
