"""Functions of providers that dynalint does not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynalint.evaluation.console import Console
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.project import Project


@pytest.fixture
def console(tmp_path: Path) -> Console:
    return Console(str(tmp_path), Project(str(tmp_path)), Inputs())


def test_an_unfamiliar_provider_leaves_its_result_open(console: Console) -> None:
    unknown = console.evaluate('provider::time::rfc3339_parse("2024-01-01T00:00:00Z").year').unknown
    assert unknown is not None
    assert "provider::time::rfc3339_parse()" in unknown.reason


def test_equal_calls_of_it_are_equal(console: Console) -> None:
    first, second = (console.evaluate('provider::a::f("x")').unknown for _ in range(2))
    assert first is not None
    assert first.identity
    assert first == second


def test_its_result_is_as_sensitive_as_its_arguments(console: Console) -> None:
    assert console.evaluate('provider::a::f(sensitive("x"))').sensitive


def test_a_function_of_no_provider_is_an_error(console: Console) -> None:
    with pytest.raises(EvaluationError, match="no function named"):
        console.evaluate("upperr(1)")
