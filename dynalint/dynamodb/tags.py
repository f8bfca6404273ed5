"""Effective tags: what a resource is tagged with once the provider's ``default_tags`` are merged in.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Absent, Field, Known, State
from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown, Value
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

TAGGED_TYPES = {
    "aws_dynamodb_table": "table",
    "aws_dynamodb_table_replica": "table replica",
    "aws_dax_cluster": "DAX cluster",
}
"""What this project's tag rules look at, and what to call it."""

RESERVED_PREFIX = "aws:"
"""AWS keeps such keys for itself; the provider drops them from every request."""


@dataclass(frozen=True, eq=False)
class Tags:
    """The tags of one resource. ``extra`` are the ``aws_dynamodb_tag`` resources that add one each."""

    resource: Resource
    extra: tuple[Resource, ...] = ()

    @property
    def address(self) -> str:
        """Address of the tagged resource."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """The ``tags`` argument, or the resource's header."""
        return self.own.at

    @property
    def title(self) -> str:
        """What is tagged, for a message: ``table "orders"``."""
        kind = TAGGED_TYPES[self.resource.type]
        name = reading.field(self.resource.body, "cluster_name" if kind == "DAX cluster" else "name", reading.name)
        known = isinstance(name.state, Known) and not (name.value and name.value.sensitive)
        return f"{kind} {name.shown if known else self.address}"

    @property
    def own(self) -> Field[Mapping[str, Value]]:
        """The ``tags`` argument."""
        return reading.field(self.resource.body, "tags", _mapping, at=self.resource.header)

    @property
    def effective(self) -> Mapping[str, Value]:
        """Tag keys that are certain to be set, each with its value, which may be unknown."""
        found: dict[str, Value] = {}
        for source in self._sources():
            if isinstance(source.data, Mapping):
                found |= {key: value for key, value in source.data.items() if not key.startswith(RESERVED_PREFIX)}
        for tag in self.extra:
            key = reading.field(tag.body, "key", reading.name).state
            value = tag.body.value("value")
            if isinstance(key, Known) and value is not None:
                found[key.value] = value
        return {key: value for key, value in found.items() if not value.is_null}

    @property
    def reserved(self) -> tuple[str, ...]:
        """Keys that AWS keeps for itself, which are dropped from every request."""
        maps = (source.data for source in self._sources() if isinstance(source.data, Mapping))
        return tuple(key for keys in maps for key in keys if key.startswith(RESERVED_PREFIX))

    def place_of(self, key: str) -> Field[Mapping[str, Value]] | Span:
        """The value of a tag, where it is written in ``tags`` or ``default_tags``; else the ``tags`` argument."""
        for source in self._sources():
            value = source.data.get(key) if isinstance(source.data, Mapping) else None
            trace = value.trace if value is not None else None
            if (
                trace is not None
                and not trace.text
                and source.trace is not None
                and _holds(source.trace.span, trace.span)
            ):
                return trace.span
        return self.own

    @property
    def doubt(self) -> Unknown | None:
        """Why there may be more tags than :attr:`effective`; None where these are all."""
        for source in self._sources():
            if isinstance(source.data, Unknown):
                return source.data
        if self.resource.blind is not None:
            return Unknown(f"{self.resource.blind}, and it may set tags")
        return None

    @property
    def some(self) -> bool:
        """Whether the resource has any tag. Raises Undecided where that is not certain."""
        if self.effective or any(_certainly_filled(source) for source in self._sources()) or self.extra:
            return True
        if (doubt := self.doubt) is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return False

    def _sources(self) -> Iterator[Value]:
        """The maps that are merged, later ones winning. A plan has already merged them."""
        body = self.resource.body
        if (planned := body.value("tags_all")) is not None:
            yield planned
            return
        provider = self.resource.provider
        if provider is not None and provider.default_tags is not None:
            yield provider.default_tags
        if (own := body.value("tags")) is not None:
            yield own


def tags_of(resource: Resource, extra: tuple[Resource, ...] = ()) -> Tags | None:
    """The tags of a resource, None for a type that this project does not ask for tags."""
    return Tags(resource, extra) if resource.type in TAGGED_TYPES else None


def _mapping(value: Value) -> State[Mapping[str, Value]]:
    match value.data:
        case Unknown() as because:
            return because
        case Mapping() as items:
            return Known(items)
        case _:
            return Absent()


def _holds(outer: Span, inner: Span) -> bool:
    return outer.path == inner.path and outer.start <= inner.start and inner.end <= outer.end


def _certainly_filled(value: Value) -> bool:
    return isinstance(value.data, Unknown) and value.data.shortest > 0
