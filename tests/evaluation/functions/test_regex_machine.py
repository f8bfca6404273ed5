"""Patterns that would take other engines for ever."""

from __future__ import annotations

import time

import pytest

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.functions.regex_machine import compiled, search
from dynalint.evaluation.functions.regex_syntax import UnsupportedError, parse


def spent(pattern: str, text: str) -> int:
    budget = Budget()
    search(compiled(parse(pattern)), text, 0, budget)
    return Budget().steps - budget.steps


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a*)*b", "(a|aa)+$", "^(a|a|a)*$", "(x+x+)+y", "(.*)(.*)(.*)(.*)x"])
def test_steps_grow_with_the_text_and_no_faster(pattern: str) -> None:
    assert spent(pattern, "a" * 20_000 + "!") <= 2.5 * spent(pattern, "a" * 10_000 + "!") + 10_000


def test_a_search_that_fails_everywhere_ends_soon() -> None:
    start = time.process_time()
    spent("(?:a?){30}a{30}", "a" * 29)
    assert time.process_time() - start < 2


def test_an_endless_search_is_more_than_the_budget() -> None:
    with pytest.raises(BudgetError):
        spent("((a{0,100}){0,10})b", "a" * 50_000)


def test_an_enormous_pattern_is_more_than_the_budget() -> None:
    with pytest.raises(BudgetError):
        compiled(parse("(?:" + "(?:abcdefghij){100}" * 100 + "){10}"))


def test_a_deeply_nested_pattern_is_more_than_the_budget() -> None:
    with pytest.raises(BudgetError):
        parse("(" * 5_000)


def test_a_script_of_unicode_is_not_supported() -> None:
    with pytest.raises(UnsupportedError, match="Greek"):
        parse(r"\p{Greek}")
