"""What a fix would change, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from dynalint.findings import Edit
from dynalint.syntax.source import Source


class Change(NamedTuple):
    """A line that a fix takes away (``-``) or writes (``+``); its number in the file before or after the fix."""

    number: int
    sign: str
    text: str


def changes(source: Source, edits: Iterable[Edit]) -> Iterator[Change]:
    """The lines that ``edits`` of one file change, from its top to its end; the edits must not overlap."""
    shift = 0
    for first, last, region in _regions(source, sorted(edits, key=lambda edit: edit.span)):
        start, end = source.line_starts[first - 1], _line_end(source, last)
        old = _lines(source.data[start:end])
        new = _lines(_edited(source.data, start, end, region))
        yield from _compare(old, new, first, shift)
        shift += len(new) - len(old)


def _regions(source: Source, edits: list[Edit]) -> Iterator[tuple[int, int, list[Edit]]]:
    """Edits that touch the same lines belong together: first and last line, and the edits."""
    first = last = 0
    region: list[Edit] = []
    for edit in edits:
        start, end = source.line_at(edit.span.start), source.line_at(edit.span.end)
        if region and start > last:
            yield first, last, region
            region = []
        first = first if region else start
        last = max(last, end) if region else end
        region.append(edit)
    if region:
        yield first, last, region


def _line_end(source: Source, line: int) -> int:
    return source.line_starts[line] if line < len(source.line_starts) else len(source.data)


def _edited(data: bytes, start: int, end: int, edits: list[Edit]) -> bytes:
    pieces, at = [], start
    for edit in edits:
        pieces += [data[at : edit.span.start], edit.text.encode("utf-8", "replace")]
        at = edit.span.end
    return b"".join([*pieces, data[at:end]])


def _lines(data: bytes) -> list[str]:
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    return [row.removesuffix("\r") for row in text.removesuffix("\n").split("\n")] if text else []


def _compare(old: list[str], new: list[str], first: int, shift: int) -> Iterator[Change]:
    """What differs between the beginning and the end that both have."""
    head = _alike(old, new)
    tail = _alike(old[head:][::-1], new[head:][::-1])
    for index, text in enumerate(old[head : len(old) - tail], first + head):
        yield Change(index, "-", text)
    for index, text in enumerate(new[head : len(new) - tail], first + head + shift):
        yield Change(index, "+", text)


def _alike(left: list[str], right: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))
