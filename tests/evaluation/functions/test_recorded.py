"""Every expression in tests/fixtures/functions, against what Terraform 1.11.4 answered to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.types import Dynamic, ListOf, MapOf, ObjectOf, Primitive, SetOf, TupleOf, Type
from dynalint.evaluation.values import Unknown, Value
from dynalint.project import Project

Json = Any

RECORDED = Path(__file__).parents[2] / "fixtures" / "functions"


def cases() -> list[Json]:
    lines = [line for path in sorted(RECORDED.glob("*.jsonl")) for line in path.read_text().splitlines()]
    return [json.loads(line, parse_float=Decimal) for line in lines]


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Console:
    """The scope of a module that declares nothing."""
    directory = str(tmp_path_factory.mktemp("module"))
    return Console(directory, Project(directory), Inputs())


def plain(value: Value) -> Json:
    match value.data:
        case Unknown():
            return {"__unknown__": True}
        case Fraction() as fraction:
            return Decimal(number_text(fraction))
        case tuple() as items:
            return [plain(item) for item in items]
        case Mapping() as items:
            return {name: plain(item) for name, item in items.items()}
    return value.data


def type_text(type_: Type) -> Json:
    match type_:
        case Primitive(name):
            return name
        case Dynamic():
            return "dynamic"
        case ListOf(element) | SetOf(element) | MapOf(element):
            return [type(type_).__name__.removesuffix("Of").lower(), type_text(element)]
        case TupleOf(elements):
            return ["tuple", [type_text(element) for element in elements]]
        case ObjectOf(attributes):
            return ["object", {name: type_text(of) for name, of in attributes}]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["expr"])
def test_answers_as_terraform_does(case: Json, console: Console) -> None:
    if "error" in case:
        with pytest.raises(EvaluationError):
            console.evaluate(case["expr"])
        return
    value = console.evaluate(case["expr"])
    assert plain(value) == case["value"]
    if "type" in case and not value.is_null:
        assert type_text(value.type) == case["type"]
