"""What ends the findings about statements, where the entry that is wrong can be edited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from dynalint.dynamodb import actions
from dynalint.dynamodb.fields import Known
from dynalint.dynamodb.policy_edits import Entry, entry_of
from dynalint.dynamodb.reach import OneTable
from dynalint.evaluation.values import Value
from dynalint.findings import Edit, Fix

if TYPE_CHECKING:
    from dynalint.dynamodb.grants import Grant
    from dynalint.dynamodb.statements import Statement
    from dynalint.dynamodb.table import Table

ARN = re.compile(r'\.arn(?=(?:\}")?$)')


def naming_indexes(grant: Grant) -> Fix | None:
    """Name the indexes of the table beside it; under a condition somebody should look at that."""
    entry = entry_of(grant.statement, "Resource", grant.pattern)
    if entry is None:
        return None
    edit = entry.beside(entry.followed_by("/index/*"))
    return Fix("allow it on the indexes, too", (edit,), safe=not grant.statement.is_conditional)


def naming_only_table(grant: Grant) -> Fix | None:
    """Name the one table of the module instead of all, where every action of the statement works on tables."""
    entry = entry_of(grant.statement, "Resource", grant.pattern)
    if entry is None or not entry.text.startswith('"') or not _is_about_tables(grant.statement):
        return None
    names = {table.resource.name: table for table in _tables_beside(entry, grant.statement)}
    [*found] = names.values()
    if len(found) != 1 or found[0].address.endswith("]"):
        return None
    reference = f"{found[0].resource.type}.{found[0].resource.name}.arn"
    return Fix(f"limit it to {reference}", (entry.replaced(entry.named(reference)),), safe=False)


def correcting_action(statement: Statement, value: Value, near: str | None) -> Fix | None:
    """Write the action that is spelt nearly like it, unless the statement has that already."""
    element = next((name for name in ("Action", "NotAction") if _has(statement, name, value)), "Action")
    entry = entry_of(statement, element, value)
    if near is None or entry is None or entry.text != f'"{value.data}"':
        return None
    if any(other.data == near for other in statement.entries(element)):
        return None
    return Fix(f"write {near}", (entry.replaced(f'"{near}"'),), safe=False)


def correcting_index(statement: Statement, value: Value, name: str, near: str | None) -> Fix | None:
    """Write the index that is called nearly like it."""
    entry = entry_of(statement, "Resource", value)
    ending = f'/index/{name}"'
    if near is None or entry is None or not entry.text.endswith(ending):
        return None
    return Fix(f"write {near}", (entry.replaced(f'{entry.text.removesuffix(ending)}/index/{near}"'),), safe=False)


def naming_streams(statement: Statement, idle: Iterable[Value]) -> Fix | None:
    """Name the stream of each table, beside the table if actions other than ``idle`` want that."""
    others = [entry for entry in statement.entries("Action") if not any(entry is other for other in idle)]
    edits = tuple(_naming_stream(statement, alone=not others))
    return Fix("name the stream", edits, safe=False) if edits else None


def _naming_stream(statement: Statement, *, alone: bool) -> Iterator[Edit]:
    for value, reach in statement.reaches:
        table = statement.policy.table(reach.address) if isinstance(reach, OneTable) and not reach.below else None
        entry = entry_of(statement, "Resource", value)
        if table is None or entry is None or table.stream.enabled.state != Known(value=True):
            continue
        stream, count = ARN.subn(".stream_arn", entry.text)
        if count:
            yield entry.replaced(stream) if alone else entry.beside(stream)


def _is_about_tables(statement: Statement) -> bool:
    """Whether every action that is named is one on tables."""
    entries = [entry.data for entry in statement.entries("Action")]
    named = [list(actions.matching(entry)) if isinstance(entry, str) else [] for entry in entries]
    return bool(named) and all(found and all("table" in action.resources for action in found) for found in named)


def _tables_beside(entry: Entry, statement: Statement) -> Iterator[Table]:
    """The tables of the module that the entry is written in."""
    directory = PurePosixPath(entry.span.path).parent
    return (table for table in statement.policy.tables_here if PurePosixPath(table.resource.module) == directory)


def _has(statement: Statement, name: str, value: Value) -> bool:
    return value is statement.member(name) or any(value is other for other in statement.entries(name))
