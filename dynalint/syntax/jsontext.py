"""JSON to expressions, each with its span."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field

from dynalint.records import dataclass
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.literals import MAX_DEPTH, number_value
from dynalint.syntax.nodes import Expression, Literal, ObjectExpression, ObjectItem, TupleExpression
from dynalint.syntax.source import Source, Span

WORD = re.compile(
    rb"[ \t\r\n]*(?:"
    rb'(?P<string>"(?>(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*)")'
    rb"|(?P<number>-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    rb"|(?P<constant>true|false|null)"
    rb"|(?P<mark>[\[\]{},:])"
    rb"|(?P<end>\Z))"
)
ESCAPE = re.compile(rb"\\(?:u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|.)")
SIMPLE = {b"b": "\b", b"f": "\f", b"n": "\n", b"r": "\r", b"t": "\t", b'"': '"', b"\\": "\\", b"/": "/"}
CONSTANTS = {b"true": True, b"false": False, b"null": None}

Strings = Callable[[Source, int, int], Expression]
"""What to make of a string: called with the byte range between its quotes."""


@dataclass(slots=True)
class Container:
    """An object or array that is being read."""

    opened: int
    closer: bytes
    items: list[Expression] = field(default_factory=list)
    keys: list[Expression] = field(default_factory=list)

    def expression(self, path: str, end: int) -> Expression:
        """The object or array, now that it has ended."""
        span = Span(path, self.opened, end)
        if self.closer == b"]":
            return TupleExpression(span, tuple(self.items))
        pairs = zip(self.keys, self.items, strict=True)
        return ObjectExpression(span, tuple(ObjectItem(key.span.cover(item.span), key, item) for key, item in pairs))


class JsonReader:
    """One JSON value. Keeps its own stack, so that depth of nesting costs memory only."""

    def __init__(self, source: Source, start: int, end: int, strings: Strings) -> None:
        self.source = source
        self.at = start
        self.end = end
        self.strings = strings
        self.open: list[Container] = []

    def run(self) -> Expression:
        """The value that the text is. Raises SyntaxFault."""
        while True:
            value = self.value()
            while value is not None and self.open:
                value = self.behind(value)
            if value is not None:
                self.expect("end", b"", "the end of the file")
                return value

    def word(self) -> re.Match[bytes]:
        """The next word."""
        match = WORD.match(self.source.data, self.at, self.end)
        if match is None:
            blank = re.compile(rb"[ \t\r\n]*").match(self.source.data, self.at, self.end)
            at = blank.end() if blank else self.at
            raise self.fault("expected JSON: a value, or a string in double quotes on one line", at)
        self.at = match.end()
        return match

    def fault(self, message: str, start: int, end: int | None = None) -> SyntaxFault:
        """A fault at a place of the file."""
        return SyntaxFault(message, Span(self.source.path, start, start + 1 if end is None else end))

    def expect(self, group: str, text: bytes, name: str) -> re.Match[bytes]:
        """The next word, which has to be this one."""
        match = self.word()
        if match.lastgroup != group or (text and match.group(group) != text):
            raise self.misplaced(match, name)
        return match

    def misplaced(self, match: re.Match[bytes], expected: str) -> SyntaxFault:
        """The fault of a word that cannot stand where it does; of the opening bracket where the text has ended."""
        if match.lastgroup == "end" and self.open:
            frame = self.open[-1]
            opener = "{" if frame.closer == b"}" else "["
            return self.fault(f'expected "{frame.closer.decode()}" to close the "{opener}" here', frame.opened)
        start, end = match.span(match.lastgroup or 0)
        return self.fault(f"expected {expected}", start, end)

    def value(self) -> Expression | None:
        """A value that is complete, or None where a container with something in it has begun."""
        match = self.word()
        start, end = match.span(match.lastgroup or 0)
        span = Span(self.source.path, start, end)
        match match.lastgroup, match.group(match.lastgroup or 0):
            case "string", _:
                return self.strings(self.source, start + 1, end - 1)
            case "number", raw:
                return Literal(span, number_value(raw, span))
            case "constant", raw:
                return Literal(span, CONSTANTS[raw])
            case "mark", b"{" | b"[" as bracket:
                return self.begin(start, b"}" if bracket == b"{" else b"]")
            case _:
                raise self.misplaced(match, "a value")

    def begin(self, opened: int, closer: bytes) -> Expression | None:
        """Open a container; it is complete at once if nothing is in it."""
        if len(self.open) >= MAX_DEPTH:
            raise self.fault(f"more than {MAX_DEPTH} levels of nesting are more than dynalint reads", opened)
        self.open.append(Container(opened, closer))
        ahead = self.at
        match = self.word()
        if match.group("mark") == closer:
            return self.open.pop().expression(self.source.path, self.at)
        self.at = ahead
        if closer == b"}":
            self.key()
        return None

    def key(self) -> None:
        """The key of an object's next member, and the colon behind it."""
        match = self.expect("string", b"", "a property name in double quotes")
        start, end = match.span("string")
        self.open[-1].keys.append(self.strings(self.source, start + 1, end - 1))
        self.expect("mark", b":", '":" and a value')

    def behind(self, value: Expression) -> Expression | None:
        """Put a value into its container and look at what follows; the container if that ends it."""
        frame = self.open[-1]
        frame.items.append(value)
        match = self.word()
        if match.group("mark") == frame.closer:
            return self.open.pop().expression(self.source.path, self.at)
        if match.group("mark") != b",":
            raise self.misplaced(match, f'"," or "{frame.closer.decode()}"')
        if frame.closer == b"}":
            self.key()
        return None


def literal_string(source: Source, start: int, end: int) -> Literal:
    """The string between two quotes, as it is."""
    text, _ = unescape(source.data[start:end])
    return Literal(Span(source.path, start - 1, end + 1), text)


def unescape(raw: bytes) -> tuple[str, list[tuple[int, int]]]:
    """The text that JSON means, and how far its bytes are shifted against the raw ones.

    The shifts are pairs of an offset in the UTF-8 form of the text and of the raw offset that corresponds to it, one
    behind every escape.
    """
    if b"\\" not in raw:
        return raw.decode("utf-8", "replace"), []
    out, shifts, at = bytearray(), list[tuple[int, int]](), 0
    for match in ESCAPE.finditer(raw):
        out += raw[at : match.start()]
        out += resolve(match.group()).encode()
        at = match.end()
        shifts.append((len(out), at))
    out += raw[at:]
    return out.decode("utf-8", "replace"), shifts


def resolve(escape: bytes) -> str:
    """The character of an escape; the replacement character for half a surrogate pair."""
    if escape[1:2] != b"u":
        return SIMPLE[escape[1:]]
    number = int(escape[2:6], 16)
    if len(escape) == 12:
        return chr(0x10000 + ((number - 0xD800) << 10) + int(escape[8:], 16) - 0xDC00)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)
