"""Where text lies: sources, spans and positions.

Inside dynalint a place is a byte range in a file. Lines and columns exist only at the edges (reports, SARIF, LSP),
each of which counts columns in its own unit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

from dynalint.records import dataclass


class Span(NamedTuple):
    """A byte range of one file.

    ``path`` is the file as dynalint opened it (absolute, POSIX slashes); ``start`` and ``end`` are byte offsets,
    ``end`` exclusive, counted with a byte order mark if the file has one.
    """

    path: str
    start: int
    end: int

    def cover(self, other: Span) -> Span:
        """The smallest span that holds both; ``other`` must lie in the same file."""
        return Span(self.path, min(self.start, other.start), max(self.end, other.end))


class Position(NamedTuple):
    """A place for people: 1-based line, and 1-based column in code points, UTF-16 units or bytes."""

    line: int
    column: int


@dataclass(frozen=True)
class Source:
    """The bytes of one file, with the arithmetic from byte offsets to lines and columns."""

    path: str
    data: bytes = field(repr=False)

    @cached_property
    def line_starts(self) -> list[int]:
        """Byte offset of the first byte of every line. A line ends at LF, as in HCL."""
        starts, at = [0], self.data.find(b"\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.data.find(b"\n", at + 1)
        return starts

    def line_at(self, offset: int) -> int:
        """1-based line that holds the byte at ``offset``."""
        return bisect_right(self.line_starts, offset)

    def position(self, offset: int, *, unit: str = "codepoint") -> Position:
        """Line and column of ``offset``; ``unit`` is ``codepoint``, ``utf16`` or ``byte``."""
        line = self.line_at(offset)
        before = self.data[self.line_starts[line - 1] : offset]
        if line == 1 and before.startswith(b"\xef\xbb\xbf"):
            before = before[3:]
        if unit == "byte":
            return Position(line, len(before) + 1)
        text = before.decode("utf-8", "replace")
        return Position(line, (len(text.encode("utf-16-le")) // 2 if unit == "utf16" else len(text)) + 1)

    def line_text(self, line: int) -> str:
        """Text of a 1-based line, without its line ending and byte order mark; empty beyond the end."""
        if not 1 <= line <= len(self.line_starts):
            return ""
        start = self.line_starts[line - 1]
        end = self.line_starts[line] if line < len(self.line_starts) else len(self.data)
        return self.data[start:end].decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")

    def text(self, span: Span) -> str:
        """The text of ``span``."""
        return self.data[span.start : span.end].decode("utf-8", "replace")


Sources = Callable[[str], Source]
"""Gives the text of a file by its path, an empty one where there is none."""


def no_source(path: str) -> Source:
    """For those who do not care what stands in files."""
    return Source(path, b"")


def with_line_ends_of(data: bytes, offset: int, text: str) -> str:
    """``text`` as it is to be written at ``offset`` of a file: its lines end as those around them do."""
    if "\n" not in text:
        return text
    end = data.find(b"\n", offset)
    end = end if end >= 0 else data.rfind(b"\n", 0, offset)
    if end > 0 and data[end - 1 : end] == b"\r":
        return text.replace("\r\n", "\n").replace("\n", "\r\n")
    return text
