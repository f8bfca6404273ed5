"""Nodes without their places, for tests that are about what a text says."""

from __future__ import annotations

from typing import Any

from dynalint.syntax.encode import FIELDS
from dynalint.syntax.source import Span


def shape(node: Any) -> Any:
    """A node without its spans, as nested tuples that begin with the class's name."""
    if isinstance(node, tuple) and not isinstance(node, Span):
        return tuple(shape(item) for item in node)
    if type(node) not in FIELDS:
        return node
    values = (getattr(node, name) for name in FIELDS[type(node)] if not name.endswith("span"))
    return (type(node).__name__, *(shape(value) for value in values))
