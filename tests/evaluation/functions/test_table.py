"""The table of functions names what the modules define."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

from dynalint.evaluation import functions
from dynalint.evaluation.functions import FAMILIES, FUNCTIONS

DIRECTORY = Path(functions.__file__).parent


def test_no_function_is_missing_from_the_table() -> None:
    modules = (import_module(f"{functions.__name__}.{path.stem}") for path in DIRECTORY.glob("[a-z]*.py"))
    defined = {function.name for module in modules for function in getattr(module, "FUNCTIONS", ())}
    assert defined == set(FUNCTIONS)


def test_no_function_has_two_homes() -> None:
    assert sum(map(len, FAMILIES.values())) == len(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_the_name_it_is_listed_under(name: str) -> None:
    assert FUNCTIONS[name].name == name
