"""Versions of modules, and which of them a ``version`` argument allows.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

VERSION = re.compile(r"v?(\d{1,9})(?:\.(\d{1,9}))?(?:\.(\d{1,9}))?")
TERM = re.compile(r"\s*(=|!=|>=|<=|>|<|~>|)\s*(v?[\d.]+)\s*")


class Version(NamedTuple):
    """A release; there is no word for pre-releases, which only their exact version selects."""

    major: int
    minor: int = 0
    patch: int = 0

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


ENDLESS = Version(10**9)
"""Above every release."""


class Term(NamedTuple):
    """One condition. ``ceiling`` is the first version that ``~>`` does not allow any more."""

    operator: str
    version: Version
    ceiling: Version

    def allows(self, version: Version) -> bool:
        """Whether ``version`` fulfils the condition."""
        match self.operator:
            case "" | "=":
                return version == self.version
            case "!=":
                return version != self.version
            case ">":
                return version > self.version
            case ">=":
                return version >= self.version
            case "<":
                return version < self.version
            case "<=":
                return version <= self.version
            case _:
                return self.version <= version < self.ceiling

    def lowest(self) -> Version:
        """No version below this one is allowed."""
        match self.operator:
            case ">":
                return self.version._replace(patch=self.version.patch + 1)
            case "" | "=" | ">=" | "~>":
                return self.version
            case _:
                return Version(0)

    def highest(self) -> Version:
        """The first version above all that are allowed."""
        match self.operator:
            case "<":
                return self.version
            case "" | "=" | "<=":
                return self.version._replace(patch=self.version.patch + 1)
            case "~>":
                return self.ceiling
            case _:
                return ENDLESS


class Constraint(NamedTuple):
    """All conditions of a ``version`` argument; without any, everything is allowed."""

    terms: tuple[Term, ...] = ()

    def allows(self, version: Version) -> bool:
        """Whether ``version`` fulfils every condition."""
        return all(term.allows(version) for term in self.terms)

    def lowest(self) -> Version:
        """No allowed version is below this one."""
        return max((term.lowest() for term in self.terms), default=Version(0))

    def ceiling(self) -> Version:
        """Every allowed version is below this one."""
        return min((term.highest() for term in self.terms), default=ENDLESS)

    def newer(self, than: Version) -> Iterable[Version]:
        """Versions after ``than`` that are allowed: any one, if there is one in the same major version or the next."""
        after = (Version(than.major, than.minor, than.patch + 1), Version(than.major, than.minor + 1))
        asked = (version for term in self.terms for version in (term.version, term.version._replace(patch=999)))
        tried = sorted({*after, Version(than.major + 1), *(version for version in asked if version > than)})
        return (version for version in tried if self.allows(version))


def parse_version(text: str) -> Version | None:
    """A version like ``1.2``, ``v1.2.3``; None for anything else, pre-releases included."""
    found = VERSION.fullmatch(text.strip())
    return Version(*(int(number or 0) for number in found.groups())) if found else None


def parse_constraint(text: str | None) -> Constraint | None:
    """The conditions in a ``version`` argument, none where there is no argument; None for what dynalint cannot read."""
    if text is None:
        return Constraint()
    terms = tuple(_term(part) for part in text.split(","))
    return Constraint(tuple(term for term in terms if term)) if all(terms) else None


def _term(text: str) -> Term | None:
    found = TERM.fullmatch(text)
    version = parse_version(found[2]) if found else None
    if found is None or version is None:
        return None
    next_minor = Version(version.major, version.minor + 1)
    ceiling = next_minor if found[2].count(".") == 2 else Version(version.major + 1)
    return Term(found[1], version, ceiling)
