"""What literals say: numbers, escapes in strings, and the bounds of what dynalint reads."""

from __future__ import annotations

import re
from fractions import Fraction

from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.source import Source, Span

MAX_DEPTH = 1_000
"""Brackets, blocks and templates within each other that dynalint reads; Terraform itself has no bound."""
MAX_DIGITS = 4_000
"""Digits that a number may have, written out."""
DECIMAL = re.compile(rb"(-?[0-9]+)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?")
QUOTED_ESCAPE = re.compile(rb"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)|\$\$\{|%%\{")
BARE_ESCAPE = re.compile(rb"\$\$\{|%%\{")
SIMPLE = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b'"': b'"', b"\\": b"\\"}
WHITE_SPACE = "\t\n\v\f\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
"""Unicode's White_Space, which is what a strip marker trims. ``str.strip`` would trim more."""


def number_value(raw: bytes, span: Span) -> int | Fraction:
    """The value of a number. Raises SyntaxFault for what is none, or for more digits than dynalint reads."""
    match = DECIMAL.fullmatch(raw)
    if match is None:
        raise SyntaxFault(f'"{raw.decode()}" is not a number', span, help="text belongs in quotes")
    whole, fraction, exponent = match.group(1), match.group(2) or b"", match.group(3) or b"0"
    if len(exponent) > 8 or len(whole) + len(fraction) + abs(int(exponent)) > MAX_DIGITS:
        raise SyntaxFault(f"a number of more than {MAX_DIGITS} digits is more than dynalint reads", span)
    value = int(whole + fraction) * Fraction(10) ** (int(exponent) - len(fraction))
    return value.numerator if value.denominator == 1 else value


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
    r"""The character of a ``\u`` or ``\U`` escape; SyntaxFault where Unicode has none."""
    number = int(escape[2:].decode(), 16)
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
