"""How a rule is written: one decorated generator over one kind of object.

A rule yields what it saw and where. Identity, severity, suppression, ordering and undecided verdicts are the engine's.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from dynalint.evaluation.values import Trace
from dynalint.findings import Fix, RuleInfo, Severity
from dynalint.syntax.source import Span


class Place(Protocol):
    """Anything that a violation can point at: a field, a table, an index, a statement."""

    @property
    def at(self) -> Span:
        """The place."""
        ...


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule saw.

    ``at`` is a field (its trace and argument path come along), any object with a place, or a bare span. ``severity``
    overrides the rule's for graded rules. ``label`` is written under the underlined text, ``help`` says what to write
    instead. ``trace`` adds steps to those of the field.
    """

    message: str
    at: Place | Span
    help: str = ""
    label: str = ""
    severity: Severity | None = None
    trace: Trace | None = None
    fix: Fix | None = None


Subject = TypeVar("Subject", contravariant=True)  # noqa: PLC0105 - read in every rule's signature
Check = Callable[[Subject], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A rule ready to run: its description, what it visits, its check.

    ``latent`` rules also see the branches that no input takes today, ``unmade`` rules also what is written under a
    ``count`` or ``for_each`` that makes nothing of it: there Terraform checks no more than the text itself.
    """

    info: RuleInfo
    visits: type[Any]
    check: Check[Subject]
    latent: bool = False
    unmade: bool = False


def rule(
    code: str,
    *,
    visits: type[Subject],
    severity: Severity,
    equivalents: tuple[str, ...] = (),
    latent: bool = False,
    unmade: bool = False,
    opt_in: bool = False,
    tags: tuple[str, ...] = (),
) -> Callable[[Check[Subject]], Rule[Subject]]:
    """Make a rule of a generator; its name is the function's with hyphens, its documentation the module's docstring.

    The first line of the docstring is the rule's summary. Raises ValueError where there is no docstring.
    """

    def decorate(check: Check[Subject]) -> Rule[Subject]:
        module = inspect.getmodule(check)
        documentation = inspect.cleandoc((module.__doc__ if module else None) or check.__doc__ or "")
        if not documentation:
            raise ValueError(f"rule {code} has no documentation: write it as the docstring of its module")
        info = RuleInfo(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            summary=documentation.partition("\n")[0].strip(),
            documentation=documentation,
            equivalents=equivalents,
            opt_in=opt_in,
            tags=tags,
        )
        return Rule(info=info, visits=visits, check=check, latent=latent, unmade=unmade)

    return decorate
