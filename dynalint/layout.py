"""The alignment that ``terraform fmt`` gives to arguments, kept where fixes add lines, change them or take them away.

On consecutive lines the ``=`` stand in one column, and so do the comments behind. Where that was so before a fix it is
so afterwards; a group that somebody aligned otherwise stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from dynalint.records import dataclass
from dynalint.syntax import SourceFile, SyntaxFault, load_text
from dynalint.syntax.nodes import Attribute, Body
from dynalint.syntax.source import Source

Where = Callable[[int], int | None]
"""Where a place of the new text was in the old one; None where it is new."""
Gap = tuple[int, int, int]
"""A range of bytes, and how many blanks are to stand there."""


@dataclass(frozen=True, slots=True)
class Row:
    """The line of an argument: its name, its ``=`` and what follows, its comment. Places are byte offsets."""

    line: int
    start: int
    name_end: int
    equals: int
    end: int
    comment: int | None
    name: int
    value: int
    """Widths, in characters, of the name and of what follows the blanks behind it."""


def realigned(before: Source, after: bytes, was: Where) -> bytes:
    """The new text, with the groups aligned whose lines were aligned in the old one."""
    old, new = load_text(before), load_text(Source(before.path, after))
    if old.json or before.data == after:
        return after
    ragged = {row.start for group in _groups(old) if [*_misplaced(group, old)] for row in group}
    gaps: list[Gap] = []
    for group in _groups(new):
        if not any(was(row.start) in ragged for row in group):
            gaps += _misplaced(group, new)
    for start, end, blanks in sorted(gaps, reverse=True):
        after = after[:start] + b" " * blanks + after[end:]
    return after


def _groups(file: SourceFile) -> Iterator[tuple[Row, ...]]:
    """The arguments on consecutive lines, in all blocks of a file that can be parsed."""
    comments = {file.source.line_at(item.span.start): item.span.start for item in file.comments if not item.alone}
    for block in file.blocks:
        try:
            bodies = [*_bodies(block.parse().body)]
        except SyntaxFault:
            continue
        for body in bodies:
            rows = (_row(item, file.source, comments) for item in body.attributes)
            found = enumerate(row for row in rows if row)
            for _, group in groupby(found, key=lambda item: item[1].line - item[0]):
                yield tuple(row for _, row in group)


def _bodies(body: Body) -> Iterator[Body]:
    yield body
    for block in body.blocks:
        yield from _bodies(block.body)


def _row(item: Attribute, source: Source, comments: dict[int, int]) -> Row | None:
    """The line of an argument; None where more stands on it, or where a bracket stays open at its end."""
    data, line = source.data, source.line_at(item.span.start)
    begin = source.line_starts[line - 1]
    value_end = item.span.end
    if source.line_at(value_end) != line:
        if not data.startswith(b"<<", item.value.span.start):
            return None
        value_end = data.index(b"\n", item.value.span.start)
    if data[begin : item.span.start].strip(b" \t\xef\xbb\xbf"):
        return None
    comment = comments.get(line)
    end = data.find(b"\n", value_end)
    if data[value_end : comment or (end if end >= 0 else len(data))].strip():
        return None
    equals = data.index(b"=", item.name_span.end)
    code = data[equals:value_end].rstrip()
    name = data[item.name_span.start : item.name_span.end]
    widths = (len(name.decode()), len(code.decode()))
    return Row(line, item.span.start, item.name_span.end, equals, equals + len(code), comment, *widths)


def _misplaced(group: Sequence[Row], file: SourceFile) -> Iterator[Gap]:
    """The gaps of a group that are not as wide as they should be."""
    widest = max(row.name for row in group)
    for row in group:
        yield from _gap(row.name_end, row.equals, widest - row.name + 1)
    for commented, run in groupby(group, key=lambda row: row.comment is not None):
        rows = tuple(run)
        if commented and not _goes_on(rows, file):
            longest = max(row.value for row in rows)
            for row in rows:
                yield from _gap(row.end, row.comment or row.end, longest - row.value + 1)


def _goes_on(rows: Sequence[Row], file: SourceFile) -> bool:
    """Whether lines that are no rows have comments in the same column."""
    beside = {rows[0].line - 1, rows[-1].line + 1}
    return any(not item.alone and file.source.line_at(item.span.start) in beside for item in file.comments)


def _gap(start: int, end: int, blanks: int) -> Iterator[Gap]:
    if end - start != blanks:
        yield start, end, blanks
