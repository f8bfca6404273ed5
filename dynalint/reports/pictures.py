"""What pictures of tables are drawn from: records of text that is ready to show, and of places.

Whoever makes them leaves sensitive values out. Nothing here is escaped for a format: names are those of a stranger's
repository, and each format escapes all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from dynalint.findings import Severity
from dynalint.records import dataclass
from dynalint.syntax.source import Source, Span

VERBS = ("Get", "Query", "Scan", "Write", "Administer")
"""What may be done with a table, in the order of the columns."""
SCAN = VERBS.index("Scan")
UNNAMED = "…"
"""Stands for a name that is not known."""


class State(Enum):
    """Whether something that a table may have is on."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class KeyPicture:
    """A key attribute. ``role`` is hash, range or unused; ``type`` is S, N or B, empty where none is declared."""

    name: str
    type: str
    role: str


@dataclass(frozen=True, slots=True)
class LanePicture:
    """The table itself or one of its indexes: what it is sorted by, and what it holds.

    ``part`` names it among the parts of its table. ``kind`` is table, global or local, ``projection`` ALL, KEYS_ONLY or
    INCLUDE (of ``attributes``), empty where it is not known. ``note`` says on what it depends. ``at`` is where it is
    written.
    """

    part: str
    kind: str
    name: str
    keys: tuple[KeyPicture, ...]
    projection: str
    attributes: tuple[str, ...] = ()
    note: str = ""
    at: Span | None = None

    @property
    def content(self) -> str:
        """What it holds beside its keys, in words."""
        match self.projection:
            case "ALL":
                return "all attributes"
            case "KEYS_ONLY":
                return "keys only"
            case "INCLUDE":
                return f"keys, {', '.join(self.attributes)}" if self.attributes else "keys, and nothing more"
            case other:
                return other or "projection not known"


@dataclass(frozen=True, slots=True)
class SettingPicture:
    """One thing that a table may have: a stream, expiry, recovery."""

    part: str
    title: str
    text: str
    state: State
    at: Span | None = None


@dataclass(frozen=True, slots=True)
class CellPicture:
    """That somebody may do one verb: by which actions, where that is written, and how freely.

    ``wide`` says that a pattern for all actions grants it, ``conditional`` that a condition limits it, ``below`` what
    of the table it reaches where that is not the table itself (``/index/*``).
    """

    actions: tuple[str, ...]
    at: Span
    statement: Span
    wide: bool = False
    conditional: bool = False
    below: str = ""


Cells = tuple[CellPicture | None, ...]
"""One for each of :data:`VERBS`, None where it is not allowed."""


@dataclass(frozen=True, slots=True)
class AccessPicture:
    """What one holder may do with some tables. ``elsewhere`` names, where there are none, what is reached instead."""

    holder: str
    policies: tuple[str, ...]
    tables: tuple[str, ...]
    cells: Cells
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class TablePicture:
    """A table. ``place`` is ``path:line``, ``owned`` holds its address and those of the resources that belong to it.

    The first lane is the table's own; ``unused`` are attributes that are declared and no keys.
    """

    address: str
    name: str
    place: str
    at: Span
    lanes: tuple[LanePicture, ...]
    settings: tuple[SettingPicture, ...]
    owned: frozenset[str]
    unused: tuple[KeyPicture, ...] = ()
    replicas: tuple[SettingPicture, ...] = ()
    consumers: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangePicture:
    """What a plan does to a resource: ``action`` is create, update, delete, replace …; ``because`` says why."""

    address: str
    action: str
    because: str
    place: str


@dataclass(frozen=True, slots=True)
class StatementPicture:
    """A statement of a policy, and the tables that it reaches."""

    policy: str
    at: Span
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class RootPicture:
    """A root module under one environment, with the ``directories`` of its modules; ``doubts`` say what may be more."""

    path: str
    directory: str
    directories: frozenset[str]
    tables: tuple[TablePicture, ...] = ()
    access: tuple[AccessPicture, ...] = ()
    statements: tuple[StatementPicture, ...] = ()
    changes: tuple[ChangePicture, ...] = ()
    doubts: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


class Verdict(Enum):
    """What the rules of a family come to at a table, the worst last."""

    UNASKED = "not asked"
    CLEAN = "clean"
    SUPPRESSED = "suppressed"
    UNDECIDED = "undecided"
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @classmethod
    def of(cls, severity: Severity) -> Verdict:
        """The verdict that a finding means."""
        return cls(str(severity))


@dataclass(frozen=True, slots=True)
class FamilyVerdict:
    """A cell of the verdict grid: ``count`` findings, the first of them at ``anchor``."""

    verdict: Verdict
    count: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class TableCard:
    """A table with what was found on it: per part the numbers of findings in the report, and of suppressed ones."""

    anchor: str
    picture: TablePicture
    marks: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    hidden: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    verdicts: Mapping[str, FamilyVerdict] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[int, ...]:
        """The findings of all its parts."""
        return tuple(sorted({number for numbers in self.marks.values() for number in numbers}))


@dataclass(frozen=True, slots=True)
class RootPage:
    """A root module with the cards of its tables."""

    picture: RootPicture
    cards: tuple[TableCard, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything that the page shows beside the findings themselves. ``families`` are the columns of the grid.

    ``sources`` holds the files that policies are written in, too.
    """

    title: str
    roots: tuple[RootPage, ...]
    families: tuple[tuple[str, str], ...]
    sources: Mapping[str, Source]
