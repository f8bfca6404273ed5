"""Entries of ``Action`` that do not do what they were written for: they name nothing, or work on nothing."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dynalint.dynamodb import actions
from dynalint.dynamodb.fields import Known
from dynalint.dynamodb.pieces import GAP, covers
from dynalint.dynamodb.policy_fixes import correcting_action, correcting_index
from dynalint.dynamodb.reach import OneTable, Unclear, works_on
from dynalint.evaluation.values import Unknown, Value
from dynalint.findings import Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.statements import Statement
    from dynalint.dynamodb.table import Table

_SERVICES = {"dynamodb": "DynamoDB", "dax": "DAX", "dynamodbstreams": "DynamoDB", "dynamodb-streams": "DynamoDB"}
"""Prefixes of actions and what they are meant for; those of streams are names of endpoints, which IAM does not know."""


_KINDS = {"application": "DAX clusters", "index": "indexes"}
_KINDS |= {kind: f"{kind}s" for kind in ("table", "stream", "backup", "export", "import", "global-table")}


@dataclass(frozen=True, eq=False)
class IdleEntry:
    """An entry of which no action works on anything that the statement's ``Resource`` names."""

    statement: Statement
    entry: Value
    actions: tuple[actions.Action, ...]

    @property
    def at(self) -> Span:
        """The entry, or the statement."""
        return self.statement.within(self.entry)

    @property
    def word(self) -> str:
        """What is written, without the prefix."""
        return self.statement.shown(self.entry).partition(":")[2] or self.statement.shown(self.entry)

    def is_for(self, kind: str) -> bool:
        """Whether all its actions work on resources of this kind alone."""
        return all(action.resources == {kind} for action in self.actions)

    @property
    def kinds(self) -> str:
        """What its actions work on, for a message."""
        found = sorted({f"{_KINDS.get(kind, kind)}" for action in self.actions for kind in action.resources})
        return " and ".join(found) if found else "* alone"

    @property
    def works_elsewhere(self) -> bool:
        """Whether everybody who has the policy may do these actions by another statement, on the tables named here.

        Raises Undecided where that depends on a policy that is not known.
        """
        reaches = [reach for _, reach in self.statement.reaches if isinstance(reach, OneTable)]
        tables = [table for reach in reaches if (table := self.statement.policy.table(reach.address))]
        for holding in self.statement.policy.holdings:
            for coverage in (holding.coverage(action.name) for action in self.actions):
                if coverage.grants and all(any(coverage.on(table)) or any(coverage.unclear) for table in tables):
                    continue
                if coverage.doubt is not None:
                    raise coverage.doubt
                return False
        return True


@dataclass(frozen=True, eq=False)
class UnknownAction:
    """An entry that fits no action of the service that it names."""

    statement: Statement
    entry: Value
    text: str

    @property
    def at(self) -> Span:
        """The entry, or the statement."""
        return self.statement.within(self.entry)

    @property
    def shown(self) -> str:
        """The entry for a message."""
        return f'"{self.text}"' if self.statement.shown(self.entry) == self.text else self.statement.shown(self.entry)

    @property
    def service(self) -> str:
        """The service for a message."""
        return _SERVICES[self.text.partition(":")[0].lower()]

    @property
    def date(self) -> str:
        """The month of the list that the entry is held against."""
        return actions.action_data().date

    @property
    def is_pattern(self) -> bool:
        """Whether it has a wildcard."""
        return "*" in self.text or "?" in self.text

    @property
    def effect(self) -> str:
        """What the statement was to do, for a message: ``allows``, ``denies``."""
        effect = self.statement.member("Effect")
        return "denies" if effect is not None and effect.data == "Deny" else "allows"

    @property
    def near(self) -> str | None:
        """A known action, or pattern of one, that is spelt nearly like it."""
        prefix, _, name = self.text.partition(":")
        service = "dax" if prefix.lower() == "dax" else "dynamodb"
        known = [item.name.partition(":")[2] for item in actions.action_data().actions.values()]
        own = [item for item in known if f"{service}:{item}".lower() in actions.action_data().actions]
        if self.is_pattern:
            fits = any(covers(name.lower(), item.lower()) for item in own)
            return f"{service}:{name}" if fits else None
        by_lower = {item.lower(): item for item in own}
        found = get_close_matches(name.lower(), by_lower, n=1, cutoff=0.7)
        return f"{service}:{by_lower[found[0]]}" if found else None

    @property
    def fix(self) -> Fix | None:
        """Write the action that is spelt nearly like it."""
        return correcting_action(self.statement, self.entry, self.near)


@dataclass(frozen=True, eq=False)
class NamedIndex:
    """An index of a table of this configuration that a statement names."""

    statement: Statement
    entry: Value
    table: Table
    name: str

    @property
    def at(self) -> Span:
        """The entry, or the statement."""
        return self.statement.within(self.entry)

    @property
    def exists(self) -> bool:
        """Whether the table has it. Raises Undecided where the indexes of the table are not all known."""
        names = [index.name.state for index in self.table.indexes]
        if Known(self.name) in names:
            return True
        unknown = next((state for state in names if isinstance(state, Unknown)), self.table.indexes_open)
        if unknown is not None:
            raise Undecided(unknown.reason, unknown.hint, self.at)
        return False

    @property
    def near(self) -> str | None:
        """An index of the table that is called nearly like it."""
        names = [index.name.state.value for index in self.table.indexes if isinstance(index.name.state, Known)]
        return next(iter(get_close_matches(self.name, names, n=1)), None)

    @property
    def fix(self) -> Fix | None:
        """Write the index that is called nearly like it."""
        return correcting_index(self.statement, self.entry, self.name, self.near)


def named_indexes(statement: Statement) -> Iterator[NamedIndex]:
    """The single indexes that ``Resource`` names, of tables of this configuration."""
    for entry, reach in statement.reaches:
        if entry is None or not isinstance(reach, OneTable) or not reach.below.startswith("/index/"):
            continue
        name, table = reach.below.removeprefix("/index/"), statement.policy.table(reach.address)
        if table is not None and not any(mark in name for mark in ("*", "?", GAP)):
            yield NamedIndex(statement, entry, table, name)


def idle_entries(statement: Statement) -> Iterator[IdleEntry]:
    """The entries of ``Action`` whose actions work on nothing that the statement names.

    Raises Undecided where an entry may work on what is not known.
    """
    reaches = [reach for _, reach in statement.reaches]
    if statement.member("NotAction") is not None or not reaches:
        return
    clear = [reach for reach in reaches if not isinstance(reach, Unclear)]
    for entry in statement.entries("Action"):
        named = tuple(actions.matching(entry.data)) if isinstance(entry.data, str) else ()
        if not named or any(works_on(action, reach) for action in named for reach in clear):
            continue
        for because in (reach.because for reach in reaches if isinstance(reach, Unclear)):
            raise Undecided(because.reason, because.hint, statement.within(entry))
        yield IdleEntry(statement, entry, named)


def unknown_actions(statement: Statement) -> Iterator[UnknownAction]:
    """The entries of ``Action`` and ``NotAction`` that fit no action."""
    for entry in (*statement.entries("Action"), *statement.entries("NotAction")):
        if not isinstance(entry.data, str):
            continue
        prefix, colon, _ = entry.data.partition(":")
        if colon and prefix.lower() in _SERVICES and not any(actions.matching(entry.data)):
            yield UnknownAction(statement, entry, entry.data)
