"""What every part of lexing needs: the words so far, the open frames, and how to say that something is wrong."""

from __future__ import annotations

import re

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.frames import Frame, Kind, Phase
from dynalint.syntax.lexemes import IDENTIFIER, Lexeme
from dynalint.syntax.literals import MAX_DEPTH
from dynalint.syntax.source import Source, Span

AFTER_VALUE = {
    Kind.OBJECT: "a comma or a new line between two items",
    Kind.FOR: "the end of the for expression",
    Kind.HOLE: 'a closing brace "}" to end the template sequence',
    Kind.BODY: "a new line after the argument",
}
HEREDOC_MARKER = re.compile(rb"<<-?(" + IDENTIFIER + rb")")
NAMES_OF_CLOSERS = {b")": "parenthesis", b"]": "bracket", b"}": "brace"}


class Words:
    """The words of one stretch of a source, while they are being found."""

    def __init__(self, source: Source, start: int, end: int) -> None:
        self.source = source
        self.data = source.data
        self.at = start
        self.end = end
        self.out: list[Lexeme] = []
        self.frames: list[Frame] = []
        self.line_end = rb"\n"
        self.ended = False
        """Whether the word before ends a value, so that an operator or a separator has to follow."""

    def emit(self, word: str, start: int, end: int, value: object = "", *, ended: bool = False) -> None:
        """Add a word and note whether it ends a value."""
        self.out.append(Lexeme(word, start, end, value))
        self.ended = ended

    def span(self, start: int, end: int) -> Span:
        """The span of a byte range of the source."""
        return Span(self.source.path, start, end)

    def fault(self, message: str, start: int, end: int | None = None, *, help: str = "") -> SyntaxFault:  # noqa: A002 - the word the reports use
        """A fault at a place of this text; one byte long where no end is given, and there is one."""
        return SyntaxFault(message, self.span(start, min(start + 1, self.end) if end is None else end), help=help)

    def unclosed(self, frame: Frame) -> SyntaxFault:
        """The fault of a bracket, quote or heredoc that the text ends inside of."""
        if frame.kind is Kind.QUOTED:
            return self.fault("expected a closing quote '\"' for the string that begins here", frame.opened)
        if frame.kind is Kind.HEREDOC:
            marker = HEREDOC_MARKER.match(self.data, frame.opened)
            name = marker.group(1).decode() if marker else ""
            message = f'expected the heredoc\'s end marker "{name}" on a line of its own'
            return self.fault(message, frame.opened, frame.opened + 2)
        name = NAMES_OF_CLOSERS[frame.closer]
        return self.fault(f'expected a closing {name} "{frame.closer.decode()}" for the one here', frame.opened)

    def push(self, frame: Frame) -> None:
        """Open a frame."""
        if len(self.frames) >= MAX_DEPTH:
            raise self.fault(f"more than {MAX_DEPTH} levels of nesting are more than dynalint reads", frame.opened)
        self.frames.append(frame)

    def begin_value(self, start: int, end: int) -> None:
        """Make sure that a value may begin here; separate it from the item before in an object."""
        frame = self.frames[-1]
        if frame.kind is Kind.BODY and frame.phase is not Phase.VALUE:
            raise self.misplaced(frame, start, end)
        if self.ended:
            expected = AFTER_VALUE.get(frame.kind) or f'"," or "{frame.closer.decode()}"'
            if not frame.closer and frame.kind is Kind.GROUP:
                expected = "an operator or the end of the expression"
            raise self.fault(f"expected {expected}", start, end)
        self.separate(frame, start)

    def separate(self, frame: Frame, at: int) -> None:
        """Give the grammar a comma where a line break separates two items of an object."""
        if frame.broken:
            frame.broken = False
            self.emit("COMMA", at, at)

    def misplaced(self, frame: Frame, start: int, end: int) -> SyntaxFault:
        """The fault of a word that cannot stand where a body expects something else."""
        if frame.phase is Phase.AFTER_BLOCK:
            return self.fault("expected a new line after the block", start, end)
        if frame.phase is Phase.HEADER:
            return self.fault('expected "=" and a value, or labels and "{"', start, end)
        return self.fault("expected an argument or a block", start, end)

    def name(self, raw: bytes, start: int) -> str:
        """The text of an identifier, checked where it is not ASCII."""
        if raw.isascii():
            return raw.decode() if b"::" not in raw else b"".join(raw.split()).decode()
        name = raw.decode("utf-8", "replace")
        for part in name.split("::"):
            word = part.strip(" \t")
            if not word.replace("-", "_").isidentifier():
                bad = next(i for i in range(len(word)) if not word[: i + 1].replace("-", "_").isidentifier())
                at = start + len(name[: name.index(word) + bad].encode())
                raise self.fault(f"the character {word[bad]!r} has no meaning here", at, at + len(word[bad].encode()))
        return "".join(name.split())
