"""dynalint against the stored answers of the real terraform: whole root modules, and single expressions."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.inputs import Inputs
from dynalint.project import Project
from tests.oracle import agreement
from tests.oracle.score import agrees, compare_value


@pytest.mark.parametrize("case", agreement.ROOTS, ids=lambda case: case.name)
def test_agrees_with_the_plan(case: Path, tmp_path: Path) -> None:
    found = agreement.root_differences(case, tmp_path)
    if case.name[4:] in agreement.NEWER["cases"]:
        pytest.skip("later releases of Terraform answer differently, as dynalint does")
    assert agrees(found), "\n".join(map(str, found))


@pytest.fixture(scope="module")
def console() -> Console:
    fixture = agreement.CONFORMANCE / "exprs" / "fixture"
    return Console(str(fixture), Project(str(fixture)), Inputs())


def expressions() -> Iterator[Any]:
    for expected in agreement.recorded_expressions():
        yield pytest.param(expected, id=expected["id"])


@pytest.mark.parametrize("expected", list(expressions()))
def test_gives_an_expression_the_same_value(expected: Mapping[str, Any], console: Console) -> None:
    actual = agreement.answer(console, expected["expr"])
    assert ("error" in actual) == ("error" in expected), f"{expected}\n{actual}"
    found = list(compare_value(expected.get("value"), actual.get("value")))
    assert agrees(found), f"{expected['expr']}: {'; '.join(map(str, found))}"


def test_the_page_is_current() -> None:
    assert agreement.PAGE.read_text(encoding="utf-8") == agreement.page(), "run python -m tests.oracle.agreement"
