"""Values out of decoded text: ``jsondecode`` and ``yamldecode`` make tuples and objects of what they read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from unicodedata import normalize

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.types import DYNAMIC, Primitive
from dynalint.evaluation.values import Unknown, Value, null, object_value, tuple_value, unknown

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
    """``value`` as it would come back from its own JSON text, its unknown members still unknown."""
    allow_depth(depth)
    budget.spend()
    match value.data:
        case None:
            return null()
        case Unknown() as because:
            certain = because.not_null and isinstance(value.type, Primitive)
            return value if certain else unknown(DYNAMIC, replace(because, shortest=0, longest=None))
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
