"""Bytes to the words of python-hcl2's grammar.

The grammar is python-hcl2's, but its own lexer loses what Terraform's depends on: which line breaks count, what is a
keyword and what a name, where a template ends. Here every bracket opens a frame that knows how text inside it reads, so
that the grammar receives exactly the words it is right about, and what its rules are too lenient about is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from fractions import Fraction

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.lexemes import (
    BARE_TEXT,
    CLOSERS,
    CODE,
    DIRECTIVE,
    FULL_SPLAT,
    OPENERS,
    OPERATORS,
    QUOTED_TEXT,
    WORDS,
    Lexeme,
)
from dynalint.syntax.literals import MAX_DEPTH, decode_bare, decode_quoted, number_value
from dynalint.syntax.source import Source, Span


class Kind(Enum):
    """How text inside a frame reads."""

    BODY = auto()
    OBJECT = auto()
    FOR = auto()
    GROUP = auto()
    HOLE = auto()
    QUOTED = auto()
    HEREDOC = auto()
    BARE = auto()


class Phase(Enum):
    """Where a line of a body stands."""

    START = auto()
    HEADER = auto()
    VALUE = auto()
    AFTER_BLOCK = auto()


@dataclass(slots=True)
class Frame:
    """An open bracket, quote or heredoc, or the text as a whole."""

    kind: Kind
    opened: int
    closer: bytes = b""
    phase: Phase = Phase.START
    one_line: bool | None = None
    """Of a body: whether it stands on the line of its opening brace; None before its first word."""
    broken: bool = False
    """Of an object: a line break was met that may have to separate two items."""
    awaits_in: bool = False
    """Of a ``for``: its ``in`` has not come yet."""
    marker: re.Pattern[bytes] | None = None
    """Of a heredoc: what its last line looks like."""
    is_text: bool = False
    """Whether what stands inside is text with template sequences, not code."""


AFTER_VALUE = {
    Kind.OBJECT: "a comma or a new line between two items",
    Kind.FOR: "the end of the for expression",
    Kind.HOLE: 'a closing brace "}" to end the template sequence',
    Kind.BODY: "a new line after the argument",
}
NAMES_OF_CLOSERS = {b")": "parenthesis", b"]": "bracket", b"}": "brace"}
CALL = re.compile(rb"[ \t\r\n]*\(")


class Lexer:
    """The words of one stretch of a source. :meth:`run` is all there is to call."""

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

    def emit(self, word: str, start: int, end: int, value: object = "", *, ended: bool = False) -> None:
        """Add a word and note whether it ends a value."""
        self.out.append(Lexeme(word, start, end, value))
        self.ended = ended

    def span(self, start: int, end: int) -> Span:
        """The span of a byte range of the source."""
        return Span(self.source.path, start, end)

    # --- faults ---------------------------------------------------------------------------------------------------

    def fault(self, message: str, start: int, end: int | None = None, *, help: str = "") -> SyntaxFault:  # noqa: A002 - the word the reports use
        """A fault at a place of this text; one byte long where no end is given."""
        return SyntaxFault(message, self.span(start, start + 1 if end is None else end), help=help)

    def unclosed(self, frame: Frame) -> SyntaxFault:
        """The fault of a bracket, quote or heredoc that the text ends inside of."""
        if frame.kind is Kind.QUOTED:
            return self.fault("expected a closing quote '\"' for the string that begins here", frame.opened)
        if frame.kind is Kind.HEREDOC:
            return self.fault("expected the heredoc's end marker on a line of its own", frame.opened, frame.opened + 2)
        name = NAMES_OF_CLOSERS[frame.closer]
        return self.fault(f'expected a closing {name} "{frame.closer.decode()}" for the one here', frame.opened)

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
            frame.phase = Phase.START
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

    def push(self, frame: Frame) -> None:
        """Open a frame."""
        if len(self.frames) >= MAX_DEPTH:
            raise self.fault(f"more than {MAX_DEPTH} levels of nesting are more than dynalint reads", frame.opened)
        self.frames.append(frame)

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

    # --- strings and templates ------------------------------------------------------------------------------------

    def begin_text(self, start: int, end: int) -> bool:
        """Make sure that a string may stand here; true if it is a label."""
        frame = self.frames[-1]
        if frame.kind is not Kind.BODY or frame.phase is Phase.VALUE:
            self.begin_value(start, end)
            return False
        if frame.phase is Phase.START:
            raise self.fault("the name of an argument or a block type has no quotes", start, end)
        if frame.phase is Phase.AFTER_BLOCK:
            raise self.misplaced(frame, start, end)
        return True

    def on_string(self, start: int, end: int) -> None:
        """A string without template sequences."""
        label = self.begin_text(start, end)
        text = decode_quoted(self.source, start + 1, end - 1)
        self.emit("NAME" if label else "HEREDOC_TEMPLATE", start, end, text, ended=not label)

    def on_quote(self, start: int, end: int) -> None:
        """The opening quote of a string with template sequences."""
        self.at = end
        if self.begin_text(start, end):
            closed = QUOTED_TEXT.match(self.data, self.at, self.end)
            at = closed.end() if closed else self.at
            if self.data[at : at + 1] in {b"$", b"%"}:
                raise self.fault("a label cannot hold a template sequence", at, at + 2, help="a label is literal text")
            raise self.fault("expected a closing quote '\"' on the same line", start)
        self.push(Frame(Kind.QUOTED, start, b'"', is_text=True))
        self.emit("DBLQUOTE", start, end, "quoted")

    def on_heredoc(self, start: int, end: int) -> None:
        """The first line of a heredoc."""
        self.begin_value(start, end)
        self.at = end
        opening = self.data[start:end].rstrip()
        flush = opening[2:3] == b"-"
        marker = opening[3 if flush else 2 :]
        self.name(marker, start + len(opening) - len(marker))
        last_line = re.compile(rb"[ \t\r\v\f]*" + re.escape(marker) + rb"(?=([ \t\r\v\f]*?)\r?" + self.line_end + rb")")
        self.push(Frame(Kind.HEREDOC, start, marker=last_line, is_text=True))
        self.emit("DBLQUOTE", start, end, "flush" if flush else "heredoc")

    def text(self, frame: Frame) -> None:
        """One piece of a template, or its end."""
        if frame.kind is Kind.QUOTED:
            return self.quoted_text(frame)
        if frame.marker and self.data[self.at - 1 : self.at] == b"\n":
            end = frame.marker.match(self.data, self.at, self.end)
            if end:
                self.frames.pop()
                self.at = end.end(1)
                return self.emit("DBLQUOTE", end.start(), end.end(), ended=True)
        match = BARE_TEXT.match(self.data, self.at, self.end)
        if match is not None and match.end() > self.at:
            self.at = match.end()
            return self.emit("STRING_CHARS", *match.span(), decode_bare(self.source, *match.span()))
        return self.hole()

    def quoted_text(self, frame: Frame) -> None:
        """One piece of a quoted template, or its closing quote."""
        match = QUOTED_TEXT.match(self.data, self.at, self.end)
        if match is not None:
            self.at = match.end()
            return self.emit("STRING_CHARS", *match.span(), decode_quoted(self.source, *match.span()))
        if self.data[self.at : self.at + 1] == b'"':
            self.frames.pop()
            self.at += 1
            return self.emit("DBLQUOTE", self.at - 1, self.at, ended=True)
        if self.data[self.at : self.at + 1] in {b"$", b"%"}:
            return self.hole()
        raise self.fault(
            "expected a closing quote '\"' on the same line",
            frame.opened,
            help="a string of several lines is a heredoc: <<EOT",
        )

    def hole(self) -> None:
        """``${`` or ``%{`` with the keyword of a directive."""
        start, strip = self.at, self.data[self.at + 2 : self.at + 3] == b"~"
        self.at += 3 if strip else 2
        self.push(Frame(Kind.HOLE, start, b"}"))
        if self.data[start : start + 1] == b"$":
            return self.emit("INTERP_START", start, self.at, "~" if strip else "")
        self.emit("DIRECTIVE_START", start, self.at, "~" if strip else "")
        match = DIRECTIVE.match(self.data, self.at, self.end)
        if match is None:
            raise self.fault("expected if, else, endif, for or endfor", self.at)
        self.at = match.end()
        self.frames[-1].awaits_in = match.group(1) == b"for"
        return self.emit(match.group(1).decode().upper(), *match.span(1))


HANDLERS: dict[str, Callable[[Lexer, int, int], None]] = {
    name: getattr(Lexer, f"on_{name}") for name in CODE.groupindex if hasattr(Lexer, f"on_{name}")
}
"""What to do with each kind of word in ``CODE``."""
