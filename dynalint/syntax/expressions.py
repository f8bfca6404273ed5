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


def is_open(text: str) -> bool:
    """Whether a bracket of the expression is still open at the end of the text, so that it may go on."""
    from dynalint.syntax.faults import SyntaxFault  # noqa: PLC0415 - as PARSER_IS_LAZY in files.py says
    from dynalint.syntax.frames import Kind  # noqa: PLC0415 - as above
    from dynalint.syntax.lexer import Lexer  # noqa: PLC0415 - as above

    source = Source("<text>", text.encode("utf-8", "replace"))
    lexer = Lexer(source, 0, len(source.data))
    try:
        lexer.run(Kind.GROUP)
    except SyntaxFault:
        return lexer.at == lexer.end and len(lexer.frames) > 1
    return False


def text_start(source: Source) -> int:
    """Offset of the first byte behind a byte order mark, if there is one."""
    return 3 if source.data.startswith(b"\xef\xbb\xbf") else 0
