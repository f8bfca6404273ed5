"""Bytes to the words of python-hcl2's grammar.

The grammar is python-hcl2's, but its own lexer loses what Terraform's depends on: which line breaks count, what is a
keyword and what a name, where a template ends. Here every bracket opens a frame that knows how text inside it reads, so
that the grammar receives exactly the words it is right about, and what its rules are too lenient about is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.frames import Frame, Kind, Phase
from dynalint.syntax.lexemes import (
    CLOSERS,
    CODE,
    FULL_SPLAT,
    OPENERS,
    OPERATORS,
    WORDS,
    Lexeme,
)
from dynalint.syntax.literals import number_value
from dynalint.syntax.texts import Texts

CALL = re.compile(rb"[ \t\r\n]*\(")


class Lexer(Texts):
    """The words of one stretch of a source. :meth:`run` is all there is to call."""

    def run(self, kind: Kind) -> list[Lexeme]:
        """All words of a ``BODY``, of one expression (``GROUP``) or of one template (``BARE``).

        Raises SyntaxFault.
        """
        self.frames = [Frame(kind, self.at, one_line=False, is_text=kind is Kind.BARE)]
        # A file ends in the middle of a heredoc whose end marker has no line break; a text of its own does not.
        self.line_end = rb"\n" if kind is Kind.BODY else rb"(?:\n|\Z)"
        if kind is not Kind.BODY:
            self.emit("NAME", self.at, self.at, "value")
            self.emit("EQ", self.at, self.at)
        if kind is Kind.BARE:
            self.emit("DBLQUOTE", self.at, self.at, "bare")
        while self.at < self.end:
            frame = self.frames[-1]
            if frame.is_text:
                self.text(frame)
            else:
                self.code()
        if len(self.frames) > 1:
            raise self.unclosed(self.frames[-1])
        if kind is Kind.BARE:
            self.emit("DBLQUOTE", self.end, self.end)
        if kind is Kind.BODY:
            self.finish_line(self.frames[0])
        return self.out

    # --- code -----------------------------------------------------------------------------------------------------

    def code(self) -> None:
        """One word of code."""
        match = CODE.match(self.data, self.at, self.end)
        if match is None:
            raise self.invalid_character()
        kind = match.lastgroup or ""
        self.at = match.end()
        HANDLERS[kind](self, *match.span(kind))

    def invalid_character(self) -> SyntaxFault:
        """The fault of a byte that begins no word."""
        at, rest = self.at, self.data[self.at : self.at + 4]
        if rest[:1] == b"'":
            return self.fault("single quotes do not make a string", at, help='write "…"')
        if rest[:2] == b"/*":
            return self.fault('expected "*/" to end the comment that begins here', at, at + 2)
        if rest[:2] in {b"${", b"%{"}:
            return self.fault('a template sequence may only stand inside a string: write "${…}" or drop it', at, at + 2)
        character = rest.decode("utf-8", "ignore")[:1]
        return self.fault(f"the character {character!r} has no meaning here", at, at + max(1, len(character.encode())))

    def on_blank(self, start: int, end: int) -> None:
        """Blanks separate words and mean nothing."""

    on_comment = on_blank

    def on_block_comment(self, start: int, end: int) -> None:
        """A block comment separates words, as a blank does, whatever lines it covers."""

    def on_newline(self, start: int, end: int) -> None:
        """A line break ends arguments, separates items of objects, and means nothing elsewhere."""
        frame = self.frames[-1]
        if frame.kind is Kind.BODY:
            self.finish_line(frame)
            frame.phase, self.ended = Phase.START, False
        elif frame.kind is Kind.OBJECT:
            if self.ended:
                frame.broken, self.ended = True, False
            elif self.out[-1].type not in {"LBRACE", "COMMA"} and not frame.broken:
                raise self.fault("expected a value before the end of the line", start, end)

    def finish_line(self, frame: Frame) -> None:
        """Refuse a line of a body that is not complete."""
        if frame.one_line is None:
            frame.one_line = False
        if frame.phase is Phase.START or frame.phase is Phase.AFTER_BLOCK:
            return
        if frame.phase is Phase.HEADER:
            raise self.fault(
                'expected "=" and a value, or "{" to open a block, on the same line',
                self.out[-1].start,
                self.out[-1].end,
            )
        if frame.phase is Phase.VALUE and not self.ended:
            raise self.fault("expected a value before the end of the line", self.out[-1].start, self.out[-1].end)
        if frame.one_line:
            raise self.fault(
                'expected "}" on the same line: a block that opens with an argument on its line holds only that one',
                self.out[-1].end - 1,
            )

    def on_name(self, start: int, end: int) -> None:
        """A name, label, keyword or function name."""
        name = self.name(self.data[start:end], start)
        frame = self.frames[-1]
        if frame.kind is Kind.BODY and frame.phase is not Phase.VALUE:
            return self.header_word(frame, name, start, end)
        if self.out[-1].type == "DOT" and "::" not in name:
            return self.emit("NAME", start, end, name, ended=True)
        if self.keyword(frame, name, start, end):
            return None
        self.begin_value(start, end)
        word = "NAME" if frame.awaits_in else WORDS.get(name, "NAME")
        if "::" in name and not CALL.match(self.data, self.at, self.end):
            raise self.fault(f'expected "(" after the function name "{name}"', start, end)
        return self.emit(word, start, end, name, ended=True)

    def keyword(self, frame: Frame, name: str, start: int, end: int) -> bool:
        """Emit ``for``, ``in`` and ``if`` where they are keywords."""
        if name == "for" and self.out[-1].type in {"LBRACE", "LSQB"} and frame.opened == self.out[-1].start:
            if self.out[-1].value == "index":
                return False
            frame.kind, frame.awaits_in, frame.broken = Kind.FOR, True, False
            self.emit("FOR", start, end)
            return True
        if name == "in" and frame.awaits_in and self.ended:
            frame.awaits_in = False
            self.emit("IN", start, end)
            return True
        if name == "if" and frame.kind is Kind.FOR and not frame.awaits_in and self.ended_for(frame):
            self.emit("IF", start, end)
            return True
        return False

    def ended_for(self, frame: Frame) -> bool:
        """Whether the result of a ``for`` is complete, so that ``if`` begins its condition."""
        return self.ended or (self.out[-1].type == "ELLIPSIS" and frame.kind is Kind.FOR)

    def header_word(self, frame: Frame, name: str, start: int, end: int) -> None:
        """The name of an argument, the type of a block, or a label."""
        if frame.phase is Phase.AFTER_BLOCK or "::" in name:
            raise self.misplaced(frame, start, end)
        if frame.one_line is None:
            frame.one_line = True
        frame.phase = Phase.HEADER
        self.emit("NAME", start, end, name)

    def on_number(self, start: int, end: int) -> None:
        """A number, or the index of ``x.0``."""
        raw = self.data[start:end]
        if self.out and self.out[-1].type == "DOT":
            if b"." in raw:
                raise self.fault("two indexes in a row read as a fraction", start, end, help="write [0][1]")
            return self.emit("INT_LITERAL", start, end, self.number(raw, start), ended=True)
        self.begin_value(start, end)
        return self.emit("FLOAT_LITERAL", start, end, self.number(raw, start), ended=True)

    def number(self, raw: bytes, start: int) -> int | Fraction:
        """The value of a number."""
        return int(raw) if len(raw) < 9 and raw.isdigit() else number_value(raw, self.span(start, start + len(raw)))

    def on_dot(self, start: int, end: int) -> None:
        """The dot of ``x.name``."""
        self.operator("DOT", start, end)

    def on_splat(self, start: int, end: int) -> None:
        """``.*``."""
        self.operator("ATTR_SPLAT", start, end)
        self.ended = True

    def on_ellipsis(self, start: int, end: int) -> None:
        """``...`` after the last argument of a call, or the value of a grouping ``for``."""
        self.operator("ELLIPSIS", start, end)

    def on_operator(self, start: int, end: int) -> None:
        """An operator, separator or assignment."""
        raw = self.data[start:end]
        word = OPERATORS[raw]
        frame = self.frames[-1]
        if word == "NOT" or (word == "MINUS" and not self.ended):
            return self.unary(raw.decode(), word, start, end)
        if frame.kind is Kind.BODY and frame.phase is not Phase.VALUE:
            if word != "EQ" or frame.phase is not Phase.HEADER:
                raise self.misplaced(frame, start, end)
            frame.phase = Phase.VALUE
            return self.emit(word, start, end)
        return self.operator(word, start, end)

    def operator(self, word: str, start: int, end: int) -> None:
        """A word that continues a value; none may begin a line of a body or an object."""
        frame = self.frames[-1]
        if frame.kind is Kind.BODY and frame.phase is not Phase.VALUE:
            raise self.misplaced(frame, start, end)
        if frame.broken:
            raise self.fault('expected an item or "}": a line of an object cannot begin like this', start, end)
        self.emit(word, start, end)

    def unary(self, sign: str, word: str, start: int, end: int) -> None:
        """``-`` or ``!``; the grammar has one before a value, so a run of them becomes one word."""
        self.begin_value(start, end)
        before = self.out[-1]
        if isinstance(before.value, tuple):
            self.out[-1] = Lexeme(before.type, before.start, before.end, (*before.value, (sign, start)))
        else:
            self.emit(word, start, end, ((sign, start),))

    # --- brackets -------------------------------------------------------------------------------------------------

    def on_open(self, start: int, end: int) -> None:
        """An opening bracket."""
        bracket, frame = self.data[start:end], self.frames[-1]
        if bracket == b"{":
            return self.open_brace(frame, start, end)
        if not self.ended or (bracket == b"(" and self.out[-1].type != "NAME"):
            self.begin_value(start, end)
        splat = FULL_SPLAT.match(self.data, start, self.end) if bracket == b"[" and self.ended else None
        if splat:
            self.at = splat.end()
            return self.emit("FULL_SPLAT_START", start, self.at, ended=True)
        self.push(Frame(Kind.GROUP, start, b")" if bracket == b"(" else b"]"))
        return self.emit(OPENERS[bracket], start, end, "index" if self.ended else "")

    def open_brace(self, frame: Frame, start: int, end: int) -> None:
        """The opening brace of a block or an object."""
        if frame.kind is Kind.BODY and frame.phase is Phase.HEADER:
            if frame.one_line:
                raise self.fault("a block on one line may hold an argument, not another block", start, end)
            self.push(Frame(Kind.BODY, start, b"}"))
        else:
            self.begin_value(start, end)
            self.push(Frame(Kind.OBJECT, start, b"}"))
        self.emit("LBRACE", start, end)

    def on_close(self, start: int, end: int) -> None:
        """A closing bracket."""
        frame, bracket = self.frames[-1], self.data[start:end]
        if frame.closer != bracket:
            raise self.mismatched(frame, bracket.decode(), start)
        if frame.kind is Kind.BODY:
            self.close_body(frame, start)
        self.frames.pop()
        self.emit(CLOSERS[bracket], start, end, ended=True)
        if frame.kind is Kind.HOLE:
            self.at = end
        elif frame.kind is Kind.BODY:
            self.frames[-1].phase = Phase.AFTER_BLOCK
            self.ended = False

    def close_body(self, frame: Frame, at: int) -> None:
        """Refuse a closing brace behind an argument, unless the block has one line and one argument."""
        if frame.one_line is False and frame.phase is not Phase.START:
            raise self.fault('expected a new line before the closing brace "}"', at)
        if frame.phase is Phase.HEADER:
            raise self.misplaced(frame, at, at + 1)
        if frame.phase is Phase.VALUE and not self.ended:
            raise self.fault("expected a value", at)

    def mismatched(self, frame: Frame, found: str, at: int) -> SyntaxFault:
        """The fault of a closing bracket that is not the one that is due."""
        if not frame.closer:
            return self.fault(f'"{found}" closes nothing', at)
        line = self.source.line_at(frame.opened)
        opener = self.data[frame.opened : frame.opened + 1].decode()
        return self.fault(
            f'expected "{frame.closer.decode()}" to close the "{opener}" of line {line}, not "{found}"', at
        )

    def on_strip(self, start: int, end: int) -> None:
        """``~}``, which ends a template sequence and trims what follows it."""
        if self.frames[-1].kind is not Kind.HOLE:
            raise self.fault("the character '~' has no meaning here", start)
        self.frames.pop()
        self.at = end
        self.emit("RBRACE", start, end, "~")


HANDLERS: dict[str, Callable[[Lexer, int, int], None]] = {
    name: getattr(Lexer, f"on_{name}") for name in CODE.groupindex if hasattr(Lexer, f"on_{name}")
}
"""What to do with each kind of word in ``CODE``."""
