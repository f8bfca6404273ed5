"""Between Values and the plain data that the json module reads and writes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from math import isinf
from typing import Any

from dynalint.evaluation.numbers import rounded
from dynalint.evaluation.values import Trace, Unknown, Value, boolean, null, number, object_value, string, tuple_value

GO_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What Go escapes in JSON that Python does not."""


def read_json(text: str | bytes) -> Any:
    """Decoded JSON. ValueError for what is none, though Python reads it (``NaN``), and a number beyond all floats."""
    return json.loads(text, parse_float=_finite, parse_constant=_refused)


def _finite(text: str) -> float:
    value = float(text)
    if isinf(value):
        raise ValueError(f"the number {text[:40]} is larger than dynalint reads")
    return value


def _refused(text: str) -> None:
    raise ValueError(f"{text} is no value")


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
