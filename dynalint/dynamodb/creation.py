"""How a table comes to be: made empty, restored from another table or a backup, or imported from S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.evaluation.resources import Resource

RESTORE_ARGUMENTS = ("restore_source_name", "restore_source_table_arn", "restore_backup_arn")
"""What makes a table a copy of another: its keys come with the copy."""


class Created:
    """The part of a table that says what it is made from; ``resource`` is the table's."""

    resource: Resource

    @property
    def restore_time(self) -> Field[str]:
        """``restore_date_time``: the moment to restore."""
        return self._field("restore_date_time", reading.name)

    @property
    def restore_latest(self) -> Field[bool]:
        """``restore_to_latest_time``."""
        return self._field("restore_to_latest_time", reading.flag)

    @property
    def restore_source_arn(self) -> Field[str]:
        """``restore_source_table_arn``: the table to restore, of this Region or another."""
        return self._field("restore_source_table_arn", reading.name)

    @property
    def recovery_sources(self) -> tuple[Field[str], Field[str]]:
        """The arguments that name a table to restore to a point in time."""
        return self._field("restore_source_name", reading.name), self.restore_source_arn

    @property
    def left_out_at_creation(self) -> Iterator[Field[Any]]:
        """Settings that the call which restores or imports the table does not carry; the next apply makes up for them.

        https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html
        """
        names = ("tags", "stream_enabled", "deletion_protection_enabled", "table_class")
        wanted = (*names, "billing_mode") if self.is_restored else names
        for name in wanted:
            given = self._field(name, reading.anything)
            if given.is_set and given.state not in (Known(value=False), Known("STANDARD"), Known("PROVISIONED")):
                yield given

    @property
    def restore_sources(self) -> Iterator[Field[str]]:
        """The arguments that make this table a copy of another."""
        return (self._field(argument, reading.name) for argument in RESTORE_ARGUMENTS)

    @property
    def is_restored(self) -> bool:
        """Whether it is made from another table or a backup. Raises Undecided where that is unknown."""
        unknown_last = sorted(self.restore_sources, key=lambda source: source.is_unknown)
        return any(source.present for source in unknown_last)

    @property
    def import_table(self) -> reading.Section:
        """``import_table``: made from files in S3."""
        return reading.Section(self.resource, "import_table")

    def _field(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        return reading.field(self.resource.body, argument, read, at=self.resource.header)
