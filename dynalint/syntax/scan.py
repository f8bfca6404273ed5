"""A file to its top-level blocks, in one pass and without parsing them.

Only what can hide a brace is looked at: strings, heredocs and comments. Blocks and the text between them are the file,
byte for byte, whatever is in it; what is broken costs the block it stands in.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.lexemes import BLOCK_COMMENT, COMMENT, HEREDOC, IDENTIFIER, PLAIN_STRING
from dynalint.syntax.lexer import Kind, Lexer
from dynalint.syntax.source import Source, Span
from dynalint.syntax.strings import decode_quoted

_BRACES = rb"\{(?:[^{}\"#/<]|" + PLAIN_STRING + rb")*+\}"
_HOLE = rb"[$%]\{(?:[^{}\"#/<]|" + PLAIN_STRING + rb"|" + _BRACES + rb")*+\}"
_STRING = rb'"(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{)|' + _HOLE + rb')*+"'
HIDING = re.compile(
    rb"(?P<open>\{)|(?P<close>\})|"
    + _STRING
    + rb"|(?P<comment>"
    + COMMENT
    + rb"|"
    + BLOCK_COMMENT
    + rb")|(?P<heredoc>"
    + HEREDOC
    + rb')|(?P<quote>")|(?P<endless>/\*)'
)
"""Braces, and what may hide them. Strings with templates nested deeper than one level come as ``quote``."""

_LABEL = rb"(?:[ \t]|" + BLOCK_COMMENT + rb")*(?:" + PLAIN_STRING + rb"|" + IDENTIFIER + rb")"
HEADER = re.compile(rb"(" + IDENTIFIER + rb")((?:" + _LABEL + rb")*)(?:[ \t]|" + BLOCK_COMMENT + rb")*(\{)")
LABEL = re.compile(BLOCK_COMMENT + rb"|(" + PLAIN_STRING + rb"|" + IDENTIFIER + rb")")
LIKELY = re.compile(
    rb"^(?:resource|data|variable|output|module|provider|locals|terraform|moved|import|removed|check|ephemeral)\b"
    rb"(?:[ \t]+(?:\"[^\"\r\n]*\"|[\w-]+))*[ \t]*\{",
    re.MULTILINE,
)
"""A line that looks like the start of a top-level block, where reading can go on after a broken one."""
GAP = re.compile(rb"(?:[ \t\r\n]+|" + COMMENT + rb"|" + BLOCK_COMMENT + rb")*+")
REST_OF_LINE = re.compile(rb"(?:[ \t\r]|" + BLOCK_COMMENT + rb")*(?:#|//|\n|\Z)")
QUOTED = re.compile(rb'(?:[^"\\$%\r\n]|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*+(?P<stop>"|[$%]\{|)')


@dataclass(slots=True)
class Outline:
    """Where the braces of a file pair up, and what else the pass met on its way."""

    closes: dict[int, int] = field(default_factory=dict)
    """Offset of every opening brace that has a closing one, with the offset of that."""
    unclosed: list[int] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)
    faults: list[SyntaxFault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Found:
    """A top-level block; ``fault`` if it has no end, which then is where reading went on."""

    type: str
    labels: tuple[str, ...]
    start: int
    end: int
    header_end: int
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
            opened.append(match.start())
        elif kind == "close":
            if opened:
                closes[opened.pop()] = match.start()
        elif kind == "comment":
            found.comments.append(match.span())
        else:
            return look_closer(found, source, match)
    return None


def look_closer(found: Outline, source: Source, match: re.Match[bytes]) -> int:
    """Skip a heredoc or a string with nested templates; note a fault where it has no end."""
    if match.lastgroup == "endless":
        message = 'expected "*/" to end the comment that begins here'
        found.faults.append(SyntaxFault(message, Span(source.path, match.start(), match.start() + 2)))
        return match.end()
    end, culprit = skip(source.data, match)
    if culprit is None:
        return end
    if culprit[1] == b'"':
        fault = SyntaxFault(
            "expected a closing quote '\"' on the same line", Span(source.path, culprit[0], culprit[0] + 1)
        )
    else:
        message = f'expected the heredoc\'s end marker "{culprit[1].decode()}" on a line of its own'
        fault = SyntaxFault(message, Span(source.path, culprit[0], culprit[0] + 2))
    found.faults.append(fault)
    return end


def skip(data: bytes, match: re.Match[bytes]) -> tuple[int, tuple[int, bytes] | None]:
    """The end of the string or heredoc that ``match`` begins, whatever is nested in it.

    Where something in it has no end: the place to go on from, with what that was (its offset, and ``"`` or the marker).
    """
    stack: list[tuple[int, bytes]] = [opener(match)]
    at = match.end()
    while stack:
        start, kind = stack[-1]
        if kind == b'"':
            step = QUOTED.match(data, at)
        elif kind == b"{":
            step = HIDING.search(data, at)
        else:
            step = heredoc_end(kind).search(data, at)
        if step is None or step.lastgroup == "stop" and not step.group("stop"):
            return (step.end() if step and kind == b'"' else match.end()), (start, kind)
        at = step.end()
        advance(stack, step)
    return at, None


def opener(match: re.Match[bytes]) -> tuple[int, bytes]:
    """What a match opens: its offset, with ``{``, ``"`` or a heredoc's marker."""
    return match.start(), match.group("marker") if match.lastgroup == "heredoc" else match.group()[:1]


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
        self.faults = list(self.outline.faults)

    def blocks(self) -> Iterator[Found]:
        """The blocks of the file in order; :attr:`faults` is complete when they are used up."""
        at = 3 if self.data.startswith(b"\xef\xbb\xbf") else 0
        while (at := self.behind_gap(at)) < len(self.data):
            header = HEADER.match(self.data, at)
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

    def block(self, header: re.Match[bytes]) -> Found:
        """The block that a header begins."""
        start, brace = header.start(), header.start(3)
        block_type, labels = header.group(1).decode("utf-8", "replace"), self.labels(header)
        header_end = header.end(2) if header.group(2) else header.end(1)
        close = self.outline.closes.get(brace)
        if close is not None:
            return Found(block_type, labels, start, close + 1, header_end)
        end = self.next_likely(brace)
        fault = self.unclosed(brace, end)
        self.faults.append(fault)
        return Found(block_type, labels, start, end, header_end, fault)

    def labels(self, header: re.Match[bytes]) -> tuple[str, ...]:
        """The labels of a block, without quotes. One with a faulty escape is kept as it is written; parsing says so."""
        found = []
        for match in LABEL.finditer(self.data, header.start(2), header.end(2)):
            raw = match.group(1)
            if raw is not None and raw[:1] == b'"':
                found.append(self.text_of(match.start(1) + 1, match.end(1) - 1))
            elif raw is not None:
                found.append(raw.decode("utf-8", "replace"))
        return tuple(found)

    def text_of(self, start: int, end: int) -> str:
        """The text between the quotes of a label."""
        try:
            return decode_quoted(self.source, start, end)
        except SyntaxFault:
            return self.data[start:end].decode("utf-8", "replace")

    # --- what is broken -------------------------------------------------------------------------------------------

    def fault(self, message: str, start: int, end: int | None = None, help: str = "") -> SyntaxFault:  # noqa: A002 - the word the reports use
        """A fault of this file."""
        return SyntaxFault(message, Span(self.source.path, start, start + 1 if end is None else end), help=help)

    def stray(self, at: int) -> int:
        """Report what is no block, and say where the next one may begin."""
        end = self.next_likely(at)
        try:
            Lexer(self.source, at, end).run(Kind.BODY)
        except SyntaxFault as fault:
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
