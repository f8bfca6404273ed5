"""Between Values and the plain data that the json module reads and writes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dynalint.evaluation.numbers import rounded
from dynalint.evaluation.values import Trace, Unknown, Value, boolean, null, number, object_value, string, tuple_value


def value_of(plain_data: Any, trace: Trace | None = None) -> Value:
    """The Value of decoded JSON, every part with the given trace."""
    match plain_data:
        case None:
            value = null()
        case bool():
            value = boolean(plain_data)
        case str():
            value = string(plain_data)
        case int():
            value = number(plain_data)
        case float():
            value = number(rounded(Fraction(str(plain_data))))
        case list():
            value = tuple_value(tuple(value_of(item, trace) for item in plain_data))
        case dict():
            value = object_value({str(name): value_of(item, trace) for name, item in plain_data.items()})
        case _:
            raise AssertionError(f"no JSON: {plain_data!r}")
    return value.with_trace(trace)


def plain(value: Value) -> Any:
    """Plain data of a known Value, members in their order; a number that is not whole becomes a float."""
    match value.data:
        case tuple() as items:
            return [plain(item) for item in items]
        case Unknown():
            raise AssertionError("only known values are plain data")
        case Fraction() as fraction:
            return float(fraction)
        case Mapping() as members:
            return {name: plain(member) for name, member in members.items()}
        case other:
            return other
