"""A file to its top-level blocks, in one pass and without parsing them.

Only what can hide a brace is looked at: strings, heredocs and comments. Blocks and the text between them are the file,
byte for byte, whatever is in it; what is broken costs the block it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import field
from functools import cache, cached_property
from typing import NamedTuple

from dynalint.records import dataclass
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.frames import Kind
from dynalint.syntax.lexemes import BLOCK_COMMENT, COMMENT, HEREDOC, IDENTIFIER, PLAIN_STRING
from dynalint.syntax.literals import decode_quoted
from dynalint.syntax.source import Source, Span

_BRACES = rb"\{(?>(?:[^{}\"#/<]|" + PLAIN_STRING + rb")*)\}"
_HOLE = rb"[$%]\{(?>(?:[^{}\"#/<]|" + PLAIN_STRING + rb"|" + _BRACES + rb")*)\}"
_STRING = rb'"(?>(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{)|' + _HOLE + rb')*)"'
_OTHER = rb'(?>(?:[^{}"#/<]++|"[^"\\$%\r\n]*+"|' + _STRING + rb"|/(?![/*])|<(?!<-?" + IDENTIFIER + rb"\r?\n))*)"
HIDING = re.compile(
    _OTHER
    + rb"(?:(?P<open>\{)|(?P<close>\})|(?P<comment>"
    + COMMENT
    + rb"|"
    + BLOCK_COMMENT
    + rb")|(?P<heredoc>"
    + HEREDOC
    + rb')|(?P<quote>")|(?P<endless>/\*)|\Z)'
)
"""The next brace, or the next thing that may hide one, and all before it: it matches at every place.

Strings are skipped on the way; one with templates nested deeper than two levels, or without an end, is a ``quote``.
"""

_LABEL = rb"(?:[ \t]|" + BLOCK_COMMENT + rb")*(?:" + PLAIN_STRING + rb"|" + IDENTIFIER + rb")"
HEADER = re.compile(rb"(" + IDENTIFIER + rb")((?>(?:" + _LABEL + rb")*))(?>(?:[ \t]|" + BLOCK_COMMENT + rb")*)(\{)")
COMMON_HEADER = re.compile(rb"([A-Za-z_-]++)" + rb'(?:[ \t]+"([^"\\$%\r\n]*+)")?' * 2 + rb"[ \t]*(\{)")
"""A header as nearly all are written: no label or quoted ones without escapes."""
LABEL = re.compile(BLOCK_COMMENT + rb"|(" + PLAIN_STRING + rb"|" + IDENTIFIER + rb")")
LIKELY = re.compile(
    rb"^(?:resource|data|variable|output|module|provider|locals|terraform|moved|import|removed|check|ephemeral)\b"
    rb"(?>(?:[ \t]+(?:\"[^\"\r\n]*\"|[\w-]++))*)[ \t]*\{",
    re.MULTILINE,
)
"""A line that looks like the start of a top-level block, where reading can go on after a broken one."""
GAP = re.compile(rb"(?>(?:[ \t\r\n]+|" + COMMENT + rb"|" + BLOCK_COMMENT + rb")*)")
REST_OF_LINE = re.compile(rb"(?:[ \t\r]|" + BLOCK_COMMENT + rb")*(?:#|//|\n|\Z)")
QUOTED = re.compile(rb'(?>(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*)(?P<stop>"|[$%]\{|)')


MANY_FAULTS = 20
MAX_STRAY = 10_000
"""Bytes of text outside of blocks that are looked at closely for what is wrong with them."""
SHORT_REACH = 1_000
"""In a file with many faults, ends are looked for so many bytes ahead: looking to its end each time would take long."""


@dataclass(slots=True)
class Outline:
    """Where the braces of a file pair up, and what else the pass met on its way."""

    closes: dict[int, int] = field(default_factory=dict)
    """Offset of every opening brace that has a closing one, with the offset of that."""
    unclosed: list[int] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    faults: list[SyntaxFault] = field(default_factory=list)

    def note(self, message: str, source: Source, start: int, length: int) -> None:
        """Add a fault."""
        self.faults.append(SyntaxFault(message, Span(source.path, start, start + length)))


class Header(NamedTuple):
    """Type and labels of a block, from ``start`` to ``end``, and the offset of its opening brace."""

    type: str
    labels: tuple[str, ...]
    start: int
    end: int
    brace: int


class Found(NamedTuple):
    """A top-level block; ``fault`` if it has no end, which then is where reading goes on."""

    header: Header
    end: int
    fault: SyntaxFault | None = None


def outline(source: Source) -> Outline:
    """Pair up the braces of a file."""
    found = Outline()
    at: int | None = 0
    while at is not None:
        at = pair(found, source, at)
    return found


def pair(found: Outline, source: Source, at: int) -> int | None:
    """Go on pairing from ``at`` up to something that needs a closer look; where to go on behind that, or None."""
    opened, closes = found.unclosed, found.closes
    for match in HIDING.finditer(source.data, at):
        kind = match.lastgroup
        if kind is None:
            continue
        if kind == "open":
            opened.append(match.end() - 1)
        elif kind == "close":
            if opened:
                closes[opened.pop()] = match.end() - 1
        elif kind == "comment":
            found.comments.append(match.span("comment"))
        else:
            return look_closer(found, source, match)
    return None


def look_closer(found: Outline, source: Source, match: re.Match[bytes]) -> int:
    """Skip a heredoc or a string with nested templates; note a fault where it has no end."""
    data = source.data
    if match.lastgroup == "endless":
        found.note('expected "*/" to end the comment that begins here', source, match.end() - 2, 2)
        return len(data)
    hopeful = len(found.faults) < MANY_FAULTS
    end, culprit = skip(data, match, len(data) if hopeful else min(len(data), match.end() + SHORT_REACH))
    if culprit is None:
        return end
    start, kind = culprit
    if kind == b'"':
        found.note("expected a closing quote '\"' on the same line", source, start, 1)
    elif kind == b"{":
        found.note('expected a closing brace "}" for the template sequence here', source, start, 1)
    else:
        found.note(f'expected the heredoc\'s end marker "{kind.decode()}" on a line of its own', source, start, 2)
    return end


def skip(data: bytes, match: re.Match[bytes], reach: int) -> tuple[int, tuple[int, bytes] | None]:
    """The end of the string or heredoc that ``match`` begins, whatever is nested in it.

    Where something in it has no end before ``reach``: the place to go on from, with what that was (its offset, and
    ``"``, ``{`` or the marker).
    """
    stack: list[tuple[int, bytes]] = [opener(match)]
    at = match.end()
    while stack:
        kind = stack[-1][1]
        if kind == b'"':
            step = QUOTED.match(data, at, reach)
            lost = step is None or not step.group("stop")
        elif kind == b"{":
            step = HIDING.match(data, at, reach)
            lost = step is None or step.lastgroup in {None, "endless"}
        else:
            step = heredoc_end(kind).search(data, at, reach)
            lost = step is None
        if step is None or lost:
            return behind_broken(data, match), stack[-1]
        at = step.end()
        advance(stack, step)
    return at, None


def behind_broken(data: bytes, match: re.Match[bytes]) -> int:
    """Where to go on behind a string or heredoc that has no end: at the end of its (first) line."""
    line_end = data.find(b"\n", match.end() - 1)
    return line_end if line_end >= 0 else len(data)


def opener(match: re.Match[bytes]) -> tuple[int, bytes]:
    """What a match opens: its offset, with ``{``, ``"`` or a heredoc's marker."""
    if match.lastgroup == "heredoc":
        return match.start("heredoc"), match.group("marker")
    return match.end() - 1, match.group()[-1:]


def advance(stack: list[tuple[int, bytes]], step: re.Match[bytes]) -> None:
    """Open or close a level of nesting, as the step says."""
    match step.lastgroup:
        case "stop" | "hole":
            if step.group(step.lastgroup) == b'"':
                stack.pop()
            else:
                stack.append((step.end() - 2, b"{"))
        case "close" | "end":
            stack.pop()
        case "open" | "quote" | "heredoc":
            stack.append(opener(step))


@cache
def heredoc_end(marker: bytes) -> re.Pattern[bytes]:
    """What to look for inside a heredoc: its last line, or a template sequence."""
    blank = rb"[ \t\r\v\f]*"
    line = rb"(?P<end>^" + blank + re.escape(marker) + rb")(?=" + blank + rb"\n)"
    return re.compile(line + rb"|\$\$\{|%%\{|(?P<hole>[$%]\{)", re.MULTILINE)


class Scan:
    """The top level of one file."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.data = source.data
        self.outline = outline(source)
        self.outline.faults.sort(key=lambda fault: fault.span)
        self.outline_faults = [fault.span.start for fault in self.outline.faults]
        self.faults: list[SyntaxFault] = []

    def blocks(self) -> Iterator[Found]:
        """The blocks of the file in order; :attr:`faults` is complete when they are used up."""
        at = 3 if self.data.startswith(b"\xef\xbb\xbf") else 0
        while (at := self.behind_gap(at)) < len(self.data):
            header = self.header(at)
            if header is None:
                at = self.stray(at)
                continue
            block = self.block(header)
            yield block
            at = block.end
            if block.fault is None and not REST_OF_LINE.match(self.data, at):
                self.faults.append(self.fault("expected a new line after the block", self.behind_gap(at)))

    def behind_gap(self, at: int) -> int:
        """The next place that is neither blank nor comment."""
        match = GAP.match(self.data, at)
        return match.end() if match else at

    def header(self, at: int) -> Header | None:
        """The header that stands at ``at``, if one does."""
        match = COMMON_HEADER.match(self.data, at)
        if match is not None:
            labels = tuple(label.decode("utf-8", "replace") for label in match.groups()[1:3] if label is not None)
            end = at + len(self.data[at : match.end() - 1].rstrip())
            return Header(match.group(1).decode(), labels, at, end, match.end() - 1)
        match = HEADER.match(self.data, at)
        if match is None:
            return None
        block_type = match.group(1).decode("utf-8", "replace")
        end = match.end(2) if match.group(2) else match.end(1)
        return Header(block_type, tuple(self.labels(match.start(2), match.end(2))), at, end, match.end() - 1)

    def labels(self, start: int, end: int) -> Iterator[str]:
        """The labels in a byte range, without quotes. One with a faulty escape stays as it is: parsing will say so."""
        for match in LABEL.finditer(self.data, start, end):
            raw = match.group(1)
            if raw is None:
                continue
            if raw[:1] != b'"':
                yield raw.decode("utf-8", "replace")
                continue
            try:
                yield decode_quoted(self.source, match.start(1) + 1, match.end(1) - 1)
            except SyntaxFault:
                yield raw[1:-1].decode("utf-8", "replace")

    def block(self, header: Header) -> Found:
        """The block that a header begins."""
        close = self.outline.closes.get(header.brace)
        end = self.next_likely(header.brace) if close is None else close + 1
        fault = self.hidden_fault(header.start, end)
        if fault is None and close is None:
            fault = self.unclosed(header.brace, end)
        if fault is not None:
            self.faults.append(fault)
        return Found(header, end, fault)

    def hidden_fault(self, start: int, end: int) -> SyntaxFault | None:
        """What is wrong with a block in which a string, heredoc or comment has no end."""
        first = bisect_left(self.outline_faults, start)
        if first == len(self.outline_faults) or self.outline_faults[first] >= end:
            return None
        return self.lexing_fault(start, end) or self.outline.faults[first]

    def lexing_fault(self, start: int, end: int) -> SyntaxFault | None:
        """The first fault that lexing a byte range meets."""
        from dynalint.syntax.lexer import Lexer  # noqa: PLC0415 - as PARSER_IS_LAZY in files.py says

        try:
            Lexer(self.source, start, end).run(Kind.BODY)
        except SyntaxFault as fault:
            return fault
        return None

    # --- what is broken -------------------------------------------------------------------------------------------

    def fault(self, message: str, start: int, end: int | None = None, help: str = "") -> SyntaxFault:  # noqa: A002 - the word the reports use
        """A fault of this file."""
        return SyntaxFault(message, Span(self.source.path, start, start + 1 if end is None else end), help=help)

    def stray(self, at: int) -> int:
        """Report what is no block, and say where the next one may begin."""
        end = self.next_likely(at)
        fault = self.lexing_fault(at, end) if end - at < MAX_STRAY else None
        if fault is not None:
            self.faults.append(fault)
            return end
        line_end = self.data.find(b"\n", at)
        text = self.data[at : line_end if line_end >= 0 else len(self.data)].rstrip()
        help_text = "an argument belongs inside a block; locals { … } names values" if b"=" in text else ""
        self.faults.append(self.fault("expected a block at the top level of the file", at, at + len(text), help_text))
        return end

    def next_likely(self, after: int) -> int:
        """The next place behind ``after`` where a top-level block seems to begin; the end of the file if none does."""
        place = bisect_right(self.likely, after)
        return self.likely[place] if place < len(self.likely) else len(self.data)

    @cached_property
    def likely(self) -> list[int]:
        """Offsets of lines that look like the start of a top-level block, and whose brace is not inside a string."""
        braces = {*self.outline.closes, *self.outline.unclosed}
        return [match.start() for match in LIKELY.finditer(self.data) if match.end() - 1 in braces]

    def unclosed(self, brace: int, end: int) -> SyntaxFault:
        """The fault of a block without end. The brace to blame is one whose closing brace stands too far left."""
        culprit = brace
        for opened, closed in sorted(self.outline.closes.items()):
            if brace < opened and closed < end and self.indentation(closed) < self.indentation(opened):
                culprit = opened
                break
        return self.fault('expected a closing brace "}" for the block that opens here', culprit)

    def indentation(self, at: int) -> int:
        """Number of blanks at the beginning of the line that holds ``at``."""
        line = self.data[self.source.line_starts[self.source.line_at(at) - 1] : at]
        return len(line) - len(line.lstrip(b" \t"))
