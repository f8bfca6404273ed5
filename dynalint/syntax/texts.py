"""Strings and heredocs to words: literal pieces, and the brackets of template sequences."""

from __future__ import annotations

import re

from dynalint.syntax.frames import Frame, Kind, Phase
from dynalint.syntax.lexemes import BARE_TEXT, DIRECTIVE, QUOTED_TEXT
from dynalint.syntax.literals import decode_bare, decode_quoted
from dynalint.syntax.words import Words


class Texts(Words):
    """The part of lexing that reads text."""

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
