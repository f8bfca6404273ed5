"""Values as JSON text, byte for byte as Terraform writes it.

Keys are sorted, there are no blanks, null attributes stay, numbers are plain decimals, and ``<``, ``>``, ``&``, U+2028
and U+2029 are escaped as Go's ``encoding/json`` does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_values import GO_ESCAPES
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.values import Unknown, Value


def json_text(value: Value, budget: Budget) -> str:
    """A wholly known value as JSON; EvaluationError for an infinite number."""
    parts: list[str] = []
    length = 0
    for part in _json(value):
        length += len(part)
        budget.allow_text(length)
        parts.append(part)
    return "".join(parts)


def json_string(text: str) -> str:
    """A quoted JSON string."""
    # Python writes U+0008 and U+000C as \\b and \\f; so does Go since 1.22.
    return json.dumps(text, ensure_ascii=False).translate(GO_ESCAPES)


def _json(value: Value) -> Iterator[str]:
    match value.data:
        case None:
            yield "null"
        case bool() as flag:
            yield "true" if flag else "false"
        case float():
            raise EvaluationError("cannot serialize infinity as JSON")
        case int() | Fraction() as number:
            yield number_text(number)
        case str() as text:
            yield json_string(text)
        case tuple() as items:
            yield from _sequence(items)
        case Unknown():
            raise TypeError("an unknown value has no JSON text")
        case Mapping() as entries:
            yield from _mapping(entries)


def _sequence(items: tuple[Value, ...]) -> Iterator[str]:
    yield "["
    for index, item in enumerate(items):
        if index:
            yield ","
        yield from _json(item)
    yield "]"


def _mapping(entries: Mapping[str, Value]) -> Iterator[str]:
    yield "{"
    for index, (key, entry) in enumerate(entries.items()):
        yield f",{json_string(key)}:" if index else f"{json_string(key)}:"
        yield from _json(entry)
    yield "}"
