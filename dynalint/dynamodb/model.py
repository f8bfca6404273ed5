"""The DynamoDB of one root module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

from dynalint.dynamodb.alarms import ALARM, watched_tables
from dynalint.dynamodb.attributes import index_attributes
from dynalint.dynamodb.backups import backups_of
from dynalint.dynamodb.changes import changes_of
from dynalint.dynamodb.dax import DAX_TYPE, DaxCluster
from dynalint.dynamodb.dax_roles import dax_roles
from dynalint.dynamodb.directory import TABLE_TYPE, TableDirectory
from dynalint.dynamodb.endpoints import endpoints_of
from dynalint.dynamodb.grants import Grant
from dynalint.dynamodb.index_names import named_indexes
from dynalint.dynamodb.indexes import INDEX_RESOURCE, Index, IndexKind
from dynalint.dynamodb.items import ITEM_RESOURCE, TableItem
from dynalint.dynamodb.pieces import key_of, pieces_of
from dynalint.dynamodb.policy import Policy, read_policies
from dynalint.dynamodb.principals import Principal, attachments_of
from dynalint.dynamodb.reach import includes
from dynalint.dynamodb.regions import home
from dynalint.dynamodb.satellites import LEGACY_GLOBAL_TABLE, SATELLITES, TABLE_ARGUMENTS, NameClash, TableName
from dynalint.dynamodb.scaling import POLICY, TARGET, AutoScaling, concerns_dynamodb
from dynalint.dynamodb.schema_blocks import schema_blocks
from dynalint.dynamodb.security_groups import openings
from dynalint.dynamodb.settings import REPLICA_RESOURCE, Replica
from dynalint.dynamodb.table import KEY_ALIAS, Table
from dynalint.dynamodb.tags import tags_of
from dynalint.evaluation.resources import Resource, RootModule
from dynalint.evaluation.values import Unknown, Value, attribute_identity
from dynalint.records import dataclass

T = TypeVar("T")

_KEY = "aws_kms_key"
_KEY_NAMES = ("arn", "id", "key_id")
"""The attributes by which a table or a policy names a key."""
PARTS = {**SATELLITES, ITEM_RESOURCE: TableItem}
"""What rules visit of resources that name a table."""


@dataclass(frozen=True, eq=False)
class Model:
    """What rules see of a root module.

    ``latent_tables`` are the tables of branches that no input takes today.
    """

    root: RootModule
    tables: tuple[Table, ...]
    latent_tables: tuple[Table, ...]
    policies: tuple[Policy, ...]
    directory: TableDirectory

    def subjects(self, kind: type[T]) -> Iterator[T]:
        """Everything of one kind that rules visit, in the order of the resources."""
        return (subject for subject in self._subjects.get(kind, ()) if isinstance(subject, kind))

    def latent(self, kind: type[T]) -> Iterator[T]:
        """The same in the branches that no input takes today."""
        return (subject for subject in self._latent_subjects.get(kind, ()) if isinstance(subject, kind))

    def unmade(self, kind: type[T]) -> Iterator[T]:
        """The same where ``count`` or ``for_each`` makes nothing."""
        return (subject for subject in self._unmade_subjects.get(kind, ()) if isinstance(subject, kind))

    def grants(self, action: str) -> Iterator[Grant]:
        """Every grant of an action that an identity policy makes. Raises Undecided at a policy that cannot be read."""
        for policy in self.policies:
            for statement in policy.statements:
                yield from statement.grants(action)

    def holders(self, action: str, table: Table) -> Iterator[tuple[Principal, Grant]]:
        """Who may do ``action`` on ``table`` or something below it, and by which grant.

        Policies that nobody has are left out, and so are grants whose resource cannot be told. Raises Undecided as
        :meth:`grants` does.
        """
        for grant in self.grants(action):
            if includes(grant.reach, table.address, table.name):
                yield from ((holder, grant) for holder in grant.statement.policy.principals)

    @cached_property
    def _subjects(self) -> Mapping[type, tuple[object, ...]]:
        policies = (part for policy in self.policies for part in (policy, *policy.statements))
        endpoints = endpoints_of(self.root.resources, self.policies)
        lone = (*_lone_subjects(self.root.resources, self.tables), *endpoints)
        root = self.root
        attached, changed = attachments_of(root.resources), changes_of(root.changes)
        backups = backups_of(root.resources, self.tables, self.directory)
        roles = dax_roles(root.resources, self.policies)
        others = (*schema_blocks(root.resources), *policies, *attached, *changed, *backups, *roles)
        return _by_type([*_table_subjects(self.tables), *_clashes(self.tables), *lone, *others])

    @cached_property
    def _latent_subjects(self) -> Mapping[type, tuple[object, ...]]:
        return _by_type([*_table_subjects(self.latent_tables), *_lone_subjects(self.root.latent, self.latent_tables)])

    @cached_property
    def _unmade_subjects(self) -> Mapping[type, tuple[object, ...]]:
        tables = tuple(_tables(self.root.unmade, NOTHING))
        lone = _lone_subjects(self.root.unmade, tables)
        return _by_type([*_table_subjects(tables), *lone, *schema_blocks(self.root.unmade)])


@dataclass(frozen=True, slots=True)
class Relations:
    """Which resources belong to which table: by the table's address, then by their type.

    ``loose`` says, by type, why some resource may belong to any table.
    """

    by_table: Mapping[str, Mapping[str, tuple[Resource, ...]]]
    loose: Mapping[str, Unknown]


NOTHING = Relations({}, {})


def build_model(root: RootModule) -> Model:
    """The model of a root module."""
    directory = TableDirectory(root.resources)
    relations = _relations((*root.resources, *root.latent), directory)
    tables = tuple(_tables(root.resources, relations))
    return Model(
        root,
        tables,
        tuple(_tables(root.latent, relations)),
        read_policies(root, directory, tables),
        directory,
    )


def _tables(resources: Iterable[Resource], relations: Relations) -> Iterator[Table]:
    for resource in resources:
        if resource.mode == "managed" and resource.type == TABLE_TYPE:
            yield Table(resource, relations.by_table.get(resource.address, {}), relations.loose)


def _keys_of_tables(resources: Sequence[Resource]) -> Iterator[tuple[str, Resource]]:
    """Tables with the key, or the alias of one, that encrypts them, and with the key's policy."""
    own = [item for item in resources if item.type == _KEY and item.mode == "managed"]
    keys = {attribute_identity(item.address, name): item for item in own for name in _KEY_NAMES}
    keys |= {attribute_identity(item.address, "arn"): item for item in resources if item.type == KEY_ALIAS}
    policies = {
        value.unknown.identity: item
        for item in resources
        if item.type == "aws_kms_key_policy" and (value := item.body.value("key_id")) is not None and value.unknown
    }
    for table in (item for item in resources if item.type == TABLE_TYPE and item.mode == "managed"):
        for block in table.body.blocks_of("server_side_encryption"):
            value = block.value("kms_key_arn")
            key = keys.get(value.unknown.identity) if value is not None and value.unknown else None
            if key is not None:
                yield table.address, key
                for name in _KEY_NAMES:
                    if policy := policies.get(attribute_identity(key.address, name)):
                        yield table.address, policy


def _relations(resources: Sequence[Resource], directory: TableDirectory) -> Relations:
    """Per table address and resource type, the resources that name the table."""
    found: dict[str, dict[str, list[Resource]]] = defaultdict(lambda: defaultdict(list))
    loose: dict[str, Unknown] = {}
    for resource in resources:
        for value in _naming(resource):
            addresses = directory.tables_of(resource, value)
            for address in addresses:
                found[address][resource.type].append(resource)
            if not addresses and (lost := value.first_unknown()):
                loose.setdefault(resource.type, lost)
    for table, key in _keys_of_tables(resources):
        found[table][key.type].append(key)
    by_table = {address: {kind: tuple(own) for kind, own in kinds.items()} for address, kinds in found.items()}
    return Relations(by_table, loose)


def _naming(resource: Resource) -> Iterator[Value]:
    """The values by which a resource names the tables that it belongs to."""
    if resource.mode != "managed":
        return
    if resource.type == ALARM:
        yield from watched_tables(resource)
    elif resource.type not in (TARGET, POLICY) or concerns_dynamodb(resource):
        argument = TABLE_ARGUMENTS.get(resource.type)
        value = resource.body.value(argument) if argument else None
        yield from (value,) if value is not None else ()


def _table_subjects(tables: Iterable[Table]) -> Iterator[object]:
    """Each table and what belongs to it, each part once."""
    for table in tables:
        yield table
        yield TableName(table.resource, table)
        yield table.tags
        yield from table.attributes
        yield from table.replicas
        for index in table.indexes:
            yield index
            if index.standalone:
                yield from index_attributes(index.resource)
        yield from table.scaling.parts
        yield from named_indexes(table)
        for kind, satellite in PARTS.items():
            yield from (satellite(resource, table) for resource in table.related.get(kind, ()))


def _lone_subjects(resources: Sequence[Resource], tables: Iterable[Table]) -> Iterator[object]:
    """Parts of tables that are not in this configuration, and what is no part of any."""
    owned = {id(resource) for table in tables for group in table.related.values() for resource in group}
    open_groups = openings(resources) if any(item.type == DAX_TYPE for item in resources) else {}
    for resource in resources:
        if resource.mode != "managed":
            continue
        if resource.type != TABLE_TYPE and (tags := tags_of(resource)) is not None:
            yield tags
        if resource.type == LEGACY_GLOBAL_TABLE:
            yield TableName(resource)
        if id(resource) in owned:
            continue
        if resource.type == INDEX_RESOURCE:
            yield Index(IndexKind.GLOBAL, resource, resource.body)
            yield from index_attributes(resource)
        elif resource.type == REPLICA_RESOURCE:
            yield Replica(resource, resource.body)
        elif resource.type == DAX_TYPE:
            yield DaxCluster(resource, _openings=open_groups)
        elif resource.type in (TARGET, POLICY) and concerns_dynamodb(resource):
            yield AutoScaling(resource)
        elif resource.type in PARTS:
            yield PARTS[resource.type](resource)


def _clashes(tables: Iterable[Table]) -> Iterator[NameClash]:
    """Each table with the name, provider and Region of one before it."""
    first: dict[tuple[object, ...], Resource] = {}
    for table in tables:
        name = key_of(pieces_of(table.name.value)) if table.name.value is not None else None
        if name:
            other = first.setdefault((name, home(table.resource)), table.resource)
            if other is not table.resource:
                yield NameClash(table.resource, table, other=other)


def _by_type(subjects: Iterable[object]) -> Mapping[type, tuple[object, ...]]:
    found: dict[type, list[object]] = defaultdict(list)
    for subject in subjects:
        found[type(subject)].append(subject)
    return {kind: tuple(items) for kind, items in found.items()}
