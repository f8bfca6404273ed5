"""How a rule is written: one decorated generator over one kind of object.

A rule yields what it saw and where. Identity, severity, suppression, ordering and undecided verdicts are the engine's.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar, overload

from dynalint.evaluation.values import Trace
from dynalint.findings import Fix, RuleInfo, Severity
from dynalint.option_types import types_of
from dynalint.records import dataclass
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


ADDRESS = re.compile(r"https?://[^\s()<>\"'`|]+")
Subject = TypeVar("Subject", contravariant=True)  # noqa: PLC0105 - read in every rule's signature
Options = TypeVar("Options")
Check = Callable[[Subject], Iterator[Violation]]
CheckWithOptions = Callable[[Subject, Options], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Subject]):
    """A rule ready to run: its description, what it visits, its check.

    ``latent`` rules also see the branches that no input takes today, ``unmade`` rules also what is written under a
    ``count`` or ``for_each`` that makes nothing of it: there Terraform checks no more than the text itself.
    ``options`` is what the check gets beside its subject, a frozen dataclass whose defaults hold where nothing is set;
    None for a rule without.
    """

    info: RuleInfo
    visits: type[Any]
    check: Callable[..., Iterator[Violation]]
    latent: bool = False
    unmade: bool = False
    options: object | None = None

    def ask(self, subject: Subject) -> Iterator[Violation]:
        """What the rule sees in ``subject``. Raises Undecided where that depends on what is not known."""
        return self.check(subject) if self.options is None else self.check(subject, self.options)


@overload
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
    url: str = "",
) -> Callable[[Check[Subject]], Rule[Subject]]: ...


@overload
def rule(
    code: str,
    *,
    visits: type[Subject],
    severity: Severity,
    options: type[Options],
    equivalents: tuple[str, ...] = (),
    latent: bool = False,
    unmade: bool = False,
    opt_in: bool = False,
    tags: tuple[str, ...] = (),
    url: str = "",
) -> Callable[[CheckWithOptions[Subject, Options]], Rule[Subject]]: ...


def rule(  # noqa: PLR0913 - all but the first are keywords, most of them with a default
    code: str,
    *,
    visits: type[Subject],
    severity: Severity,
    options: type[Any] | None = None,
    equivalents: tuple[str, ...] = (),
    latent: bool = False,
    unmade: bool = False,
    opt_in: bool = False,
    tags: tuple[str, ...] = (),
    url: str = "",
) -> Callable[[Callable[..., Iterator[Violation]]], Rule[Subject]]:
    """Make a rule of a generator; its name is the function's with hyphens, its documentation the module's docstring.

    The first line of the docstring is the rule's summary. ``code`` is up to eight capitals and a number; ``DYN…`` is
    dynalint's own. ``visits`` is the kind of object that the generator gets, one after the other. ``severity`` is that
    of its findings, unless they or the settings say otherwise. ``equivalents`` are the names of the check in other
    tools, whose comments then count. An ``opt_in`` rule runs only where it is selected. ``latent`` and ``unmade`` are
    those of :class:`Rule`. ``tags`` are words by which it can be selected; what has the tag ``security`` is a security
    alert in SARIF. ``url`` is a page about the rule, to which reports link.

    With ``options``, a frozen dataclass, the generator takes an instance of it after its subject: each of its fields
    has a default, and a type that settings can hold. Raises ValueError where there is no docstring or ``url`` is no
    address, TypeError for options that cannot be any and for a kind of object that is not visited.
    """

    def decorate(check: Callable[..., Iterator[Violation]]) -> Rule[Subject]:
        documentation = (sys.modules[check.__module__].__doc__ or inspect.cleandoc(check.__doc__ or "")).strip()
        if not documentation:
            raise ValueError(f"rule {code} has no documentation: write it as the docstring of its module")
        if not is_visited(visits):
            raise TypeError(
                f"rule {code}: no rule visits {visits.__name__}; it is reached from an object that rules visit"
            )
        if options is not None:
            _refuse_unfit(options, code)
        if url and not ADDRESS.fullmatch(url):
            raise ValueError(f"rule {code}: {url!r} is no address of a page: write https://…")
        info = RuleInfo(
            code=code,
            name=check.__name__.replace("_", "-"),
            severity=severity,
            summary=documentation.partition("\n")[0].strip(),
            documentation=documentation,
            equivalents=equivalents,
            opt_in=opt_in,
            tags=tags,
            own_url=url,
        )
        return Rule(info, visits, check, latent, unmade, options() if options else None)

    return decorate


def is_visited(kind: type[Any]) -> bool:
    """Whether rules may visit a class: these three are what the engine asks of every object."""
    fields = getattr(kind, "__dataclass_fields__", {})
    return all(name in fields or hasattr(kind, name) for name in ("address", "at", "resource"))


def _refuse_unfit(options: type[Any], code: str) -> None:
    """Raise TypeError for options that no settings can fill in, while it is their author who looks on."""
    try:
        types_of(options)
    except TypeError as fault:
        raise TypeError(f"rule {code}: {fault}") from fault
