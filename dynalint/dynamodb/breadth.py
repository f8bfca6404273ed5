"""How much a statement allows, beyond single actions: several rules grade by it, and leave each other to speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dynalint.dynamodb.grants import Grant
    from dynalint.dynamodb.statements import Statement

ITEMS = ("GetItem", "PutItem", "UpdateItem", "DeleteItem", "Query", "Scan", "BatchWriteItem")
TABLES = ("DeleteTable", "UpdateTable", "CreateTable")
BULK_READS = (
    "ExportTableToPointInTime",
    "RestoreTableFromBackup",
    "RestoreTableToPointInTime",
    "RestoreTableFromAwsBackup",
    "PartiQLSelect",
    "GetRecords",
    "BatchGetItem",
)
"""Ways to copy a table other than Scan."""

DESTRUCTIVE = (
    "DeleteTable",
    "DeleteBackup",
    "DeleteTableReplica",
    "UpdateTable",
    "UpdateContinuousBackups",
    "PutResourcePolicy",
    "DeleteResourcePolicy",
)
"""What no application needs that serves requests."""


def full_access(statement: Statement) -> tuple[Grant, Grant] | None:
    """A grant on items and one on the tables themselves, both by patterns; None where there are not both."""
    used = next(_by_pattern(statement, ITEMS), None)
    administered = next(_by_pattern(statement, TABLES), None)
    return (used, administered) if used and administered else None


def on_all_tables(grants: Iterable[Grant]) -> list[Grant]:
    """Those of the grants that reach every table. Raises Undecided where there is none, but one may turn out so."""
    found = list(grants)
    wide = [grant for grant in found if grant.is_on_all_tables]
    for grant in found if not wide else ():
        grant.decide()
    return wide


def _by_pattern(statement: Statement, names: Iterable[str]) -> Iterator[Grant]:
    """The grants of actions that a pattern selects, those on all tables first."""
    selected = (f"dynamodb:{name}" for name in names)
    grants = (grant for name in selected if _is_pattern(statement, name) for grant in statement.grants(name))
    yield from sorted(grants, key=lambda grant: not grant.is_on_all_tables)


def _is_pattern(statement: Statement, name: str) -> bool:
    entry = statement.selecting(name) if statement.member("NotAction") is None else None
    return entry is not None and isinstance(entry.data, str) and ("*" in entry.data or "?" in entry.data)
