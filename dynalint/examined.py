"""What a run learns from one root module, as plain data, and its way into another process or onto a disk and back.

Roots know nothing of each other: they may be examined in any order, anywhere, or be remembered from an earlier run.

The written form is numbers, strings and lists of those, whose first item says what they were. Nothing in it can run
code when it is read. A rule is its code: whoever reads has the rules.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from dynalint.evaluation.moves import Move, Moves, Removal
from dynalint.findings import Edit, Finding, Fix, RuleInfo, Severity, Step, UndecidedCheck
from dynalint.records import dataclass
from dynalint.syntax.source import Source, Span
from dynalint.verdicts import Doubt, Observation, Verdict


@dataclass(frozen=True, slots=True)
class Examined:
    """What a root module came to.

    ``modules`` are the directories that were evaluated, the root first. ``commented`` are the files whose comments may
    hide something, ``made`` the headers of blocks and calls in them that something was made of, ``open`` the
    directories whose comments nobody can call unused, with why. ``sensitive`` are names of variables, ``moves`` is what
    ``moved`` blocks say. ``texts`` are those that spans lie in and that are no files.
    """

    verdicts: tuple[Verdict, ...]
    modules: tuple[str, ...]
    tables: int = 0
    policies: int = 0
    commented: tuple[str, ...] = ()
    made: tuple[Span, ...] = ()
    open: tuple[tuple[str, str], ...] = ()
    sensitive: tuple[str, ...] = ()
    moves: tuple[Moves, ...] = ()
    texts: tuple[Source, ...] = ()


def written(examined: Examined) -> str:
    """What a root came to, as text. Raises TypeError where a rule put something into it that is no plain data."""
    return json.dumps(_encoded(examined), separators=(",", ":"))


def read(text: str, rules: Mapping[str, RuleInfo]) -> Examined:
    """What was written; ``rules`` are all there are, by code.

    Raises LookupError, TypeError or ValueError for anything else.
    """
    found = _decoded(json.loads(text), rules)
    if not isinstance(found, Examined):
        raise TypeError(f"{type(found).__name__} is not what a root came to")
    return found


RECORDS: tuple[type[Any], ...] = (
    *(Span, Step, Edit, Fix, Finding, UndecidedCheck, Observation, Doubt),
    *(Move, Removal, Moves, Examined),
)
TUPLE, RULE, SEVERITY, TEXT = range(len(RECORDS), len(RECORDS) + 4)


def _names(record: type[Any]) -> tuple[str, ...]:
    return Span._fields if record is Span else tuple(item.name for item in fields(record))


CODES = {record: code for code, record in enumerate(RECORDS)}
VALUES: dict[type[Any], Callable[[Any], tuple[Any, ...]]] = {record: attrgetter(*_names(record)) for record in RECORDS}


def _encoded(value: Any) -> Any:
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind in CODES:
        return [CODES[kind], *map(_encoded, VALUES[kind](value))]
    match value:
        case Severity():
            return [SEVERITY, int(value)]
        case RuleInfo(code=code, ignorable=ignorable):
            return [RULE, code, ignorable]
        case Source(path=path, data=data):
            return [TEXT, path, data.decode("latin-1")]
        case tuple():
            return [TUPLE, *map(_encoded, value)]
        case _:
            raise TypeError(f"{kind.__name__} has no plain form")


def _decoded(data: Any, rules: Mapping[str, RuleInfo]) -> Any:
    if type(data) is not list:
        return data
    code = data[0]
    if code < TUPLE:
        return RECORDS[code](*(_decoded(item, rules) for item in data[1:]))
    if code == TUPLE:
        return tuple(_decoded(item, rules) for item in data[1:])
    if code == SEVERITY:
        return Severity(data[1])
    if code == RULE:
        info = rules[data[1]]
        return info if info.ignorable is data[2] else replace(info, ignorable=data[2])
    if code == TEXT:
        return Source(data[1], data[2].encode("latin-1"))
    raise LookupError(f"nothing is written as {code}")
