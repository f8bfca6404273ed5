"""How far what dynalint understood agrees with what the real terraform planned.

Both sides have the shape of ``dynalint inspect --format json`` for one root: ``tables``, ``policies`` and ``outputs``
by address or name, or an ``error``. What is unknown is ``{"__unknown__": true}``.

The planned side is not what the author wrote: the provider adds its defaults, leaves what it computes unknown, and
fills nested blocks with zero values. An evaluator that reports the configuration as written may leave those out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

Json = Any

UNORDERED_BLOCKS = frozenset({"attribute", "global_secondary_index", "local_secondary_index", "replica"})
UNORDERED = {(name,) for name in UNORDERED_BLOCKS} | {
    ("global_secondary_index", "non_key_attributes"),
    ("import_table", "input_format_options", "csv", "header_list"),
}
COMPUTED = frozenset(
    {
        *("arn", "id", "stream_arn", "stream_label", "tags_all", "hash_key", "read_capacity", "write_capacity"),
        *("stream_view_type", "recovery_period_in_days", "kms_key_arn", "point_in_time_recovery", "ttl"),
        *("max_read_request_units", "max_write_request_units", "server_side_encryption"),
    }
)
"""Arguments that the provider computes where the author leaves them out: the plan has them unknown."""


class Kind(Enum):
    """How an answer differs. ``INCOMPLETE`` (unknown, where terraform knows) is sound; the others are faults."""

    INCOMPLETE = "incomplete"
    UNSOUND = "unsound"
    WRONG = "wrong"
    MISSING = "missing"
    EXTRA = "extra"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the two sides do not say the same."""

    kind: Kind
    path: str
    note: str

    def __str__(self) -> str:
        return f"{self.kind.value}: {self.path}: {self.note}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a root the comparison stands. ``keys`` is the argument path without positions.

    ``authored`` holds the paths whose unknown is the author's own, so that leaving them out is no answer.
    """

    path: str
    keys: tuple[str, ...] = ()
    authored: frozenset[str] = field(default_factory=frozenset)

    def key(self, name: str) -> Place:
        """The member of that name."""
        return Place(f"{self.path}.{name}", (*self.keys, name), self.authored)

    def item(self, index: int) -> Place:
        """The item at that position."""
        return Place(f"{self.path}[{index}]", self.keys, self.authored)

    def differs(self, kind: Kind, expected: Json, actual: Json) -> Difference:
        """A difference here."""
        return Difference(kind, self.path, f"terraform {_short(expected)}, dynalint {_short(actual)}")


def compare_root(expected: Mapping[str, Json], actual: Mapping[str, Json]) -> Iterator[Difference]:
    """Every difference between what terraform planned for a root module and what dynalint made of it.

    Errors are asked for only where the language itself forbids something: what takes the provider or its schema to see
    is up to the rules. Sections that dynalint leaves out are not compared.
    """
    if "error" in expected or "error" in actual:
        needless = expected.get("error_kind", "language") != "language" and "error" not in actual
        if ("error" in expected) != ("error" in actual) and not needless:
            yield Difference(Kind.ERROR, "", f"terraform {expected.get('error')!r}, dynalint {actual.get('error')!r}")
        return
    authored = frozenset(expected.get("authored_unknown", ()))
    for section in ("tables", "policies", "outputs"):
        if section in actual:
            yield from _compare_section(section, expected.get(section, {}), actual[section], authored)


def compare_value(expected: Json, actual: Json) -> Iterator[Difference]:
    """Every difference between two results of one expression."""
    return _compare(expected, actual, Place("value", ("",)))


def agrees(differences: Sequence[Difference]) -> bool:
    """Whether nothing claimed is false; what dynalint merely does not know is no disagreement."""
    return all(difference.kind is Kind.INCOMPLETE for difference in differences)


def _compare_section(
    section: str, expected: Mapping[str, Json], actual: Mapping[str, Json], authored: frozenset[str]
) -> Iterator[Difference]:
    for name in sorted({*expected, *actual}):
        if name not in actual:
            yield Difference(Kind.MISSING, name, f"not among the {section}")
        elif name not in expected:
            yield Difference(Kind.EXTRA, name, f"terraform has no such thing among the {section}")
        elif section == "policies":
            yield from _compare(
                _unordered(expected[name]["json"]), _unordered(actual[name]["json"]), Place(name, ("",))
            )
        elif section == "tables":
            yield from _compare(expected[name], actual[name], Place(name, (), authored))
        else:
            yield from _compare(expected[name], actual[name], Place(name, ("",)))


def _compare(expected: Json, actual: Json, place: Place) -> Iterator[Difference]:
    if _is_plan_time(expected):
        if actual is None:
            yield place.differs(Kind.INCOMPLETE, expected, actual)
    elif _is_unknown(expected):
        if not _holds_unknown(actual) and not _left_to_provider(actual, place):
            yield place.differs(Kind.UNSOUND, expected, actual)
    elif (actual is None and _provider_made(expected, place.keys)) or _provider_drops(actual, expected, place.keys):
        return
    elif _is_unknown(actual):
        yield place.differs(Kind.INCOMPLETE, expected, actual)
    elif isinstance(expected, dict) and isinstance(actual, dict):
        yield from _compare_members(expected, actual, place)
    elif isinstance(expected, list) and isinstance(actual, list) and len(expected) == len(actual):
        compare = _compare_unordered if place.keys in UNORDERED else _compare_items
        yield from compare(expected, actual, place)
    elif _scalar(expected) != _scalar(actual):
        yield place.differs(Kind.WRONG, expected, actual)


def _compare_members(expected: dict[str, Json], actual: dict[str, Json], place: Place) -> Iterator[Difference]:
    for name in sorted({*expected, *actual}):
        if name not in actual and not place.keys and name == "tags_all":
            continue
        if name in expected:
            yield from _compare(expected[name], actual.get(name), place.key(name))
        elif actual[name] is not None:
            yield place.key(name).differs(Kind.WRONG, None, actual[name])


def _compare_items(expected: list[Json], actual: list[Json], place: Place) -> Iterator[Difference]:
    for index, pair in enumerate(zip(expected, actual, strict=True)):
        yield from _compare(*pair, place.item(index))


def _compare_unordered(expected: list[Json], actual: list[Json], place: Place) -> Iterator[Difference]:
    """Pair each expected item with the one left over that is most like it."""
    left = list(actual)
    for index, item in enumerate(expected):
        candidates = [list(_compare(item, other, place.item(index))) for other in left]
        best = min(range(len(left)), key=lambda i: (not agrees(candidates[i]), len(candidates[i])))
        yield from candidates[best]
        left.pop(best)


def _left_to_provider(actual: Json, place: Place) -> bool:
    unset = actual is None or actual == []
    return unset and bool(place.keys) and place.keys[-1] in COMPUTED and place.path not in place.authored


def _provider_made(expected: Json, keys: tuple[str, ...]) -> bool:
    """Whether the planned value is what the provider puts where nothing is written."""
    match keys:
        case ("billing_mode",):
            return bool(expected == "PROVISIONED")
        case ("ttl", "enabled"):
            return expected is False
        case (block, _, *_) if block in UNORDERED_BLOCKS - {"attribute"}:
            return expected in ("", [], False)
        case _:
            return expected is None


def _provider_drops(actual: Json, expected: Json, keys: tuple[str, ...]) -> bool:
    """Whether the provider plans nothing for what is written: the standard class of a new table is no class at all."""
    return keys == ("table_class",) and expected is None and bool(actual == "STANDARD")


def _is_unknown(value: Json) -> bool:
    return isinstance(value, dict) and value.get("__unknown__") is True


def _is_plan_time(value: Json) -> bool:
    return isinstance(value, dict) and value.get("__plantime__") is True


def _holds_unknown(value: Json) -> bool:
    """Knowing a part where terraform has the whole unknown is the same knowledge, better kept."""
    match value:
        case {"__unknown__": True}:
            return True
        case dict():
            return any(map(_holds_unknown, value.values()))
        case list():
            return any(map(_holds_unknown, value))
        case _:
            return False


def _scalar(value: Json) -> Json:
    """The value in a form where equal means equal in Terraform: 1 and 1.0 are, true and 1 are not."""
    match value:
        case bool() | None | str():
            return (type(value).__name__, value)
        case int() | float() if value == int(value):
            return ("number", int(value))
        case float():
            return ("number", f"{value:.12g}")
        case _:
            return (type(value).__name__, json.dumps(value, sort_keys=True))


def _unordered(policy: Json) -> Json:
    """The policy with the lists sorted whose order says nothing."""
    match policy:
        case {"__unknown__": True}:
            return policy
        case dict():
            return {key: _unordered(value) for key, value in policy.items()}
        case list() if all(isinstance(item, dict) for item in policy):
            return [_unordered(item) for item in policy]
        case list():
            return sorted(policy, key=json.dumps)
        case _:
            return policy


def _short(value: Json) -> str:
    text = json.dumps(value, sort_keys=True)
    return text if len(text) <= 90 else f"{text[:87]}..."
