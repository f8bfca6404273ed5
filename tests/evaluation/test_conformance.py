"""dynalint against the stored answers of the real terraform: whole root modules, and single expressions."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import inspect_root, to_plain
from dynalint.project import Project
from tests.oracle import terraform
from tests.oracle.score import Difference, agrees, compare_root, compare_value

FIXTURES = Path(__file__).parent.parent / "fixtures"
CONFORMANCE = FIXTURES / "conformance"
CASES = sorted(
    [
        *CONFORMANCE.glob("[0-9]*"),
        *(FIXTURES / "evaluation").iterdir(),
        *(FIXTURES / "golden" / "variants").iterdir(),
    ]
)
NEWER = json.loads((CONFORMANCE / "version_sensitive.json").read_text(encoding="utf-8"))
"""Where dynalint follows releases after the recorded one."""


def inputs_of(settings: Mapping[str, Any], directory: Path) -> Inputs:
    arguments = tuple(options(settings.get("args", ()), directory))
    return Inputs(arguments=arguments, environment=settings.get("env"), everything=True)


def options(arguments: Sequence[str], directory: Path) -> Iterator[tuple[str, str]]:
    waiting = iter(arguments)
    for argument in waiting:
        name, _, value = argument.lstrip("-").partition("=")
        value = value or next(waiting)
        yield name, str(directory / value) if name == "var-file" else value


def differences(case: Path, place: Path) -> list[Difference]:
    settings = terraform.case_settings(case)
    directory = terraform.copied(case, settings, place / "case")
    inputs = inputs_of(settings, directory)
    actual = inspect_root(str(directory), Project(str(place)), inputs, show_sensitive=True)
    return list(compare_root(json.loads((case / "expected.json").read_text(encoding="utf-8")), actual))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_agrees_with_the_plan(case: Path, tmp_path: Path) -> None:
    found = differences(case, tmp_path)
    if case.name[4:] in NEWER["cases"]:
        pytest.skip("later releases of Terraform answer differently, as dynalint does")
    assert agrees(found), "\n".join(map(str, found))


@pytest.fixture(scope="module")
def console() -> Console:
    fixture = CONFORMANCE / "exprs" / "fixture"
    return Console(str(fixture), Project(str(fixture)), Inputs())


def expressions() -> Iterator[Any]:
    for line in (CONFORMANCE / "exprs" / "exprs.jsonl").read_text(encoding="utf-8").splitlines():
        expected = json.loads(line)
        if expected["expr"] not in NEWER["exprs"]:
            yield pytest.param(expected, id=expected["id"])


def answer(console: Console, expression: str) -> dict[str, Any]:
    try:
        return {"value": to_plain(console.evaluate(expression), show_sensitive=True)}
    except EvaluationError as error:
        return {"error": error.message}


@pytest.mark.parametrize("expected", list(expressions()))
def test_gives_an_expression_the_same_value(expected: Mapping[str, Any], console: Console) -> None:
    actual = answer(console, expected["expr"])
    assert ("error" in actual) == ("error" in expected), f"{expected}\n{actual}"
    found = list(compare_value(expected.get("value"), actual.get("value")))
    assert agrees(found), f"{expected['expr']}: {'; '.join(map(str, found))}"
