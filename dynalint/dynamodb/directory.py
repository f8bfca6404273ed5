"""Which table a value names: by reference, by name, by ARN, or by a text that holds one of these."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from dynalint.dynamodb.pieces import Pieces, cut, joined, key_of, pieces_of
from dynalint.dynamodb.regions import home
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value, attribute_identity, identity_of
from dynalint.records import dataclass

TABLE_TYPE = "aws_dynamodb_table"

_NAME_IN_TEXT = re.compile(r"(?:^|:)table/([^/*?]+)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A table named somewhere: its address, and which of its attributes names it (``arn``, ``name``)."""

    address: str
    attribute: str


class TableDirectory:
    """The tables of a configuration, data sources for tables of others included, by everything that names them.

    Of several tables with one name, in different accounts or Regions, the first stands for all.
    """

    def __init__(self, resources: Iterable[Resource]) -> None:
        self._by_identity: dict[str, Reference] = {}
        self._by_name: dict[tuple[str, ...], list[Resource]] = defaultdict(list)
        self._arns: set[str] = set()
        self._foreign_arns: set[str] = set()
        for resource in resources:
            arn = attribute_identity(resource.address, "arn")
            self._arns.add(arn)
            if resource.type.startswith("aws_") and not resource.type.startswith("aws_dynamodb_"):
                self._foreign_arns |= {arn, identity_of("convert", repr(STRING), arn)}
            if resource.type == TABLE_TYPE:
                self._enter(resource)

    def is_arn(self, unknown: Unknown) -> bool:
        """Whether an unknown is the ARN of a resource of this configuration."""
        return unknown.identity in self._arns

    def is_foreign(self, unknown: Unknown) -> bool:
        """Whether an unknown is the ARN of a resource of this configuration that another service than DynamoDB has."""
        return unknown.identity in self._foreign_arns

    def _enter(self, table: Resource) -> None:
        for attribute in ("arn", "id", "name", "stream_arn"):
            identity = attribute_identity(table.address, attribute)
            reference = Reference(table.address, "name" if attribute == "id" else attribute)
            self._by_identity[identity] = reference
            self._by_identity[identity_of("convert", repr(STRING), identity)] = reference
        name = table.body.value("name")
        key = key_of(pieces_of(name)) if name is not None else None
        if key:
            self._by_name[key].append(table)

    def of_unknown(self, unknown: Unknown) -> Reference | None:
        """The table whose attribute the unknown is."""
        return self._by_identity.get(unknown.identity) if unknown.identity else None

    def named(self, name: Pieces) -> str | None:
        """Address of the table of that name, known or made of equal parts."""
        match name:
            case (Unknown() as lone,) if reference := self.of_unknown(lone):
                return reference.address if reference.attribute == "name" else None
        return next((table.address for table in self._all_named(name)), None)

    def find(self, value: Value) -> str | None:
        """Address of the table that a value names: a name, an ARN or what begins with one, ``table/NAME/…``."""
        pieces = pieces_of(value)
        reference = self._referred(pieces)
        return reference.address if reference else self.named(_name_in(pieces))

    def tables_of(self, resource: Resource, value: Value) -> list[str]:
        """Addresses of the tables that a value in ``resource`` names.

        Of several tables with one name those that share its provider are meant, or all where none does.
        """
        pieces = pieces_of(value)
        reference = self._referred(pieces) or self._referred(_name_in(pieces))
        if reference:
            return [reference.address]
        named = self._all_named(_name_in(pieces))
        near = [table.address for table in named if home(table) == home(resource)]
        return near or [table.address for table in named]

    def _referred(self, pieces: Pieces) -> Reference | None:
        return self.of_unknown(pieces[0]) if pieces and isinstance(pieces[0], Unknown) else None

    def _all_named(self, name: Pieces) -> Sequence[Resource]:
        key = key_of(name)
        return self._by_name.get(key, ()) if key else ()


def _name_in(pieces: Pieces) -> Pieces:
    found = _NAME_IN_TEXT.search(joined(pieces))
    return cut(pieces, *found.span(1)) if found else pieces
