"""The text of strings: escapes, strip markers, heredoc indentation."""

from __future__ import annotations

import re

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.source import Source, Span

QUOTED_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{")
BARE_ESCAPE = re.compile(rb"\$\$\{|%%\{")
SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"\\": b"\\"}
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which is what a strip marker trims. ``str.strip`` would trim more."""


def decode_quoted(source: Source, start: int, end: int) -> str:
    """Text between quotes with its escapes resolved; SyntaxFault at one that HCL does not know."""
    raw = source.data[start:end]
    if b"\\" not in raw and b"{" not in raw:
        return raw.decode("utf-8", "replace")

    def resolve(match: re.Match[bytes]) -> bytes:
        escape = match.group()
        if escape[:1] != b"\\":
            return escape[1:]
        if len(escape) > 2:
            return character(source, start + match.start(), escape).encode()
        if escape[1:] not in SIMPLE:
            at = start + match.start()
            raise unknown_escape(source, at)
        return SIMPLE[escape[1:]]

    return QUOTED_ESCAPE.sub(resolve, raw).decode("utf-8", "replace")


def character(source: Source, at: int, escape: bytes) -> str:
    """The character of a ``\\u`` or ``\\U`` escape; SyntaxFault where Unicode has none."""
    number = int(escape[2:], 16)
    if 0xD800 <= number <= 0xDFFF or number > 0x10FFFF:
        raise SyntaxFault(f"there is no character U+{number:04X}", Span(source.path, at, at + len(escape)))
    return chr(number)


def unknown_escape(source: Source, at: int) -> SyntaxFault:
    """The fault of a backslash that begins no escape."""
    character = source.data[at + 1 : at + 5].decode("utf-8", "ignore")[:1]
    if character in {"u", "U"}:
        expected = "four hexadecimal digits after \\u" if character == "u" else "eight hexadecimal digits after \\U"
        return SyntaxFault(f"expected {expected}", Span(source.path, at, at + 2))
    return SyntaxFault(
        f'"\\{character}" is no escape sequence',
        Span(source.path, at, at + 1 + max(1, len(character.encode()))),
        help='the escapes are \\n, \\r, \\t, \\", \\\\, \\uNNNN and \\UNNNNNNNN; write \\\\ for a backslash',
    )


def decode_bare(source: Source, start: int, end: int) -> str:
    """Text of a heredoc or template file: only ``$${`` and ``%%{`` are escapes there."""
    raw = source.data[start:end]
    if b"{" in raw:
        raw = BARE_ESCAPE.sub(lambda match: match.group()[1:], raw)
    return raw.decode("utf-8", "replace")
