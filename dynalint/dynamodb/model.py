"""The DynamoDB of one root module."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from dynalint.dynamodb.attributes import index_attributes
from dynalint.dynamodb.directory import TABLE_TYPE, TableDirectory
from dynalint.dynamodb.indexes import INDEX_RESOURCE, Index, IndexKind
from dynalint.dynamodb.policy import Policy, read_policies
from dynalint.dynamodb.principals import Principal
from dynalint.dynamodb.reach import includes
from dynalint.dynamodb.settings import REPLICA_RESOURCE, Replica
from dynalint.dynamodb.statements import Grant
from dynalint.dynamodb.table import Table
from dynalint.dynamodb.tags import tags_of
from dynalint.evaluation.resources import Resource, RootModule

T = TypeVar("T")
Related = Mapping[str, Mapping[str, tuple[Resource, ...]]]

TABLE_ARGUMENTS = {
    "aws_appautoscaling_policy": "resource_id",
    "aws_appautoscaling_target": "resource_id",
    "aws_dynamodb_contributor_insights": "table_name",
    INDEX_RESOURCE: "table_name",
    "aws_dynamodb_kinesis_streaming_destination": "table_name",
    "aws_dynamodb_resource_policy": "resource_arn",
    "aws_dynamodb_table_export": "table_arn",
    "aws_dynamodb_table_item": "table_name",
    REPLICA_RESOURCE: "global_table_arn",
    "aws_dynamodb_tag": "resource_arn",
    "aws_lambda_event_source_mapping": "event_source_arn",
}
"""Resources that belong to a table, and the argument that says to which."""


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
        return _by_type([*_table_subjects(self.tables), *_lone_subjects(self.root.resources, self.tables), *policies])

    @cached_property
    def _latent_subjects(self) -> Mapping[type, tuple[object, ...]]:
        return _by_type([*_table_subjects(self.latent_tables), *_lone_subjects(self.root.latent, self.latent_tables)])

    @cached_property
    def _unmade_subjects(self) -> Mapping[type, tuple[object, ...]]:
        tables = tuple(_tables(self.root.unmade, {}))
        return _by_type([*_table_subjects(tables), *_lone_subjects(self.root.unmade, tables)])


def build_model(root: RootModule) -> Model:
    """The model of a root module."""
    directory = TableDirectory(root.resources)
    related = _related((*root.resources, *root.latent), directory)
    return Model(
        root,
        tuple(_tables(root.resources, related)),
        tuple(_tables(root.latent, related)),
        read_policies(root, directory),
        directory,
    )


def _tables(resources: Iterable[Resource], related: Related) -> Iterator[Table]:
    for resource in resources:
        if resource.mode == "managed" and resource.type == TABLE_TYPE:
            yield Table(resource, related.get(resource.address, {}))


def _related(resources: Iterable[Resource], directory: TableDirectory) -> Related:
    """Per table address and resource type, the resources that name the table."""
    found: dict[str, dict[str, tuple[Resource, ...]]] = defaultdict(dict)
    for resource in resources:
        argument = TABLE_ARGUMENTS.get(resource.type) if resource.mode == "managed" else None
        value = resource.body.value(argument) if argument else None
        address = directory.find(value) if value is not None else None
        if address is not None:
            by_type = found[address]
            by_type[resource.type] = (*by_type.get(resource.type, ()), resource)
    return found


def _table_subjects(tables: Iterable[Table]) -> Iterator[object]:
    """Each table and what belongs to it, each part once."""
    for table in tables:
        yield table
        yield table.tags
        yield from table.attributes
        yield from table.replicas
        for index in table.indexes:
            yield index
            if index.standalone:
                yield from index_attributes(index.resource)


def _lone_subjects(resources: Iterable[Resource], tables: Iterable[Table]) -> Iterator[object]:
    """Parts of tables that are not in this configuration, and what has tags and is no table."""
    owned = {id(resource) for table in tables for group in table.related.values() for resource in group}
    for resource in resources:
        if resource.mode != "managed":
            continue
        if resource.type != TABLE_TYPE and (tags := tags_of(resource)) is not None:
            yield tags
        if id(resource) in owned:
            continue
        if resource.type == INDEX_RESOURCE:
            yield Index(IndexKind.GLOBAL, resource, resource.body)
            yield from index_attributes(resource)
        elif resource.type == REPLICA_RESOURCE:
            yield Replica(resource, resource.body)


def _by_type(subjects: Iterable[object]) -> Mapping[type, tuple[object, ...]]:
    found: dict[type, list[object]] = defaultdict(list)
    for subject in subjects:
        found[type(subject)].append(subject)
    return {kind: tuple(items) for kind, items in found.items()}
