"""Spans as people and programs read them: relative paths, lines and columns."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple

from dynalint.findings import Report
from dynalint.records import dataclass
from dynalint.reports import RenderOptions
from dynalint.syntax.source import Source, Span


class Place(NamedTuple):
    """A region: 1-based lines and columns, the end exclusive. The unit of the columns is the asker's."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Places:
    """Works out places in the sources of a report; paths are relative to the directory ``base``.

    With ``behind_links`` they are those of the files that links lead to.
    """

    sources: Mapping[str, Source]
    base: str
    behind_links: bool = False

    @classmethod
    def of(cls, report: Report, base: str) -> Places:
        """Places in the sources of ``report``."""
        return cls(report.sources, base)

    @classmethod
    def in_repository(cls, report: Report, options: RenderOptions) -> Places:
        """Places as a host of repositories knows them: it shows nothing beside a link, only beside the file itself."""
        return cls(report.sources, os.path.realpath(options.git_root or options.base), behind_links=True)

    def source(self, path: str) -> Source:
        """The source at ``path``; an empty one where the file could not be read."""
        return self.sources.get(path) or Source(path, b"")

    def relative(self, path: str) -> str:
        """``path`` as seen from ``base``, with forward slashes.

        Unchanged where it lies on another drive, or is no file but a word like ``--var pitr``.
        """
        if not is_file(path):
            return path
        if self.behind_links:
            path = os.path.realpath(path)
        try:
            return os.path.relpath(path, self.base or os.curdir).replace(os.sep, "/")
        except ValueError:
            return path

    def place(self, span: Span, *, unit: str = "codepoint") -> Place:
        """The region of ``span``; ``unit`` is that of :meth:`Source.position`."""
        source = self.source(span.path)
        start, end = source.position(span.start, unit=unit), source.position(span.end, unit=unit)
        return Place(self.relative(span.path), start.line, start.column, end.line, end.column)

    def on_one_line(self, span: Span, *, unit: str = "codepoint") -> Place:
        """As :meth:`place`, but cut at the end of the span's first line, and at least one column wide."""
        place = self.place(first_line(self.source(span.path), span), unit=unit)
        return place._replace(end_column=max(place.end_column, place.column + 1))


def is_file(path: str) -> bool:
    """Whether a span's path is that of a file, which is absolute: ``--var pitr=false`` has a name in its place."""
    return path.startswith("/") or path[1:3] == ":/"


def first_line(source: Source, span: Span) -> Span:
    """The part of ``span`` on its first line, without the blanks before the line's end."""
    if source.line_at(span.end) == source.line_at(span.start):
        return span
    line_end = source.data.find(b"\n", span.start)
    text = source.data[span.start : line_end].rstrip()
    return Span(span.path, span.start, span.start + len(text))
