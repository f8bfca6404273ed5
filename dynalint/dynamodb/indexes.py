"""Secondary indexes, in the provider's three forms: nested global, nested local, and a resource of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as dataclass_field
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Absent, Field, Known, equal, quoted
from dynalint.evaluation.resources import Condition, EvaluatedBlock, Resource
from dynalint.evaluation.values import Unknown
from dynalint.findings import Edit, Fix
from dynalint.records import dataclass
from dynalint.syntax.nodes import Literal, TupleExpression
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.table import Table

INDEX_RESOURCE = "aws_dynamodb_global_secondary_index"
"""https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index"""


class IndexKind(Enum):
    """The two kinds, by the name of their nested block."""

    GLOBAL = "global_secondary_index"
    LOCAL = "local_secondary_index"


@dataclass(frozen=True, eq=False)
class Index:
    """One secondary index.

    ``block`` is the nested block, or the body of the index resource. ``table`` is None for an index resource whose
    table is not in this configuration.
    """

    kind: IndexKind
    resource: Resource
    block: EvaluatedBlock
    table: Table | None = dataclass_field(default=None, repr=False)

    @property
    def address(self) -> str:
        """Address of the table, or of the index resource."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the block or resource."""
        return self.resource.header if self.standalone else self.block.span

    @property
    def standalone(self) -> bool:
        """Whether it is a resource of its own, which types its keys itself."""
        return self.resource.type == INDEX_RESOURCE

    @property
    def is_global(self) -> bool:
        """Whether it is a global secondary index."""
        return self.kind is IndexKind.GLOBAL

    @property
    def condition(self) -> Condition | None:
        """What decides whether it exists."""
        return self.resource.condition if self.standalone else self.block.condition

    @property
    def certain(self) -> bool:
        """Whether it exists at all: false for what stands for the elements of an unknown collection."""
        return self.block.certain and (self.resource.certain or not self.standalone)

    @property
    def inputs(self) -> frozenset[str]:
        """The inputs of the module that its arguments read."""
        return reading.all_inputs(self.block)

    @property
    def is_unconditional(self) -> bool:
        """Whether it exists whatever the inputs of its module are."""
        return self.certain and (self.condition is None or not self.condition.inputs)

    @cached_property
    def name(self) -> Field[str]:
        """Name of the index."""
        return self._field("index_name" if self.standalone else "name", reading.name)

    @cached_property
    def hash_key(self) -> Field[str]:
        """``hash_key``; absent in ``key_schema`` form, and for local indexes, which have their table's."""
        return self._field("hash_key", reading.name)

    @cached_property
    def range_key(self) -> Field[str]:
        """``range_key``; absent in ``key_schema`` form."""
        return self._field("range_key", reading.name)

    @cached_property
    def key_schema(self) -> tuple[SchemaElement, ...]:
        """The ``key_schema`` blocks (provider 6.29 on)."""
        blocks = self.block.blocks_of("key_schema")
        return tuple(SchemaElement(block, f"{self._inside}key_schema") for block in blocks)

    @property
    def keys(self) -> Iterator[Field[str]]:
        """The keys that are set, hash before range.

        In a latent world a partition key that is null only by the default of its input counts: whoever turns the index
        on has to pass it.
        """
        if not isinstance(self.hash_key.state, Absent) or (self.resource.world and self.hash_key.inputs):
            yield self.hash_key
        rest = (self.range_key, *(element.name for element in self.key_schema))
        yield from (key for key in rest if not isinstance(key.state, Absent))

    def equals(self, other: Index) -> bool:
        """Whether two nested indexes are written alike, so that the provider's set holds one of them."""
        return not self.standalone and not other.standalone and _content(self.block) == _content(other.block)

    @property
    def repeated_key(self) -> Field[str] | None:
        """A key that is another key of the same index already; of a local index also its table's partition key."""
        return next((key for key, other in self.key_pairs if equal(key, other)), None)

    @property
    def key_pairs(self) -> Iterator[tuple[Field[str], Field[str]]]:
        """Its keys, of a local index also its table's partition key, each with each before it."""
        first = self.hash_key if self.is_global else self.table.hash_key if self.table else None
        seen: list[Field[str]] = [first] if first is not None else []
        for key in (self.range_key, *(element.name for element in self.key_schema)):
            yield from ((key, other) for other in seen)
            seen.append(key)

    @property
    def all_keys(self) -> Iterator[Field[str]]:
        """What is always projected: its own keys and those of its table."""
        yield from self.keys
        yield from (self.table.hash_key, self.table.range_key) if self.table else ()

    @property
    def has_empty_range_key(self) -> bool:
        """Whether ``range_key`` is written as ``""``."""
        return self.range_key.value is not None and self.range_key.value.data == ""

    def without_projected(self, name: Field[str]) -> Fix | None:
        """The list without one of its names, where it is written out and others are left."""
        argument = self.block.arguments.get("non_key_attributes")
        expression = argument.expression if argument else None
        if not isinstance(expression, TupleExpression) or expression.span.path.endswith(".json"):
            return None
        words = [item.value for item in expression.items if isinstance(item, Literal) and isinstance(item.value, str)]
        kept = [quoted(word) for word in words if Known(word) != name.state]
        if len(words) != len(expression.items) or not kept:
            return None
        return Fix("leave the key out", (Edit(expression.span, f"[{', '.join(kept)}]"),))

    @property
    def key_schema_open(self) -> Unknown | None:
        """Why there may be more or fewer elements of the key schema than these."""
        return self.block.openness("key_schema")

    @property
    def projected_names(self) -> Iterator[Field[str]]:
        """Each of ``non_key_attributes`` as a field of its own, at its own place where it is spelt out."""
        value, whole = self.non_key_attributes.value, self.non_key_attributes
        members = value.members() if value is not None else ()
        for member in members:
            trace = member.trace
            inside = trace is not None and trace.span.path == whole.at.path and whole.at.start <= trace.span.start
            at = trace.span if trace is not None and inside and trace.span.end <= whole.at.end else whole.at
            yield Field(reading.text(member), at, whole.path, member, whole.inputs)

    @property
    def required(self) -> Iterator[Field[str]]:
        """The arguments that may not be null: name, partition key, the attributes of a key schema."""
        yield self.name
        if self.is_global and not self.standalone and not self.key_schema:
            yield self.hash_key
        yield from (element.name for element in self.key_schema)

    @cached_property
    def projection_type(self) -> Field[str]:
        """ALL, KEYS_ONLY or INCLUDE."""
        return self._projection("projection_type", reading.text)

    @cached_property
    def non_key_attributes(self) -> Field[tuple[str, ...]]:
        """The attributes that an INCLUDE projection holds."""
        return self._projection("non_key_attributes", reading.names)

    @cached_property
    def read_capacity(self) -> Field[int]:
        """Provisioned read units."""
        return self._field("read_capacity", reading.whole)

    @cached_property
    def write_capacity(self) -> Field[int]:
        """Provisioned write units."""
        return self._field("write_capacity", reading.whole)

    @cached_property
    def key_names(self) -> tuple[str, ...]:
        """What is equal for equal keys, partition key first; empty where a key equals nothing."""
        if not self.is_global and self.table is not None:
            return identities(self.table.hash_key, self.range_key)
        if self.key_schema:
            return identities(*(element.name for element in self.key_schema))
        return identities(self.hash_key, self.range_key)

    def answers_for(self, other: Index) -> bool:
        """Whether every query through ``other`` could go through this index, which comes first or has more."""
        if other is self or self.kind is not other.kind or not self.certain or not self.key_names:
            return False
        if self.key_names == other.key_names:
            return self.holds_all_of(other) and (self.block.span < other.block.span or not other.holds_all_of(self))
        prefix = self.key_names[: len(other.key_names)] == other.key_names
        return other.is_global and prefix and len(other.key_names) == 1 and self.holds_all_of(other)

    def holds_all_of(self, other: Index) -> bool:
        """Whether it certainly projects at least what ``other`` does."""
        own, wanted = self.projection_type.state, other.projection_type.state
        if own == Known("ALL") or wanted == Known("KEYS_ONLY"):
            return True
        has, needs = self.non_key_attributes.state, other.non_key_attributes.state
        if own != wanted or own != Known("INCLUDE"):
            return False
        return isinstance(has, Known) and isinstance(needs, Known) and set(needs.value) <= set(has.value)

    @property
    def capacities(self) -> tuple[Field[int], Field[int]]:
        """Provisioned read and write units; of an index resource those of its ``provisioned_throughput``."""
        if not self.standalone:
            return self.read_capacity, self.write_capacity
        given = next(iter(self.block.blocks_of("provisioned_throughput")), self.block)
        names = ("read_capacity_units", "write_capacity_units")
        read, write = (reading.field(given, name, reading.whole, inside="provisioned_throughput") for name in names)
        return read, write

    @property
    def ceiling(self) -> tuple[Field[int], ...]:
        """The maximum read and write units of its ``on_demand_throughput``, none where it has no such block."""
        block = next(iter(self.block.blocks_of("on_demand_throughput")), None)
        if block is None:
            return ()
        inside = f"{self._inside}on_demand_throughput"
        names = ("max_read_request_units", "max_write_request_units")
        return tuple(reading.field(block, name, reading.whole, inside=inside) for name in names)

    @property
    def title(self) -> str:
        """The index for a message: ``index "by-customer"``."""
        match self.name.state:
            case Known(name) if not (self.name.value and self.name.value.sensitive):
                return f"index {quoted(name)}"
            case _:
                return "an index"

    @property
    def _inside(self) -> str:
        return "" if self.standalone else f"{self.kind.value}."

    def _field(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        return reading.field(self.block, argument, read, inside=self._inside.rstrip("."), at=self.at)

    def _projection(self, argument: str, read: reading.Reader[reading.T]) -> Field[reading.T]:
        nested = self.block.blocks_of("projection") if self.standalone else ()
        if nested:
            return reading.field(nested[0], argument, read, inside="projection")
        return self._field(argument, read)


def _content(block: EvaluatedBlock) -> tuple[object, ...]:
    """Everything that is set in a block, without its places."""
    arguments = {name: argument.value for name, argument in block.arguments.items() if not argument.value.is_null}
    blocks = {name: [_content(inner) for inner in inners] for name, inners in block.blocks.items()}
    return arguments, blocks


def identities(*keys: Field[str]) -> tuple[str, ...]:
    """What is equal for equal sequences of keys, absent ones left out; empty where one equals nothing."""
    found = [key.identity for key in keys if not isinstance(key.state, Absent)]
    return tuple(found) if found and all(found) else ()


@dataclass(frozen=True, eq=False)
class SchemaElement:
    """One ``key_schema`` block of an index."""

    block: EvaluatedBlock
    inside: str

    @property
    def at(self) -> Span:
        """Header of the block."""
        return self.block.span

    @property
    def name(self) -> Field[str]:
        """``attribute_name``."""
        return reading.field(self.block, "attribute_name", reading.name, inside=self.inside)

    @property
    def type(self) -> Field[str]:
        """``key_type``: HASH or RANGE."""
        return reading.field(self.block, "key_type", reading.text, inside=self.inside)
