"""The words that the engine, the rules, the reports and the fixes share.

Nothing here knows Terraform or DynamoDB: a finding is a rule, a place and a text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import IntEnum
from typing import NamedTuple

from dynalint.records import dataclass
from dynalint.syntax.source import Source, Span


class Severity(IntEnum):
    """How bad a finding is; they compare, ``ERROR`` highest.

    ``ERROR`` will fail, loses or exposes data, or silently does not do what it says. ``WARNING`` is a practice with a
    known story of harm. ``NOTE`` is style, cost or opinion.
    """

    NOTE = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()

    @classmethod
    def parse(cls, text: str) -> Severity:
        """The severity of that lower-case name; ValueError for any other text."""
        for severity in cls:
            if str(severity) == text:
                return severity
        raise ValueError(f"no such severity: {text!r}")


class Undecided(Exception):  # noqa: N818 - the name of the verdict
    """A decision was asked of something that is not known: it ends the rule for the object it is looking at.

    ``reason`` completes "undecided because …", ``hint`` says how to decide it, ``at`` is the place to name, by default
    the object. Rules let it pass; one may raise it, too.
    """

    def __init__(self, reason: str, hint: str = "", at: Span | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.at = at


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a finding's trace: a place and what happened there."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes of ``span`` by ``text``; an empty span inserts."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the source that ends the finding. ``safe`` ones may be applied without a human deciding.

    What replaces a table, or changes what somebody may do, is not safe. ``message`` completes "fix: …".
    """

    message: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """What reports need to know of a rule: identity and documentation, never its code."""

    code: str
    name: str
    severity: Severity
    summary: str
    documentation: str
    equivalents: tuple[str, ...] = ()
    ignorable: bool = True
    opt_in: bool = False
    tags: tuple[str, ...] = ()
    own_url: str = ""
    """Where the authors of another pack have a page about the rule."""

    @property
    def url(self) -> str:
        """Where the rule's page is published; empty for one of another pack that says nothing of it."""
        return self.own_url or (f"https://dynalint.dev/rules/{self.name}/" if self.is_built_in else "")

    @property
    def is_built_in(self) -> bool:
        """Whether it is dynalint's own: no other pack may take such a code."""
        return self.code.startswith("DYN")

    @property
    def family(self) -> str:
        """The first digit of the number: ``2`` for DYN201."""
        return self.code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ-")[:1]


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule violated at one source place, with every address that the place stands for.

    ``span`` lies on one line. ``label`` is what to write under the underlined text. ``argument`` is the path of the
    argument inside the resource (``point_in_time_recovery.enabled``), for fingerprints and baselines. ``latent`` says
    that only inputs not passed today bring it out.
    ``environments`` are those of the settings in which it holds, none where there are none.
    """

    rule: RuleInfo
    severity: Severity
    message: str
    span: Span
    addresses: tuple[str, ...] = ()
    trace: tuple[Step, ...] = ()
    help: str = ""
    label: str = ""
    argument: str = ""
    fix: Fix | None = None
    latent: bool = False
    environments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UndecidedCheck:
    """A rule that could not be decided on some objects, and why."""

    rule: RuleInfo
    reason: str
    span: Span
    addresses: tuple[str, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that a comment hid: ``reason`` is the comment's own text, ``comment`` where it stands.

    ``tool`` is the other linter that the comment is written for, empty for dynalint's own.
    """

    finding: Finding
    comment: Span
    reason: str = ""
    until: str | None = None
    tool: str = ""


class Identity(NamedTuple):
    """What a finding is about, wherever its lines move to.

    ``rule`` is a code, ``root`` the directory of the root module, ``address`` that of one object (of a finding without
    any the path of its file, as seen from the root), ``attribute`` the path of the argument. ``environment`` is the one
    in which it holds, "" where none is set up; an entry of a baseline without one speaks of all.
    """

    rule: str
    root: str
    address: str
    attribute: str
    environment: str = ""

    @property
    def anywhere(self) -> Identity:
        """The same in all environments."""
        return self._replace(environment="")


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a baseline did: the findings that it keeps quiet, and what became of its entries.

    ``stale`` are entries of which nothing, or less than they say, is found any more, with how many too many.
    ``moved`` leads from entries to the identities that their objects have today.
    """

    findings: tuple[Finding, ...] = ()
    stale: Mapping[Identity, int] = field(default_factory=dict)
    moved: Mapping[Identity, Identity] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at."""

    files: int = 0
    roots: int = 0
    modules: int = 0
    tables: int = 0
    policies: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a run, ordered for output. ``sources`` holds every file that a span of the report lies in."""

    findings: tuple[Finding, ...]
    undecided: tuple[UndecidedCheck, ...]
    suppressed: tuple[Suppressed, ...]
    summary: Summary
    rules: tuple[RuleInfo, ...]
    sources: Mapping[str, Source]
    hidden: int = 0
    """Findings in files that were not asked for (a pre-commit run names only some files of a module)."""
    accepted: Accepted = field(default_factory=Accepted)
    identities: Mapping[Identity, int] = field(default_factory=dict)
    """How often each thing was found that a baseline could accept, and does or does not."""
    sensitive: frozenset[str] = frozenset()
    """Names of variables whose values nobody may see, wherever they are written."""

    def count(self, severity: Severity) -> int:
        """Number of findings of exactly this severity."""
        return sum(1 for finding in self.findings if finding.severity is severity)
