"""Auto scaling of provisioned capacity: which target and which policies scale which table or index.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.pieces import cut, joined, key_of, pieces_of
from dynalint.dynamodb.satellites import Satellite
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown
from dynalint.findings import Undecided
from dynalint.records import dataclass

if TYPE_CHECKING:
    from dynalint.dynamodb.indexes import Index
    from dynalint.dynamodb.table import Table

NAMESPACE = "dynamodb"
TARGET, POLICY = "aws_appautoscaling_target", "aws_appautoscaling_policy"

DIMENSIONS = tuple(f"dynamodb:{kind}:{unit}CapacityUnits" for kind in ("table", "index") for unit in ("Read", "Write"))
"""Everything of DynamoDB that scales."""

METRICS = {"Read": "DynamoDBReadCapacityUtilization", "Write": "DynamoDBWriteCapacityUtilization"}
"""The predefined metric of each direction."""

_INDEX_IN_ID = re.compile(r"/index/([^/]+)$")
_DIMENSION = re.compile(r"dynamodb:(table|index):(Read|Write)CapacityUnits")


@dataclass(frozen=True, eq=False)
class AutoScaling(Satellite):
    """An ``aws_appautoscaling_target`` or ``aws_appautoscaling_policy`` of DynamoDB."""

    @property
    def is_target(self) -> bool:
        """Whether it is a target, and not a policy."""
        return self.resource.type == TARGET

    @property
    def service_namespace(self) -> Field[str]:
        """``dynamodb``, in lower case."""
        return self.field("service_namespace", reading.text)

    @property
    def scalable_dimension(self) -> Field[str]:
        """One of :data:`DIMENSIONS`."""
        return self.field("scalable_dimension", reading.text)

    @property
    def resource_id(self) -> Field[str]:
        """``table/NAME`` or ``table/NAME/index/INDEX``."""
        return self.field("resource_id", reading.text)

    @property
    def min_capacity(self) -> Field[int]:
        """Fewest units, of a target."""
        return self.field("min_capacity", reading.whole)

    @property
    def max_capacity(self) -> Field[int]:
        """Most units, of a target."""
        return self.field("max_capacity", reading.whole)

    @property
    def tracking(self) -> reading.Section:
        """The ``target_tracking_scaling_policy_configuration`` of a policy."""
        return reading.Section(self.resource, "target_tracking_scaling_policy_configuration")

    @property
    def target_value(self) -> Field[Fraction]:
        """Percent of the capacity to aim for."""
        return self.tracking.read("target_value", reading.number)

    @property
    def predefined_metric(self) -> Field[str]:
        """The metric that the policy follows."""
        block = self.tracking.block
        nested = block.blocks_of("predefined_metric_specification") if block else ()
        if not nested:
            return self.tracking.read("predefined_metric_specification", reading.text)
        return reading.field(nested[0], "predefined_metric_type", reading.text, inside=self.tracking.type)

    @property
    def direction(self) -> str:
        """``Read`` or ``Write``, empty where the dimension is neither."""
        found = _DIMENSION.fullmatch(_text(self.scalable_dimension))
        return found[2] if found else ""

    @property
    def kind(self) -> str:
        """``table`` or ``index``, empty where the dimension is neither."""
        found = _DIMENSION.fullmatch(_text(self.scalable_dimension))
        return found[1] if found else ""

    @cached_property
    def index_key(self) -> tuple[str, ...] | None:
        """What equals :func:`name_key` of the index that is scaled."""
        value = self.resource_id.value
        pieces = pieces_of(value) if value is not None else ()
        found = _INDEX_IN_ID.search(joined(pieces))
        return key_of(cut(pieces, *found.span(1))) if found else None


@dataclass(frozen=True, slots=True)
class Scaling:
    """What scales one table. ``open`` says why there may be more than ``parts``."""

    table: Table
    parts: tuple[AutoScaling, ...]
    open: Unknown | None

    def targets(self, index: Index | None = None) -> Iterator[AutoScaling]:
        """The targets of the table itself, or of one of its indexes."""
        return (part for part in self.of(index) if part.is_target)

    def of(self, index: Index | None = None) -> Iterator[AutoScaling]:
        """Targets and policies of the table itself, or of one of its indexes."""
        if index is None:
            return (part for part in self.parts if part.kind == "table")
        wanted = name_key(index)
        return (part for part in self.parts if part.kind == "index" and wanted and part.index_key == wanted)

    def is_scaled(self, direction: str, index: Index | None = None) -> bool:
        """Whether there is a target and a policy for a direction. Raises Undecided where that is not known."""
        found = [part for part in self.of(index) if part.direction == direction]
        sure = [part for part in found if part.resource.certain]
        if any(part.is_target for part in sure) and any(not part.is_target for part in sure):
            return True
        self._settle(found)
        return False

    def has_target(self, direction: str, index: Index | None = None) -> bool:
        """Whether there is a target for a direction. Raises Undecided where that is not known."""
        found = [part for part in self.targets(index) if part.direction == direction]
        if any(part.resource.certain for part in found):
            return True
        self._settle(found)
        return False

    def _settle(self, found: list[AutoScaling]) -> None:
        """Raise Undecided where something that is not known may scale as well."""
        doubt = self.open or next((lost for part in self.parts if (lost := _doubt(part))), None)
        if doubt is None and any(not part.resource.certain for part in found):
            doubt = Unknown("whether it is scaled depends on a count or for_each that is not known")
        if doubt is not None:
            raise Undecided(doubt.reason, doubt.hint, self.table.at)


def name_key(index: Index) -> tuple[str, ...] | None:
    """What is equal for equal names of indexes."""
    return key_of(pieces_of(index.name.value)) if index.name.value is not None else None


def concerns_dynamodb(resource: Resource) -> bool:
    """Whether a resource of application auto scaling scales a table or index, as far as known."""
    part = AutoScaling(resource)
    namespace, dimension, id_ = (
        _text(item) for item in (part.service_namespace, part.scalable_dimension, part.resource_id)
    )
    if part.service_namespace.is_set and not part.service_namespace.is_unknown:
        return namespace.lower() == NAMESPACE or dimension.startswith("dynamodb:")
    return dimension.startswith("dynamodb:") or id_.startswith("table/")


def _text(field: Field[str]) -> str:
    return field.state.value if isinstance(field.state, Known) else ""


def _doubt(part: AutoScaling) -> Unknown | None:
    """Why it is not known what a target or policy of the table scales."""
    if isinstance(part.scalable_dimension.state, Unknown):
        return part.scalable_dimension.state
    if part.kind == "index" and part.index_key is None and isinstance(part.resource_id.state, Unknown):
        return part.resource_id.state
    return None
