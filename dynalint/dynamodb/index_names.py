"""Indexes named from elsewhere: by auto scaling, by contributor insights."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known, quoted
from dynalint.dynamodb.pieces import key_of, pieces_of
from dynalint.dynamodb.scaling import name_key
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown
from dynalint.findings import Edit, Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.table import Table

INSIGHTS_RESOURCE = "aws_dynamodb_contributor_insights"


@dataclass(frozen=True, eq=False)
class NamedIndex:
    """The place where a resource names an index of ``table``. ``key`` is what equals its name."""

    resource: Resource
    table: Table
    field: Field[str]
    key: tuple[str, ...]

    @property
    def address(self) -> str:
        """Terraform's address of the resource that names it."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Where it is named."""
        return self.field.at

    @property
    def whose(self) -> str:
        """The table for a message."""
        return self.table.title

    @property
    def name(self) -> str | None:
        """The name where it is known as a whole."""
        known = self.field.state.value if isinstance(self.field.state, Known) else None
        return known.rpartition("/index/")[2] if known else None

    @property
    def shown(self) -> str:
        """The name for a message."""
        return quoted(self.name) if self.name and not self.field.is_sensitive else "of this name"

    @property
    def exists(self) -> bool:
        """Whether the table has the index. Raises Undecided where that is not known."""
        if any(name_key(index) == self.key for index in self.table.indexes):
            return True
        unknown = (index.name.state for index in self.table.indexes if isinstance(index.name.state, Unknown))
        doubt = self.table.indexes_open or next(unknown, None)
        if doubt is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return False

    @property
    def near(self) -> str | None:
        """An index of the table with a near name."""
        names = [
            index.name.state.value
            for index in self.table.indexes
            if isinstance(index.name.state, Known) and not index.name.is_sensitive
        ]
        return (
            next(iter(get_close_matches(self.name, names, n=1)), None)
            if self.name and not self.field.is_sensitive
            else None
        )

    @property
    def fix(self) -> Fix | None:
        """Write the near name, where the name stands alone as a literal."""
        literal = self.field.literal
        if literal is None or self.near is None or self.name != self.field.known:
            return None
        return Fix(f"name {self.near}", (Edit(literal, quoted(self.near)),), safe=False)


def named_indexes(table: Table) -> Iterator[NamedIndex]:
    """Where auto scaling and contributor insights name an index of a table."""
    for part in table.scaling.parts:
        if part.index_key:
            yield NamedIndex(part.resource, table, part.resource_id, part.index_key)
    for resource in table.related.get(INSIGHTS_RESOURCE, ()):
        field = reading.field(resource.body, "index_name", reading.name, at=resource.header)
        key = key_of(pieces_of(field.value)) if field.value is not None and field.is_set else None
        if key:
            yield NamedIndex(resource, table, field, key)
