"""What AWS Backup takes in: ``aws_backup_selection``.

https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupSelection.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from dynalint.dynamodb import reading
from dynalint.dynamodb.directory import TableDirectory
from dynalint.dynamodb.pieces import covers
from dynalint.dynamodb.reach import OneTable, TablesNamed, Unclear, includes, reach_of
from dynalint.dynamodb.table import Table
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.values import Unknown, Value
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

T = TypeVar("T")

SELECTION = "aws_backup_selection"
TAG = "aws:ResourceTag/"


def _equals(wanted: str, value: str) -> bool:
    return wanted == value


TESTS = {
    "string_equals": (_equals, True),
    "string_like": (covers, True),
    "string_not_equals": (_equals, False),
    "string_not_like": (covers, False),
}
"""The blocks of ``condition``, of which all have to hold: what is asked of a tag's value, and with which answer."""


@dataclass(frozen=True, eq=False)
class TableBackups:
    """A table and the selections of AWS Backup in its configuration."""

    table: Table
    _selections: tuple[Resource, ...]
    _directory: TableDirectory

    @property
    def resource(self) -> Resource:
        """The table's resource."""
        return self.table.resource

    @property
    def address(self) -> str:
        """Address of the table."""
        return self.table.address

    @property
    def at(self) -> Span:
        """Header of the table."""
        return self.table.at

    @property
    def are_planned(self) -> bool:
        """Whether a selection takes the table in, by its ARN or its tags. Raises Undecided where one may."""
        return _some(self._selections, self._is_in)

    def _is_in(self, selection: Resource) -> bool:
        body = selection.body
        if _some(_entries(body.value("not_resources")), self._is_named):
            return False
        chosen = _some((self._is_tagged, self._is_listed), lambda takes: takes(body))
        if chosen and not selection.certain:
            raise Undecided(f"whether {selection.generic_address} is made is known only after apply")
        return chosen

    def _is_tagged(self, body: EvaluatedBlock) -> bool:
        return _some(body.blocks_of("selection_tag"), lambda block: self._passes(block, "string_equals"))

    def _is_listed(self, body: EvaluatedBlock) -> bool:
        return _some(_entries(body.value("resources")), self._is_named) and all(
            self._passes(block, test)
            for condition in body.blocks_of("condition")
            for test in TESTS
            for block in condition.blocks_of(test)
        )

    def _is_named(self, entry: Value) -> bool:
        reach = reach_of(entry, self._directory)
        match reach, self.table.name.state:
            case Unclear(because), _:
                raise Undecided(because.reason, because.hint)
            case TablesNamed(), Unknown(reason=reason, hint=hint):
                raise Undecided(reason, hint)
            case OneTable(below=below), _ if below:
                return False
        return includes(reach, self.table.address, self.table.name)

    def _passes(self, block: EvaluatedBlock, test: str) -> bool:
        """Whether the effective tags of the table pass a test. Raises Undecided where one of them is unknown."""
        key, wanted = (reading.field(block, name, reading.text).known or "" for name in ("key", "value"))
        tags = self.table.tags
        held = tags.effective.get(key.removeprefix(TAG))
        doubt = held.unknown if held is not None else tags.doubt
        if doubt is not None:
            raise Undecided(doubt.reason, doubt.hint)
        matches, answer = TESTS[test]
        return (held is not None and matches(wanted, str(held.data))) is answer


def backups_of(
    resources: Iterable[Resource], tables: Iterable[Table], directory: TableDirectory
) -> Iterator[TableBackups]:
    """The backups of each table."""
    selections = tuple(item for item in resources if item.type == SELECTION and item.mode == "managed")
    return (TableBackups(table, selections, directory) for table in tables)


def _some(items: Iterable[T], holds: Callable[[T], bool]) -> bool:
    """Whether something holds of one of the items. Raises Undecided only where that depends on one of them."""
    doubt: Undecided | None = None
    for item in items:
        try:
            if holds(item):
                return True
        except Undecided as because:
            doubt = doubt or because
    if doubt is not None:
        raise doubt
    return False


def _entries(value: Value | None) -> tuple[Value, ...]:
    """The entries of a list; of one that is not known, that alone."""
    if value is None or value.is_null:
        return ()
    return (value,) if value.unknown else value.members()
