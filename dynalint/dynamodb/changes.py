"""What happens to tables: from a plan, or from the difference between two texts of a configuration.

Which changes replace, update in place or do nothing at all is the provider's:
https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/dynamodb/table.go. A plan says so itself;
of two texts it has to be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from typing import TypeVar

from dynalint.dynamodb import reading
from dynalint.dynamodb.attributes import KeyAttribute
from dynalint.dynamodb.creation import RESTORE_ARGUMENTS
from dynalint.dynamodb.differences import (
    block_names,
    by_name,
    differs,
    kept_indexes,
    key_names,
    known,
    projecting,
    rebuilding,
)
from dynalint.dynamodb.directory import TABLE_TYPE
from dynalint.dynamodb.disabling import disabling_fix
from dynalint.dynamodb.fields import Absent, Field, Known
from dynalint.dynamodb.indexes import Index
from dynalint.dynamodb.settings import REPLICA_RESOURCE, Replica
from dynalint.dynamodb.table import Table
from dynalint.evaluation.resources import Change, EvaluatedBlock, Resource
from dynalint.evaluation.versions import Version
from dynalint.findings import Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

T = TypeVar("T")

DAX_CLUSTER = "aws_dax_cluster"
CHANGING = frozenset({TABLE_TYPE, REPLICA_RESOURCE, DAX_CLUSTER})

_REPLACING = {
    TABLE_TYPE: (
        "name",
        "hash_key",
        "range_key",
        *RESTORE_ARGUMENTS,
        "restore_date_time",
        "restore_to_latest_time",
    ),
    REPLICA_RESOURCE: ("global_table_arn", "kms_key_arn", "table_class_override"),
    DAX_CLUSTER: (
        "cluster_name",
        "node_type",
        "iam_role_arn",
        "subnet_group_name",
        "cluster_endpoint_encryption_type",
    ),
}
"""Arguments whose change replaces the resource, by its type."""


_COMPUTED_INDEXES = Version(6)
"""Since when nested global indexes are optional and computed."""


@dataclass(frozen=True, eq=False)
class ResourceChange:
    """What happens to a table, a replica resource or a DAX cluster."""

    change: Change

    @property
    def address(self) -> str:
        """Terraform's address."""
        return self.change.address

    @property
    def at(self) -> Span:
        """Where the resource is written, or what is left of that."""
        return self.change.span

    @cached_property
    def resource(self) -> Resource:
        """The resource in the source; a bare one for what is gone from there."""
        change = self.change
        return change.resource or Resource(
            address=change.address,
            mode="managed",
            type=change.type,
            name=change.name,
            body=change.after or change.before or EvaluatedBlock(change.type, change.span, {}, {}),
            span=change.span,
            header=change.span,
            module=change.span.path.rpartition("/")[0],
        )

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.change.type == TABLE_TYPE

    @property
    def is_replica(self) -> bool:
        """Whether it is a replica resource."""
        return self.change.type == REPLICA_RESOURCE

    @property
    def will(self) -> str:
        """``will`` for what a plan says, ``would`` for what the text makes likely."""
        return "will" if self.planned else "would"

    @property
    def rescue(self) -> str:
        """What stands between the change and the loss of data, for a message; empty where nothing is known of it."""
        if not self.is_table:
            return ""
        was = Table(self._with(self.change.before or self.resource.body))
        lifecycle = self.change.former.lifecycle if self.change.former else self.resource.lifecycle
        if lifecycle is not None and lifecycle.prevents_destroy and not self.is_deleted:
            return "; prevent_destroy makes terraform plan refuse it"
        if was.deletion_protection.state == Known(True):
            return "; apply stops at its deletion protection, and switching that off in the same apply does not help"
        if was.point_in_time_recovery.enabled.state == Known(True):
            return "; point-in-time recovery can bring it back, as another table"
        return "; nothing on it prevents that or brings its items back"

    @property
    def planned(self) -> bool:
        """Whether a plan says so, and not only the text."""
        return self.change.planned

    @property
    def title(self) -> str:
        """The thing for a message: ``table "orders"``, or its address."""
        if self.is_table:
            return Table(self._with(self.change.before or self.resource.body)).title
        return self.address

    @property
    def is_deleted(self) -> bool:
        """Whether it goes for good."""
        return self.change.actions == ("delete",)

    @property
    def is_replaced(self) -> bool:
        """Whether it is deleted and made anew. Raises Undecided where two texts do not tell."""
        return {"delete", "create"} <= set(self.change.actions) if self.planned else any(self.replacing)

    @cached_property
    def replacing(self) -> tuple[Field[str], ...]:
        """The arguments that force a replacement, as they are after it."""
        return tuple(self._planned_paths()) if self.planned else tuple(self._changed_paths())

    def field(self, body: EvaluatedBlock, argument: str) -> Field[str]:
        """An argument before or after; one that is not written stands where the resource does."""
        return reading.field(body, argument, reading.name, at=self.at)

    def _planned_paths(self) -> Iterator[Field[str]]:
        written = self.resource.body
        for path in dict.fromkeys(path.partition(".")[0] for path in self.change.replace_paths):
            argument = written.arguments.get(path)
            block = next(iter(written.blocks_of(path)), None)
            at = argument.span if argument else block.span if block else self.at
            yield Field(Absent(), at, path)

    def _changed_paths(self) -> list[Field[str]]:
        """What surely changes. Raises Undecided where nothing does and something may: one cause is enough."""
        before, after = self.change.before, self.change.after
        if before is None or after is None or self.change.actions != ("update",):
            return []
        causes = [partial(self._changed, argument) for argument in _REPLACING.get(self.change.type, ())]
        found: list[Field[str]] = []
        doubts: list[Undecided] = []
        for cause in (*causes, *((self._changed_sets,) if self.is_table else ())):
            try:
                found.extend(cause(before, after))
            except Undecided as because:
                doubts.append(because)
        if doubts and not found:
            raise doubts[0]
        return found

    def _changed(self, argument: str, before: EvaluatedBlock, after: EvaluatedBlock) -> Iterator[Field[str]]:
        new = self.field(after, argument)
        # Only taking the source of a restore away leaves the table alone.
        if argument in RESTORE_ARGUMENTS and not new.is_set:
            return
        if not self.ignores(argument) and differs(self.field(before, argument), new):
            yield new

    def _changed_sets(self, before: EvaluatedBlock, after: EvaluatedBlock) -> Iterator[Field[str]]:
        """Of a table, what is replaced as a whole: local indexes by their names, and the import."""
        for block in ("local_secondary_index", "import_table"):
            for doubt in (before.openness(block), after.openness(block)):
                if doubt is not None:
                    raise Undecided(doubt.reason, doubt.hint, self.at)
        local = after.blocks_of("local_secondary_index")
        if block_names(before.blocks_of("local_secondary_index"), self.at) != block_names(local, self.at):
            yield Field(Absent(), local[0].span if local else self.at, "local_secondary_index")
        made = after.blocks_of("import_table")
        if bool(made) != bool(before.blocks_of("import_table")):
            yield Field(Absent(), made[0].span if made else self.at, "import_table")

    def ignores(self, argument: str) -> bool:
        """Whether ``ignore_changes`` covers an argument or block."""
        lifecycle = self.resource.lifecycle
        return lifecycle is not None and lifecycle.covers(argument)

    def _with(self, body: EvaluatedBlock) -> Resource:
        return replace(self.resource, body=body)


@dataclass(frozen=True, eq=False)
class TableChange(ResourceChange):
    """What happens to a table that is there before and after."""

    @cached_property
    def before(self) -> Table:
        """The table as it is, or as it was written."""
        return Table(self._with(self.change.before or self.resource.body))

    @cached_property
    def after(self) -> Table:
        """The table as it will be, or as it is written."""
        return Table(self._with(self.change.after or self.resource.body))

    @cached_property
    def written(self) -> Table:
        """The table as the configuration has it, which the provider may ignore."""
        return Table(self.resource)

    @property
    def stays(self) -> bool:
        """Whether it is changed in place, or not at all. Raises Undecided where two texts do not tell."""
        return not self.is_replaced

    @staticmethod
    def changes(before: Field[T], after: Field[T]) -> bool:
        """Whether an argument differs. Raises Undecided where that is unknown."""
        return differs(before, after)

    def turns(self, before: Field[bool], after: Field[bool]) -> bool:
        """Whether something that is on goes off. Raises Undecided where it may."""
        return before.state == Known(True) and after.known is not True and self.stays

    @property
    def gives_up_prevent_destroy(self) -> bool:
        """Whether the earlier text refuses to delete the table, and the later does not."""
        former, now = self.change.former, self.resource.lifecycle
        was = former.lifecycle if former else None
        return was is not None and was.prevents_destroy and not (now and now.prevents_destroy)

    def drops(self, section: str) -> bool:
        """Whether a block that switches something on is not written any more, and ``ignore_changes`` is no matter."""
        before = reading.Section(self.before.resource, section)
        if before.block is None or not before.block.certain or self.ignores(section):
            return False
        enabled = before.read("enabled", reading.flag)
        switched_on = enabled.state == Known(True) or not enabled.is_set
        return switched_on and not reading.Section(self.written.resource, section).present

    def disabling_fix(self, section: str) -> Fix | None:
        """Write a block that is gone so that it switches off what it set."""
        return disabling_fix(self.before, self.written, section)

    def drops_argument(self, argument: str) -> bool:
        """Whether an argument is not written any more."""
        was = self.field(self.before.body, argument)
        return isinstance(was.state, Known) and not self.field(self.written.body, argument).is_set

    @property
    def drops_all_indexes(self) -> bool:
        """Whether the last nested global index goes where provider 6 leaves it. Raises Undecided where that is open."""
        if not by_name(self.before, local=False) or any(by_name(self.written, local=False)):
            return False
        body = self.written.body
        if (doubt := body.openness("global_secondary_index")) is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        if body.blocks_of("global_secondary_index"):
            return False
        left_alone = self.resource.releases.since(_COMPUTED_INDEXES)
        if left_alone is None:
            raise Undecided("the release of the provider is not known", "say it in required_providers", self.at)
        return left_alone

    @property
    def retyped_keys(self) -> Iterator[tuple[KeyAttribute, KeyAttribute]]:
        """The attributes that stay keys and are written with another type: as they are, and as they are written.

        A key of an index that is made anew counts as new.
        """
        old = {known(attribute.name): attribute for attribute in self.before.attributes}
        kept = self._kept_keys
        for attribute in self.written.attributes:
            name = known(attribute.name)
            if name in kept and name in old and differs(old[name].type, attribute.type):
                yield old[name], attribute

    @cached_property
    def _kept_keys(self) -> frozenset[str]:
        own = key_names((self.before.hash_key, self.before.range_key))
        kept = own & key_names((self.written.hash_key, self.written.range_key))
        for local in (False, True):
            for old, new in kept_indexes(self.before, self.written, local=local):
                if local or not any(rebuilding(old, new)):
                    kept |= key_names(old.keys) & key_names(new.keys)
        return kept

    @property
    def rebuilt_indexes(self) -> Iterator[tuple[Index, Index, str]]:
        """The global indexes that are deleted and made anew: before, after, and what of each changes."""
        for old, new in kept_indexes(self.before, self.after, local=False):
            if changed := list(rebuilding(old, new)):
                yield old, new, f"{' and '.join(changed)} change{'s' if changed == ['its projection'] else ''}"
        was, now = by_name(self.before, local=False), by_name(self.after, local=False)
        gone = [index for name, index in was.items() if name not in now]
        for index in (index for name, index in now.items() if name not in was):
            former = next((item for item in gone if not any(rebuilding(item, index))), None)
            if former is not None:
                gone.remove(former)
                yield former, index, f"its name becomes {index.name.shown}"

    @property
    def frozen_indexes(self) -> Iterator[tuple[Index, str]]:
        """The local indexes that are written otherwise than they are, with what of each changes."""
        for old, new in kept_indexes(self.before, self.written, local=True):
            changed = list(projecting(old, new))
            if differs(old.range_key, new.range_key):
                changed.append("its sort key")
            if changed:
                one = len(changed) == 1 and not changed[0].endswith("s")
                yield new, f"{' and '.join(changed)} change{'s' if one else ''}"

    def place_of(self, index: Index) -> Span:
        """Where an index of that name is written, else where the table is."""
        found = (item for item in self.written.indexes if item.name.state == index.name.state)
        return next((item.at for item in found), self.at)

    @property
    def lost_replicas(self) -> Iterator[tuple[Replica, Replica | None]]:
        """The nested replicas that go, and those that are made anew under another key, with what comes instead."""
        now = {known(replica.region_name): replica for replica in self._nested(self.after)}
        for replica in self._nested(self.before):
            written = now.get(known(replica.region_name))
            if written is None:
                doubt = self.after.body.openness("replica")
                if doubt is not None or "" in now:
                    raise Undecided(doubt.reason if doubt else "the Region of a replica is not known", "", self.at)
                yield replica, None
            elif differs(replica.kms_key_arn, written.kms_key_arn):
                yield replica, written

    def written_replica(self, replica: Replica) -> Span | None:
        """Where the replica of that Region is written; None where it is not."""
        own = self._nested(self.written)
        return next((item.at for item in own if item.region_name.state == replica.region_name.state), None)

    @staticmethod
    def _nested(table: Table) -> Iterator[Replica]:
        return (replica for replica in table.replicas if not replica.standalone)


def changes_of(changes: Iterable[Change]) -> Iterator[ResourceChange]:
    """The changes that rules visit: of each resource, and of each table that is there before and after."""
    for change in changes:
        if change.type in CHANGING:
            yield ResourceChange(change)
            if change.type == TABLE_TYPE and change.before is not None and change.after is not None:
                yield TableChange(change)
