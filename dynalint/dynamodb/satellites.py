"""Resources beside a table that read it, fill it or copy it.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as dataclass_field
from itertools import takewhile
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.values import Unknown, attribute_identity
from dynalint.findings import Edit
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.table import Table


@dataclass(frozen=True, eq=False)
class Satellite:
    """A resource that names a table; ``table`` is None where that is not in this configuration."""

    resource: Resource
    table: Table | None = dataclass_field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Terraform's address."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the resource."""
        return self.resource.header

    def field(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        """One argument of the resource."""
        return reading.field(self.resource.body, argument, read, at=self.resource.header)

    def appended(self, *lines: str) -> tuple[Edit, ...]:
        """The edit that adds lines at the end of the resource; none where that is not safe."""
        return reading.appended(self.resource, *lines)

    @property
    def whose(self) -> str:
        """The table for a message."""
        return self.table.title if self.table else "its table"


@dataclass(frozen=True, eq=False)
class NameClash(Satellite):
    """A table with the name of another one of the same provider and Region."""

    other: Resource | None = dataclass_field(default=None, repr=False)

    @property
    def taken_by(self) -> str:
        """Address of the table that has the name already."""
        return self.other.address if self.other else ""

    @property
    def name(self) -> Field[str]:
        """The name that both have."""
        return self.field("name", reading.text)


@dataclass(frozen=True, eq=False)
class TableExport(Satellite):
    """An ``aws_dynamodb_table_export``."""

    @property
    def table_arn(self) -> Field[str]:
        """What is exported."""
        return self.field("table_arn", reading.name)


@dataclass(frozen=True, eq=False)
class KinesisDestination(Satellite):
    """An ``aws_dynamodb_kinesis_streaming_destination``."""

    @property
    def stream_arn(self) -> Field[str]:
        """The Kinesis data stream."""
        return self.field("stream_arn", reading.name)

    @property
    def table_name(self) -> Field[str]:
        """The table whose changes it gets."""
        return self.field("table_name", reading.name)

    @property
    def names_table(self) -> bool:
        """Whether it names its table by the ARN."""
        return is_table_arn(self.table_name, self.table)

    @property
    def repeats(self) -> bool:
        """Whether a destination of the table before this one has the same stream."""
        stream = self.stream_arn.identity
        others = self.table.related.get(self.resource.type, ()) if self.table else ()
        before = takewhile(lambda other: other is not self.resource, others)
        return bool(stream) and any(KinesisDestination(other).stream_arn.identity == stream for other in before)


@dataclass(frozen=True, eq=False)
class StreamConsumer(Satellite):
    """A reader of a table's stream: ``aws_lambda_event_source_mapping`` or ``aws_pipes_pipe``."""

    @property
    def is_mapping(self) -> bool:
        """Whether it is a Lambda event source mapping."""
        return self.resource.type == "aws_lambda_event_source_mapping"

    @property
    def source(self) -> Field[str]:
        """The stream that it reads."""
        return self.field(TABLE_ARGUMENTS[self.resource.type], reading.name)

    @property
    def names_table(self) -> bool:
        """Whether it names the table itself in place of its stream."""
        return is_table_arn(self.source, self.table)

    @property
    def starting_position(self) -> Field[str]:
        """Where reading begins: LATEST or TRIM_HORIZON for a table's stream."""
        return self._setting("starting_position", reading.text)

    @property
    def maximum_retry_attempts(self) -> Field[int]:
        """How often a failing batch is tried again; without end where absent, and for -1."""
        return self._setting("maximum_retry_attempts", reading.whole)

    @property
    def splits_batches(self) -> Field[bool]:
        """``bisect_batch_on_function_error``, which pipes call ``on_partial_batch_item_failure``."""
        return self.field("bisect_batch_on_function_error", reading.flag)

    @property
    def failure_destination(self) -> Field[str]:
        """Where batches go that were given up."""
        block = self._settings()
        nested = block.blocks_of("destination_config") if self.is_mapping else block.blocks_of("dead_letter_config")
        inner = next((on for item in nested for on in item.blocks_of("on_failure")), nested[0] if nested else block)
        argument = "destination_arn" if self.is_mapping else "arn"
        return reading.field(inner, argument, reading.name, at=self.at)

    def _setting(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        return reading.field(self._settings(), argument, read, at=self.at)

    def _settings(self) -> EvaluatedBlock:
        """Where the settings of the stream stand: at the top of a mapping, two blocks down in a pipe."""
        body = self.resource.body
        if self.is_mapping:
            return body
        found = (inner for outer in body.blocks_of("source_parameters") for inner in outer.blocks_of(_PIPE_SETTINGS))
        return next(found, EvaluatedBlock(_PIPE_SETTINGS, self.at, {}, {}))


@dataclass(frozen=True, eq=False)
class TableName(Satellite):
    """The name of an ``aws_dynamodb_table`` or of an ``aws_dynamodb_global_table`` (version 2017.11.29)."""

    @property
    def name(self) -> Field[str]:
        """The name, which may be empty."""
        return self.field("name", reading.text)


@dataclass(frozen=True, eq=False)
class LegacyGlobalTable(Satellite):
    """An ``aws_dynamodb_global_table``: global tables of version 2017.11.29."""


@dataclass(frozen=True, eq=False)
class BackupPlan(Satellite):
    """An ``aws_backup_plan``, of whatever it may be."""

    @property
    def lifecycles(self) -> Iterator[tuple[Field[int], Field[int]]]:
        """For each rule and each of its copies, the days after which a backup goes to cold storage and is deleted."""
        for rule in self.resource.body.blocks_of("rule"):
            for keeper in (rule, *rule.blocks_of("copy_action")):
                for block in keeper.blocks_of("lifecycle"):
                    cold, end = (reading.field(block, name, reading.whole, inside="rule.lifecycle") for name in _DAYS)
                    yield cold, end


def is_table_arn(field: Field[str], table: Table | None) -> bool:
    """Whether a value is the ARN of a table, and not that of its stream or its name."""
    match field.state:
        case Unknown(identity=identity):
            return table is not None and identity == attribute_identity(table.address, "arn")
        case Known(text):
            return text.startswith("arn:") and ":table/" in text and "/stream/" not in text
        case _:
            return False


_DAYS = ("cold_storage_after", "delete_after")
_PIPE_SETTINGS = "dynamodb_stream_parameters"

LEGACY_GLOBAL_TABLE = "aws_dynamodb_global_table"

SATELLITES: dict[str, type[Satellite]] = {
    "aws_backup_plan": BackupPlan,
    LEGACY_GLOBAL_TABLE: LegacyGlobalTable,
    "aws_dynamodb_kinesis_streaming_destination": KinesisDestination,
    "aws_dynamodb_table_export": TableExport,
    "aws_lambda_event_source_mapping": StreamConsumer,
    "aws_pipes_pipe": StreamConsumer,
}
"""What rules visit of these resources."""

TABLE_ARGUMENTS = {
    "aws_appautoscaling_policy": "resource_id",
    "aws_appautoscaling_target": "resource_id",
    "aws_dynamodb_contributor_insights": "table_name",
    "aws_dynamodb_global_secondary_index": "table_name",
    "aws_dynamodb_kinesis_streaming_destination": "table_name",
    "aws_dynamodb_resource_policy": "resource_arn",
    "aws_dynamodb_table_export": "table_arn",
    "aws_dynamodb_table_item": "table_name",
    "aws_dynamodb_table_replica": "global_table_arn",
    "aws_dynamodb_tag": "resource_arn",
    "aws_lambda_event_source_mapping": "event_source_arn",
    "aws_pipes_pipe": "source",
}
"""Resources that belong to a table, and the argument that says to which."""
