"""What options of rules may be, and what settings may put there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from dynalint import Severity, Table, Violation, rule
from dynalint.option_types import MisfitError, fitted, wants


@dataclass(frozen=True)
class NoDefault:
    prefix: str


@dataclass(frozen=True)
class NoElementType:
    teams: tuple = ()  # type: ignore[type-arg]  # the fault of this example


@dataclass(frozen=True)
class Changeable:
    teams: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class MayBeNone:
    prefix: str | None = None


@dataclass(frozen=True)
class WrongDefault:
    prefix: str = 1  # type: ignore[assignment]  # the fault of this example


@dataclass(frozen=True)
class Unfindable:
    prefix: "Nowhere" = 1  # type: ignore[name-defined]  # noqa: F821 - the fault of this example


@dataclass
class Unfrozen:
    prefix: str = ""


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (NoDefault, "rule ACME1: option 'prefix' has no default"),
        (NoElementType, "rule ACME1: option 'teams' is typed tuple: an option may be str, "),
        (Changeable, r"rule ACME1: option 'teams' is typed list\[str\]: an option may be .* tuple\[X, ...\]"),
        (MayBeNone, r"rule ACME1: option 'prefix' is typed str \| None"),
        (WrongDefault, "rule ACME1: the default of option 'prefix' is not a text"),
        (Unfindable, "rule ACME1: a type in Unfindable cannot be found: name 'Nowhere'"),
        (Unfrozen, "rule ACME1: options = Unfrozen is no frozen dataclass"),
        (int, "rule ACME1: options = int is no frozen dataclass"),
    ],
)
def test_options_that_no_settings_can_fill_are_no_options(options: type[Any], message: str) -> None:
    def a_rule(_table: Table, _options: Any) -> Iterator[Violation]:
        """Something is wrong."""
        return iter(())

    with pytest.raises(TypeError, match=message):
        rule("ACME1", visits=Table, severity=Severity.NOTE, options=options)(a_rule)


@pytest.mark.parametrize(
    ("value", "wanted", "expected"),
    [
        ("a", str, "a"),
        (True, bool, True),
        (2, int, 2),
        (2, float, 2.0),
        (["a", "b"], tuple[str, ...], ("a", "b")),
        (["a", "a"], frozenset[str], frozenset({"a"})),
        ([[1], []], tuple[tuple[int, ...], ...], ((1,), ())),
        ({"x": ["a"]}, Mapping[str, tuple[str, ...]], {"x": ("a",)}),
        ({"x": {"y": True}}, dict[str, dict[str, bool]], {"x": {"y": True}}),
    ],
)
def test_values_become_what_the_option_says(value: object, wanted: object, expected: object) -> None:
    made = fitted(value, wanted)
    assert (made, type(made)) == (expected, type(expected))


@pytest.mark.parametrize(
    ("value", "wanted", "message"),
    [
        (1, str, 'x takes a text: x = "…"'),
        (True, int, "x takes a whole number: x = 1"),
        (1, bool, "x takes true or false: x = true"),
        (True, float, "x takes a number: x = 1.5"),
        ("ab", tuple[str, ...], 'x takes a list of texts: x = ["…"]'),
        (["a", 1], tuple[str, ...], 'x takes a list of texts: x = ["…"]'),
        ([["a"]], frozenset[int], "x takes a list of whole numbers: x = [1]"),
        ({"k": "a"}, Mapping[str, tuple[str, ...]], 'x takes a table of lists of texts: x = { name = ["…"] }'),
        (["a"], Mapping[str, Mapping[str, bool]], "x takes a table of tables of true or false: x = "),
    ],
)
def test_others_are_refused_with_what_to_write(value: object, wanted: object, message: str) -> None:
    with pytest.raises(MisfitError):
        fitted(value, wanted)
    assert f"x takes {wants('x', wanted)}".startswith(message)
