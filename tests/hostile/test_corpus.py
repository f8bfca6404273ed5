"""The inputs that fuzzing kept: those that lead everywhere, and those on which something once did not hold."""

import pytest

from fuzz.inputs import FELL_OUT, KEPT, load
from fuzz.targets import TARGETS
from tests.hostile.properties import PROPERTIES


def test_every_property_is_fuzzed_and_has_inputs_that_are_kept() -> None:
    assert list(TARGETS) == list(PROPERTIES)
    assert {path.stem for path in KEPT.glob("*.jsonl")} == set(TARGETS)
    assert {path.stem for path in FELL_OUT.glob("*.jsonl")} <= set(TARGETS)


@pytest.mark.parametrize("target", PROPERTIES)
def test_what_holds_of_the_inputs_that_are_kept(target: str) -> None:
    for data in (*load(KEPT, target), *load(FELL_OUT, target)):
        PROPERTIES[target](data)
