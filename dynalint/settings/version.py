"""``required-version``: refuse to run where the team's version is another."""

from __future__ import annotations

import re

from dynalint.errors import UsageError
from dynalint.installed import version

CLAUSE = re.compile(r"\s*(==|!=|>=|<=|>|<|~=)\s*(\d+(?:\.\d+)*)\s*")


def require_version(wanted: str, path: str) -> None:
    """UsageError where this dynalint is none of the versions that ``wanted`` admits (``>=0.2,<1``)."""
    if not wanted:
        return
    own = version("dynalint")
    for clause in wanted.split(","):
        found = CLAUSE.fullmatch(clause)
        if not found:
            raise UsageError(f'{path}: required-version is written as ">=0.2,<1", not {wanted!r}')
        if not _holds(_numbers(own), found[1], _numbers(found[2])):
            raise UsageError(f"{path} requires dynalint {wanted}, and this is {own}")


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    numbers = [int(part) for part in found[0].split(".")] if found else [0]
    return tuple(numbers + [0] * (4 - len(numbers)))


def _holds(own: tuple[int, ...], operator: str, wanted: tuple[int, ...]) -> bool:
    match operator:
        case "==":
            return own == wanted
        case "!=":
            return own != wanted
        case ">=":
            return own >= wanted
        case "<=":
            return own <= wanted
        case ">":
            return own > wanted
        case "<":
            return own < wanted
        case _:  # ~=: the last number given may grow
            significant = max(index for index, number in enumerate(wanted) if number or index == 0)
            return own >= wanted and own[:significant] == wanted[:significant]
