"""Where in a heredoc the parts of the JSON stand that it is the text of.

A heredoc has a line for every line of its text as long as nothing in it makes more or fewer of them. So a part of the
text stands in the line of the same number, where it is written as it is or with a reference in it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dynalint.evaluation.values import Value
from dynalint.syntax import SyntaxFault
from dynalint.syntax.jsontext import JsonReader, literal_string
from dynalint.syntax.nodes import Expression
from dynalint.syntax.source import Source, Sources, Span

HEREDOC = re.compile(rb"[^\n]*<<-?([^\s]+)\r?\n")


class Heredoc(NamedTuple):
    """A text with its places: ``lines`` are the byte ranges of the heredoc's lines in ``source``."""

    source: Source
    lines: tuple[tuple[int, int], ...]
    text: Source

    def span_of(self, part: Span) -> Span:
        """The place of a part of the text, from its first line to its last."""
        first, last = self.text.line_at(part.start) - 1, self.text.line_at(max(part.start, part.end - 1)) - 1
        start, end = self._in_line(first, part.start, part.end if first == last else part.start + 1)
        return Span(self.source.path, start, end if first == last else self._trimmed(last)[1])

    def _in_line(self, number: int, start: int, end: int) -> tuple[int, int]:
        """The byte range of a part of one line: between what stands before and behind it; else all of the line."""
        begin, stop = self._trimmed(number)
        head = self.text.data[self.text.line_starts[number] : start].lstrip()
        tail = self.text.data[end : self.text.line_starts[number + 1]].rstrip()
        line = self.source.data[begin:stop]
        if line.startswith(head) and line.endswith(tail) and len(head) + len(tail) < len(line):
            return begin + len(head), stop - len(tail)
        return begin, stop

    def _trimmed(self, number: int) -> tuple[int, int]:
        begin, stop = self.lines[number]
        line = self.source.data[begin:stop]
        return begin + len(line) - len(line.lstrip()), begin + len(line.rstrip())


def heredoc_of(value: Value, text: str, sources: Sources) -> Heredoc | None:
    """The heredoc that a text is written as, None where it is another kind of text or has other lines."""
    content = Source("", text.encode("utf-8", "surrogateescape"))
    for step in value.trace.steps() if value.trace else ():
        source = sources(step.span.path)
        opening = HEREDOC.match(source.data, step.span.start, step.span.end)
        if opening:
            lines = tuple(_lines(source, opening.end(), step.span.end, opening[1]))
            return Heredoc(source, lines, content) if len(lines) + 1 == len(content.line_starts) else None
    return None


def json_of(heredoc: Heredoc) -> Expression | None:
    """The JSON of the text, each part with its place in the text; None where it is none."""
    try:
        return JsonReader(heredoc.text, 0, len(heredoc.text.data), literal_string).run()
    except SyntaxFault:
        return None


def _lines(source: Source, start: int, end: int, marker: bytes) -> list[tuple[int, int]]:
    lines, at = [], start
    while at < end:
        stop = source.data.find(b"\n", at, end)
        stop = end if stop < 0 else stop
        if source.data[at:stop].strip() == marker:
            break
        lines.append((at, stop))
        at = stop + 1
    return lines
