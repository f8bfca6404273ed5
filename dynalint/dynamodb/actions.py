"""The actions of DynamoDB and DAX, from AWS's Service Authorization Reference, and how policies name them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from dynalint.dynamodb.pieces import covers
from dynalint.records import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One action. ``resources`` are the resource types it can be limited to; empty: it knows only ``*``.

    ``access`` is List, Read, Write, Tagging or Permissions management. ``conditions`` are its own condition keys,
    beside the global ones.
    """

    name: str
    access: str
    resources: frozenset[str]
    conditions: frozenset[str]

    @property
    def service(self) -> str:
        """``dynamodb`` or ``dax``."""
        return self.name.partition(":")[0]

    @property
    def of_tables(self) -> bool:
        """Whether it can be limited to tables or what belongs to them."""
        return self.service == "dynamodb" and bool(self.resources)

    @property
    def only_star(self) -> bool:
        """Whether a policy can grant it on ``*`` alone."""
        return not self.resources


@dataclass(frozen=True, slots=True)
class ActionData:
    """All known actions by lower-case name, and the month of the reference they are from: services grow."""

    date: str
    actions: dict[str, Action]


@cache
def action_data() -> ActionData:
    """The data file, read once."""
    raw = json.loads(Path(__file__).with_name("actions.json").read_bytes())
    actions = (
        Action(f"{prefix}:{name}", row["access"], frozenset(row["resources"]), frozenset(row["conditions"]))
        for prefix, service in raw["services"].items()
        for name, row in service["actions"].items()
    )
    return ActionData(raw["date"], {action.name.lower(): action for action in actions})


def action(name: str) -> Action:
    """The action of that name, in any case. KeyError for one that is not in the reference."""
    return action_data().actions[name.lower()]


def matches(pattern: str, name: str) -> bool:
    """Whether an ``Action`` entry covers the action ``name``: without regard to case, ``*`` and ``?`` as wildcards.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html
    """
    return covers(pattern.lower(), name.lower())


def matching(pattern: str) -> Iterator[Action]:
    """The known actions that an entry covers."""
    if "*" not in pattern and "?" not in pattern:
        exact = action_data().actions.get(pattern.lower())
        return iter((exact,) if exact else ())
    return (known for known in action_data().actions.values() if matches(pattern, known.name))
