"""Texts that are one expression or one template."""

from __future__ import annotations

from dynalint.syntax.frames import Kind
from dynalint.syntax.nodes import Expression
from dynalint.syntax.source import Source


def parse_expression(source: Source) -> Expression:
    """A text that is one expression; line breaks mean nothing in it. Raises SyntaxFault."""
    from dynalint.syntax.parse import parse_value  # noqa: PLC0415 - as PARSER_IS_LAZY in files.py says

    return parse_value(source, Kind.GROUP, text_start(source), len(source.data))


def parse_template(source: Source) -> Expression:
    """A text that is a template, as ``templatefile`` reads: no quotes, no escapes but ``$${`` and ``%%{``.

    Raises SyntaxFault.
    """
    from dynalint.syntax.parse import parse_value  # noqa: PLC0415 - as PARSER_IS_LAZY in files.py says

    return parse_value(source, Kind.BARE, 0, len(source.data))


def text_start(source: Source) -> int:
    """Offset of the first byte behind a byte order mark, if there is one."""
    return 3 if source.data.startswith(b"\xef\xbb\xbf") else 0
