"""``dynalint.records.dataclass`` is the standard one, but for when its methods are made."""

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, field, replace
from typing import Any

import pytest

from dynalint.records import dataclass as late


@late(frozen=True, slots=True)
class Late:
    """Made by dynalint's decorator."""

    name: str
    tags: list[str] = field(default_factory=list)
    size: int = 3
    note: str = field(default="", repr=False, compare=False)


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """The same, made by the standard one."""

    name: str
    tags: list[str] = field(default_factory=list)
    size: int = 3
    note: str = field(default="", repr=False, compare=False)


@late(frozen=True, slots=True)
class Below(Late):
    """A subclass with a field of its own."""

    depth: int = 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda made: repr(made("a", ["x"], note="n")).partition("(")[2],
        lambda made: made("a") == made("a", [], 3, "another note"),
        lambda made: made("a") == made("b"),
        lambda made: made("a") == ("a", [], 3),
        lambda made: hash(made("a", ())) == hash(made(name="a", tags=())),
        lambda made: made("a").tags is made("a").tags,
        lambda made: replace(made("a"), size=9).size,
        lambda made: made.__match_args__,
        lambda made: hasattr(made("a"), "__dict__"),
        lambda made: copy.copy(made("a", size=4)).size,
    ],
)
def test_a_record_answers_as_a_standard_dataclass(ask: Callable[[Any], Any]) -> None:
    assert ask(Late) == ask(Standard)


def test_a_frozen_record_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'name'"):
        Late("a").name = "b"  # type: ignore[misc]  # what the test is about
    with pytest.raises(FrozenInstanceError):
        del Late("a").name


def test_what_is_missing_is_said_in_the_words_of_python() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Late()  # type: ignore[call-arg]  # what the test is about


def test_a_subclass_has_the_fields_of_both() -> None:
    assert Below("a", depth=2) == Below("a", [], 3, depth=2)
    assert Below("a", depth=2) != Below("a", depth=1)
    assert Below("a") != Late("a")


def test_a_record_goes_from_process_to_process() -> None:
    assert pickle.loads(pickle.dumps(Late("a", size=4))) == Late("a", size=4)  # noqa: S301 - made in this line


def test_only_frozen_records_have_a_hash() -> None:
    @late(slots=True)
    class Open:
        size: int

    thing = Open(1)
    thing.size = 2
    assert thing == Open(2)
    with pytest.raises(TypeError, match="unhashable"):
        hash(thing)


def test_methods_that_a_class_has_stay() -> None:
    @late(frozen=True, slots=True)
    class Own:
        size: int

        def __repr__(self) -> str:
            return "own"

    assert repr(Own(1)) == "own"
