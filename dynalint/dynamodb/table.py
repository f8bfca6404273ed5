"""A table, as the configuration has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Any

from dynalint.dynamodb import reading
from dynalint.dynamodb.attributes import Declarations, KeyAttribute, table_attributes
from dynalint.dynamodb.creation import Created
from dynalint.dynamodb.fields import Field, Known, Likeness, likeness, quoted
from dynalint.dynamodb.indexes import INDEX_RESOURCE, Index, IndexKind, identities
from dynalint.dynamodb.items import ITEM_RESOURCE, TableItem, repeated_items
from dynalint.dynamodb.key_use import (
    Redeclared,
    Unused,
    attribute_names,
    conflicting_attributes,
    planned_fields,
    redeclared_attributes,
    unused_attributes,
)
from dynalint.dynamodb.regions import region_of
from dynalint.dynamodb.satellites import StreamConsumer
from dynalint.dynamodb.scaling import POLICY, TARGET, AutoScaling, Scaling
from dynalint.dynamodb.settings import (
    REPLICA_RESOURCE,
    Encryption,
    OnDemandThroughput,
    PointInTimeRecovery,
    Replica,
    Stream,
    TimeToLive,
)
from dynalint.dynamodb.tags import Tags
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.values import Unknown
from dynalint.findings import Edit, Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

KEY_ALIAS = "aws_kms_alias"


@dataclass(frozen=True, eq=False)
class Table(Created):
    """One ``aws_dynamodb_table`` instance, the provider's defaults applied.

    A view of its resource: every field is read where it is asked for. ``related`` holds the resources of the
    configuration that name this table, by their type; ``related_open`` says, by type, why there may be more.
    """

    resource: Resource
    related: Mapping[str, tuple[Resource, ...]] = dataclass_field(default_factory=dict, repr=False)
    related_open: Mapping[str, Unknown] = dataclass_field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """Terraform's address."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the resource."""
        return self.resource.header

    @property
    def body(self) -> EvaluatedBlock:
        """The evaluated resource."""
        return self.resource.body

    # --- keys -----------------------------------------------------------------------------------------------------

    @cached_property
    def name(self) -> Field[str]:
        """The table's name."""
        return self._field("name", reading.name)

    @cached_property
    def hash_key(self) -> Field[str]:
        """The partition key."""
        return self._field("hash_key", reading.name)

    @cached_property
    def range_key(self) -> Field[str]:
        """The sort key."""
        return self._field("range_key", reading.name)

    @cached_property
    def key_names(self) -> tuple[str, ...]:
        """What is equal for equal keys, partition key first; empty where a key equals nothing."""
        return identities(self.hash_key, self.range_key)

    @cached_property
    def attributes(self) -> tuple[KeyAttribute, ...]:
        """The declared key attributes, symbolic ones included."""
        return table_attributes(self.resource)

    @property
    def attributes_open(self) -> Unknown | None:
        """Why there may be more or fewer attributes than these."""
        return self.body.openness("attribute")

    @cached_property
    def declarations(self) -> Declarations:
        """What is declared, ready to be asked for a key."""
        inline = (index for index in self.indexes if not index.standalone)
        keys = (self.hash_key, self.range_key, *(key for index in inline for key in index.keys))
        hidden = reading.hidden_override(self.resource)
        return Declarations(self.attributes, keys, latent=self.resource.world is not None, doubt=hidden)

    @cached_property
    def indexes(self) -> tuple[Index, ...]:
        """All secondary indexes: nested ones in order of writing, then index resources that name this table."""
        nested = tuple(
            Index(kind, self.resource, block, self) for kind in IndexKind for block in self.body.blocks_of(kind.value)
        )
        own = self.related.get(INDEX_RESOURCE, ())
        return nested + tuple(Index(IndexKind.GLOBAL, resource, resource.body, self) for resource in own)

    def indexes_like(self, index: Index) -> Sequence[Index]:
        """The indexes with the partition key of ``index``, itself among them."""
        return self._by_partition.get(index.key_names[:1], ())

    @cached_property
    def _by_partition(self) -> dict[tuple[str, ...], list[Index]]:
        found: dict[tuple[str, ...], list[Index]] = {}
        for index in self.indexes:
            found.setdefault(index.key_names[:1], []).append(index)
        return found

    def of_kind(self, kind: IndexKind, *, standalone: bool | None = None) -> tuple[Index, ...]:
        """The indexes of a kind; without or with only those that are resources of their own."""
        found = (index for index in self.indexes if index.kind is kind)
        return tuple(index for index in found if standalone is None or index.standalone is standalone)

    def index_count(self, kind: IndexKind, most: int) -> int:
        """How many indexes of a kind there certainly are. Raises Undecided where more would be over ``most``."""
        found = self.of_kind(kind)
        certain = sum(index.certain for index in found)
        if certain <= most < len(found) or (certain == most and self.indexes_open is not None):
            doubt = self.indexes_open or Unknown("whether an index is made is not known")
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return certain

    @property
    def repeated_indexes(self) -> Iterator[tuple[Index, Index]]:
        """The indexes whose name another has already, with that other."""
        seen: dict[Likeness, Index] = {}
        for index in self.indexes:
            if like := likeness(index.name):
                other = seen.setdefault(like, index)
                if other is not index:
                    yield index, other

    @property
    def indexes_open(self) -> Unknown | None:
        """Why there may be more or fewer indexes than these."""
        return next((lost for kind in IndexKind if (lost := self.body.openness(kind.value))), None)

    @property
    def has_indexes(self) -> bool:
        """Whether it has a secondary index. Raises Undecided where that is unknown."""
        if any(index.certain for index in self.indexes):
            return True
        if (doubt := self.indexes_open) is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return False

    @property
    def has_hash_key(self) -> bool:
        """Whether the partition key is set. Raises Undecided where that is unknown.

        What a declared attribute is called cannot be null, so a key of the same expression is set.
        """
        named = {attribute.name.identity for attribute in self.attributes if attribute.name.is_unknown} - {""}
        return self.hash_key.identity in named or self.hash_key.present

    @cached_property
    def region(self) -> Field[str]:
        """The Region that it is made in."""
        return region_of(self.resource)

    @property
    def items(self) -> tuple[TableItem, ...]:
        """The items that Terraform writes into it."""
        return tuple(TableItem(resource, self) for resource in self.related.get(ITEM_RESOURCE, ()))

    @property
    def repeated_items(self) -> Iterator[tuple[TableItem, TableItem]]:
        """The items whose key another has already, with that other."""
        return repeated_items(self.items)

    @property
    def unused_attributes(self) -> Iterator[Unused]:
        """The declared attributes that are keys of nothing, or may come to be."""
        return unused_attributes(self)

    @property
    def conflicting_attributes(self) -> Iterator[tuple[KeyAttribute, KeyAttribute]]:
        """The keys of index resources that are typed otherwise elsewhere, with the other."""
        return conflicting_attributes(self)

    @property
    def attribute_names(self) -> Iterator[Field[str]]:
        """Every name of a key or projected attribute as it is written; ``""`` too."""
        return attribute_names(self)

    @property
    def planned_fields(self) -> Iterator[Field[Any]]:
        """What provider 5 needs to know while it plans."""
        return planned_fields(self)

    @property
    def redeclared_attributes(self) -> Iterator[Redeclared]:
        """The declarations that lose against another of the same name."""
        return redeclared_attributes(self)

    @property
    def is_state_lock(self) -> bool:
        """Whether Terraform's S3 backend locks its state in this table, known by the key that it demands.

        https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
        """
        return self.hash_key.state == Known("LockID")

    # --- capacity -------------------------------------------------------------------------------------------------

    @cached_property
    def billing_mode(self) -> Field[str]:
        """PROVISIONED (the default) or PAY_PER_REQUEST."""
        return reading.defaulted(self._field("billing_mode", reading.text), "PROVISIONED")

    @cached_property
    def read_capacity(self) -> Field[int]:
        """Provisioned read units."""
        return self._field("read_capacity", reading.whole)

    @cached_property
    def write_capacity(self) -> Field[int]:
        """Provisioned write units."""
        return self._field("write_capacity", reading.whole)

    @property
    def capacities(self) -> tuple[Field[int], Field[int]]:
        """Provisioned read and write units."""
        return self.read_capacity, self.write_capacity

    @cached_property
    def table_class(self) -> Field[str]:
        """STANDARD (the default) or STANDARD_INFREQUENT_ACCESS."""
        return reading.defaulted(self._field("table_class", reading.text), "STANDARD")

    @cached_property
    def scaling(self) -> Scaling:
        """What scales the table and its indexes."""
        parts = (AutoScaling(resource, self) for kind in (TARGET, POLICY) for resource in self.related.get(kind, ()))
        open_ = next((self.related_open[kind] for kind in (TARGET, POLICY) if kind in self.related_open), None)
        return Scaling(self, tuple(parts), open_)

    @property
    def warm_throughput(self) -> Iterator[tuple[str, Field[int]]]:
        """What is asked to be warm, of the table and of its indexes, each with what to call it (provider 6)."""
        owners = ((self.title, self.body), *((index.title, index.block) for index in self.indexes))
        for title, owner in owners:
            for block in owner.blocks_of("warm_throughput"):
                for name in ("read_units_per_second", "write_units_per_second"):
                    yield title, reading.field(block, name, reading.whole, inside="warm_throughput")

    @property
    def is_provisioned(self) -> bool:
        """Whether its capacity is provisioned. Raises Undecided where the billing mode is unknown."""
        return self.billing_mode.known == "PROVISIONED"

    @property
    def on_demand_throughput(self) -> OnDemandThroughput:
        """The ceiling of on-demand billing."""
        return OnDemandThroughput(self.resource, "on_demand_throughput")

    # --- settings -------------------------------------------------------------------------------------------------

    @property
    def point_in_time_recovery(self) -> PointInTimeRecovery:
        """Continuous backups."""
        return PointInTimeRecovery(self.resource, "point_in_time_recovery")

    @property
    def encryption(self) -> Encryption:
        """Encryption at rest."""
        return Encryption(self.resource, "server_side_encryption")

    @property
    def names_key_by_alias(self) -> bool:
        """Whether the ARN of its key is that of an alias in this configuration."""
        return bool(self.related.get(KEY_ALIAS))

    @property
    def own_key(self) -> Resource | None:
        """The key of this configuration that encrypts it, if IAM alone says who may use it: it has no policy here."""
        keys = self.related.get("aws_kms_key", ())
        if not keys or self.related.get("aws_kms_key_policy") or keys[0].body.value("policy") is not None:
            return None
        return keys[0]

    @property
    def ttl(self) -> TimeToLive:
        """Expiry of items."""
        return TimeToLive(self.resource, "ttl")

    @cached_property
    def stream(self) -> Stream:
        """The change stream."""
        return Stream(self._field("stream_enabled", reading.flag), self._field("stream_view_type", reading.text))

    @cached_property
    def deletion_protection(self) -> Field[bool]:
        """False where absent."""
        return reading.defaulted(self._field("deletion_protection_enabled", reading.flag), False)

    @cached_property
    def replicas(self) -> tuple[Replica, ...]:
        """Copies in other Regions: nested blocks, then replica resources that name this table."""
        nested = tuple(Replica(self.resource, block, self) for block in self.body.blocks_of("replica"))
        own = self.related.get(REPLICA_RESOURCE, ())
        return nested + tuple(Replica(resource, resource.body, self) for resource in own)

    @property
    def has_separate_tags(self) -> bool:
        """Whether ``aws_dynamodb_tag`` resources tag it, or may."""
        return "aws_dynamodb_tag" in self.related or "aws_dynamodb_tag" in self.related_open

    @property
    def witnesses(self) -> int:
        """Witness Regions of a strongly consistent global table (provider 6)."""
        return len(self.body.blocks_of("global_table_witness"))

    @property
    def replicas_open(self) -> Unknown | None:
        """Why there may be more or fewer replicas than these."""
        return self.body.openness("replica") or self.related_open.get(REPLICA_RESOURCE)

    @cached_property
    def consumers(self) -> tuple[StreamConsumer, ...]:
        """What reads its stream."""
        kinds = ("aws_lambda_event_source_mapping", "aws_pipes_pipe")
        return tuple(StreamConsumer(resource, self) for kind in kinds for resource in self.related.get(kind, ()))

    @cached_property
    def tags(self) -> Tags:
        """Effective tags."""
        return Tags(self.resource, self.related.get("aws_dynamodb_tag", ()))

    @property
    def title(self) -> str:
        """The table for a message: ``table "orders"``, or its address where the name is not to be told."""
        match self.name.state:
            case Known(name) if not (self.name.value and self.name.value.sensitive):
                return f"table {quoted(name)}"
            case _:
                return f"table {self.address}"

    def leaves_alone(self, argument: str) -> bool:
        """Whether Terraform ignores all changes of an argument; also where no source says so."""
        return self.resource.lifecycle is None or self.resource.lifecycle.covers(argument)

    def declaration_fix(self, key: Field[str]) -> Fix | None:
        """The unsafe fix that declares a key as text; none where its name is not known, or to be corrected instead."""
        if (
            not isinstance(key.state, Known)
            or key.is_sensitive
            or self.declarations.near(key) is not None
            or "attribute" in self.body.dynamic
        ):
            return None
        name = f"    name = {quoted(key.state.value)}"
        edits = self.appended("  attribute {", name, '    type = "S"', "  }")
        return Fix(f"declare {quoted(key.state.value)}, taking it to be text", edits, safe=False) if edits else None

    def appended(self, *lines: str) -> tuple[Edit, ...]:
        """The edit that adds lines at the end of the resource; none where that is not safe."""
        return reading.appended(self.resource, *lines)
