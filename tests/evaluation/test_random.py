"""Random expressions, against what terraform answered to them.

tests/oracle/random_expressions.py makes and keeps them.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.inputs import Inputs
from dynalint.project import Project
from tests.oracle import random_expressions
from tests.oracle.grammar import Grammar

STORED = random_expressions.FIXTURE.parent


@pytest.fixture(scope="module")
def console() -> Console:
    directory = str(random_expressions.FIXTURE)
    return Console(directory, Project(directory), Inputs())


def stored() -> Iterator[Any]:
    for path in sorted(STORED.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield pytest.param(json.loads(line), id=json.loads(line)["expr"])


@pytest.mark.parametrize("line", list(stored()))
def test_answers_as_terraform_did(line: Mapping[str, Any], console: Console) -> None:
    compared = random_expressions.restored(line, console)
    assert compared.verdict in random_expressions.SOUND, compared


def test_equal_seeds_give_equal_expressions() -> None:
    first, second = ([expression.text for expression in some(seed=7)] for _ in range(2))
    assert first == second
    assert len(set(first)) == len(first)


def test_parts_of_an_expression_can_stand_alone(console: Console) -> None:
    for expression in some(seed=8):
        for part in expression.parts():
            random_expressions.answer(console, part.text)  # raises nothing, whatever the answer is


def some(seed: int) -> list[Any]:
    return next(random_expressions.chunks(Grammar(seed), 30, depth=3))


@pytest.mark.terraform
def test_terraform_still_answers_so(tmp_path: Path) -> None:
    lines = [param.values[0] for param in stored() if "value" in param.values[0]][-50:]
    with random_expressions.at_work(tmp_path) as (_, tool):
        answers = tool.answers([line["expr"] for line in lines])
    assert [answer.value for answer in answers] == [line["value"] for line in lines]
