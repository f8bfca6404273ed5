"""Bringing several values to one type, as conditionals, ``coalesce`` and collections of ``any`` do."""

from __future__ import annotations

from collections.abc import Sequence

from dynalint.evaluation.common_type import unify
from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.types import Type
from dynalint.evaluation.values import Value

__all__ = ["unify", "unify_values"]


def unify_values(values: Sequence[Value]) -> tuple[Type, tuple[Value, ...]]:
    """The common type of ``values`` and the values converted to it; ConversionError where there is none."""
    common = unify([value.type for value in values])
    if common is None:
        raise ConversionError("all values must have types that convert to one type")
    return common, tuple(convert(value, common) for value in values)
