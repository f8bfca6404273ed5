"""Values out of decoded text: ``jsondecode`` and ``yamldecode`` make tuples and objects of what they read."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.values import Value, null, object_value, tuple_value

DEEPEST = 100
"""Levels of nesting that are decoded."""


def allow_depth(depth: int) -> None:
    """BudgetError for data nested deeper than what is decoded."""
    if depth > DEEPEST:
        raise BudgetError(f"data nested more than {DEEPEST} levels deep is more than dynalint evaluates")


def key_text(text: str) -> str:
    """A key as Terraform keeps it."""
    return text if text.isascii() else normalize("NFC", text)


def as_decoded(value: Value, budget: Budget, depth: int = 0) -> Value:
    """A wholly known value as it would come back from its own JSON text, with the traces of its members."""
    allow_depth(depth)
    budget.spend()
    match value.data:
        case None:
            return null()
        case tuple() as items:
            inner = tuple(as_decoded(item, budget, depth + 1) for item in items)
            return tuple_value(inner).with_trace(value.trace)
        case str():
            return value
        case Mapping() as entries:
            members = {key: as_decoded(entry, budget, depth + 1) for key, entry in entries.items()}
            return object_value(members).with_trace(value.trace)
        case _:
            return value
