"""Texts that are one expression or one template."""

from __future__ import annotations

from dynalint.syntax.build import Builder
from dynalint.syntax.lexer import Kind
from dynalint.syntax.nodes import Expression
from dynalint.syntax.parse import parse_value
from dynalint.syntax.source import Source


def parse_expression(source: Source) -> Expression:
    """A text that is one expression; line breaks mean nothing in it. Raises SyntaxFault."""
    return parse_value(source, Kind.GROUP, Builder(source.path))


def parse_template(source: Source) -> Expression:
    """A text that is a template, as ``templatefile`` reads: no quotes, no escapes but ``$${`` and ``%%{``.

    Raises SyntaxFault.
    """
    return parse_value(source, Kind.BARE, Builder(source.path))
