"""Source lines with the parts that matter underlined and labelled.

Everything here counts in terminal cells: a tab is four, a CJK character two, an escaped control character as many as
its escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby

from dynalint.records import dataclass
from dynalint.reports.inert import visible
from dynalint.reports.places import first_line
from dynalint.reports.styled import FRAME, PLAIN, Line, Piece, Style, cell_len, line, wrapped
from dynalint.syntax.source import Source, Span

ELLIPSIS = "…"
TAB = "    "
WIDEST = 140
"""Cells of source shown of one line where no terminal says how wide it is."""
NARROWEST_LABEL = 24
FAR = 2_000
"""Characters looked at on either side of a mark: a minified file is one line of megabytes."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A part of a source to underline. ``style`` is its colour; the primary one is drawn with ``^``."""

    span: Span
    label: str = ""
    primary: bool = False
    style: Style = FRAME


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A mark on the line as drawn: cells from ``start`` to ``end``."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Gutter:
    """The column of line numbers, as wide as ``digits``."""

    digits: int

    def numbered(self, number: int) -> Line:
        """Before a line of source."""
        return line(Piece(f"{number:>{self.digits}} | ", FRAME))

    @property
    def bare(self) -> Line:
        """Before a line that is not in the source."""
        return line(Piece(" " * self.digits + " | ", FRAME))

    @property
    def gap(self) -> Line:
        """In place of lines left out."""
        return line(Piece("...", FRAME))


def snippet(source: Source, marks: Iterable[Mark], gutter: Gutter, width: int | None) -> Iterator[Line]:
    """The lines of ``source`` that hold the marks, each with its underlines; ``width`` is that of the whole output."""
    room = (width - gutter.digits - 3) if width else WIDEST
    ordered = sorted(marks, key=lambda mark: (mark.span.start, mark.span.end))
    before = 0
    for number, on_line in groupby(ordered, key=lambda mark: source.line_at(mark.span.start)):
        if before and number == before + 2:
            yield from _between(source, before + 1, gutter, room)
        elif before and number > before + 2:
            yield gutter.gap
        drawn, stretches = _draw(source, number, [*on_line], room)
        yield (*gutter.numbered(number), Piece(drawn))
        yield from ((*gutter.bare, *row) for row in _underlines(stretches, room if width else None))
        before = number


def _between(source: Source, number: int, gutter: Gutter, room: int) -> Iterator[Line]:
    characters = [_drawn(char) for char in source.line_text(number)[:FAR]]
    yield (*gutter.numbered(number), Piece("".join(_cut(characters, 0, 0, room)[0])))


def _drawn(char: str) -> str:
    return TAB if char == "\t" else visible(char)


def _draw(source: Source, number: int, marks: list[Mark], room: int) -> tuple[str, list[_Stretch]]:
    """The line cut to ``room`` cells around its marks, and where the marks lie on it."""
    columns = [_columns(source, mark) for mark in marks]
    text = source.line_text(number)
    decisive = next((at for at, mark in zip(columns, marks, strict=True) if mark.primary), columns[0])
    skipped = max(decisive[0] - FAR, 0)
    characters = [_drawn(char) for char in text[skipped : decisive[1] + FAR]]
    shown, offset = _cut(characters, decisive[0] - skipped, decisive[1] - skipped, room)
    stretches = []
    for (start, end), mark in zip(columns, marks, strict=True):
        first, last = (min(max(column - skipped - offset, 0), len(shown)) for column in (start, end))
        cells = cell_len("".join(shown[:first]))
        stretches.append(_Stretch(cells, max(cell_len("".join(shown[:last])), cells + 1), mark))
    return "".join(shown).rstrip(), stretches


def _columns(source: Source, mark: Mark) -> tuple[int, int]:
    """First and last character of a mark on its first line, counted from 0, the last one exclusive."""
    span = first_line(source, mark.span)
    return source.position(span.start).column - 1, source.position(span.end).column - 1


def _cut(characters: list[str], start: int, end: int, room: int) -> tuple[list[str], int]:
    """The part of a line that shows characters ``start`` to ``end``, and how many characters the cut moved them by."""
    edges = [0, *accumulate(map(cell_len, characters))]
    end = min(end, len(characters))
    start = min(start, end)
    if edges[-1] <= room:
        return characters, 0
    if edges[end] < room:
        return [*_fitting(characters, room - 1), ELLIPSIS], 0
    context = max(room - 2 - (edges[end] - edges[start]), 0) // 2
    first = next(index for index, edge in enumerate(edges) if edge >= edges[start] - context)
    kept = _fitting(characters[first:], room - 2)
    cut_right = [ELLIPSIS] if first + len(kept) < len(characters) else []
    return [ELLIPSIS, *kept, *cut_right], first - 1


def _fitting(characters: list[str], room: int) -> list[str]:
    """The longest beginning that is at most ``room`` cells wide."""
    return [char for char, edge in zip(characters, accumulate(map(cell_len, characters)), strict=True) if edge <= room]


def _underlines(stretches: list[_Stretch], room: int | None) -> Iterator[Line]:
    """The row of underlines, and below it the labels that do not fit behind it."""
    row = _row(stretches)
    last = max(stretches, key=lambda stretch: (stretch.end, stretch.start))
    behind = _fits(last, room)
    yield (*row, Piece(f" {last.mark.label}", last.mark.style)) if behind and last.mark.label else row
    below = [stretch for stretch in stretches if stretch.mark.label and not (behind and stretch is last)]
    below.sort(key=lambda stretch: stretch.start, reverse=True)
    if len(stretches) > 1 and below:
        yield _connectors(below)
    for index, stretch in enumerate(below):
        yield from _label(stretch, _connectors(below[index + 1 :]), room)


def _fits(stretch: _Stretch, room: int | None) -> bool:
    return room is None or stretch.end + 1 + cell_len(stretch.mark.label) <= room


def _row(stretches: list[_Stretch]) -> Line:
    cells: list[tuple[str, Style]] = [(" ", PLAIN)] * max(stretch.end for stretch in stretches)
    for stretch in sorted(stretches, key=lambda stretch: stretch.mark.primary):
        cells[stretch.start : stretch.end] = [("^" if stretch.mark.primary else "-", stretch.mark.style)] * (
            stretch.end - stretch.start
        )
    return tuple(
        Piece("".join(char for char, _ in run), style)
        for (_, style), run in ((key, [*run]) for key, run in groupby(cells))
    )


def _connectors(stretches: list[_Stretch]) -> Line:
    """A ``|`` under the beginning of each stretch."""
    pieces: list[Piece] = []
    at = 0
    for start, stretch in sorted({stretch.start: stretch for stretch in stretches}.items()):
        pieces += [Piece(" " * (start - at)), Piece("|", stretch.mark.style)]
        at = start + 1
    return tuple(pieces)


def _label(stretch: _Stretch, connectors: Line, room: int | None) -> Iterator[Line]:
    """A label under its stretch, moved to the left where the right edge is near."""
    taken = sum(cell_len(piece.text) for piece in connectors)
    longest = min(cell_len(stretch.mark.label), NARROWEST_LABEL)
    at = stretch.start if room is None else max(min(stretch.start, room - longest), 0)
    prefix = (*connectors, Piece(" " * max(at - taken, 0)))
    yield from wrapped(prefix, stretch.mark.label, room, stretch.mark.style)
