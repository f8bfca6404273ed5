"""Random modules hold what they say; ``python -m tests.oracle.random_modules`` asks terraform about them."""

import pytest

from tests.oracle.module_grammar import ModuleGrammar
from tests.oracle.random_modules import Sample, inspected


def test_equal_seeds_give_equal_modules() -> None:
    assert ModuleGrammar(7).module() == ModuleGrammar(7).module()
    assert ModuleGrammar(7).module() != ModuleGrammar(8).module()


@pytest.mark.parametrize("tables", [False, True])
def test_most_modules_can_be_planned(tables: bool) -> None:
    grammar = ModuleGrammar(3, tables=tables)
    samples = [Sample(f"m{at}", *grammar.module()) for at in range(40)]
    answers = [inspected(sample) for sample in samples]
    planned = [answer for answer in answers if "error" not in answer]
    assert len(planned) > len(answers) / 3
    assert all(bool(answer["tables"]) == tables for answer in planned)
