"""Which declared attributes are keys of something, and which are declared twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dynalint.dynamodb import reading
from dynalint.dynamodb.attributes import KeyAttribute, index_attributes
from dynalint.dynamodb.fields import Field, Known, Likeness, equal, likeness
from dynalint.evaluation.values import Unknown
from dynalint.findings import Edit, Fix, Undecided
from dynalint.records import dataclass

if TYPE_CHECKING:
    from dynalint.dynamodb.indexes import Index
    from dynalint.dynamodb.table import Table

TYPES_THAT_STAY = ("S", "N", "B")
"""Of two declarations of one name, the provider's set keeps the one whose type comes first here (provider 5.100)."""


@dataclass(frozen=True, slots=True)
class Unused:
    """An attribute that no key uses. ``switches`` are the inputs that leave out the only indexes that do."""

    attribute: KeyAttribute
    switches: tuple[str, ...] = ()
    only_standalone: bool = False

    @property
    def fix(self) -> Fix | None:
        """Delete the block, where no index is unknown or made by a ``dynamic`` block that may use it."""
        whole = self.attribute.block.whole
        indexes = ("global_secondary_index", "local_secondary_index")
        if whole is None or any(kind in self.attribute.resource.body.dynamic for kind in indexes):
            return None
        return Fix("delete the attribute block", (Edit(whole, ""),))


def unused_attributes(table: Table) -> Iterator[Unused]:
    """The attributes that the provider calls unused. Raises Undecided where a key may yet be one of them.

    Those that are surely meant for a key which is not declared are left out: the rules about such keys name them.
    """
    doubts: list[Unknown] = []
    meant = {table.declarations.near(key) for key in _undeclared(table)}
    own = likenesses((table.hash_key, table.range_key))
    users = _users(table)
    for attribute in table.attributes:
        if not attribute.name.is_set:
            continue  # without a name it is refused anyway
        like = likeness(attribute.name)
        indexes = users.get(like, []) if like else []
        inline = [index for index in indexes if not index.standalone]
        if like in own:
            continue
        if inline:
            if switches := _switches(inline, attribute):
                yield Unused(attribute, switches)
        elif (doubt := _doubt(table, attribute)) is not None:
            doubts.append(doubt)
        elif not (isinstance(attribute.name.state, Known) and attribute.name.state.value in meant):
            yield Unused(attribute, only_standalone=bool(indexes))
    for doubt in doubts:
        raise Undecided(doubt.reason, doubt.hint, table.at)


def likenesses(fields: Iterable[Field[Any]]) -> set[Likeness]:
    """What the fields hold, as far as it equals anything."""
    return {like for field in fields if (like := likeness(field)) is not None}


def _users(table: Table) -> dict[Likeness, list[Index]]:
    """The indexes by what their keys are called."""
    users: dict[Likeness, list[Index]] = {}
    for index in table.indexes:
        for like in likenesses(index.keys):
            users.setdefault(like, []).append(index)
    return users


def _undeclared(table: Table) -> Iterator[Field[str]]:
    """The keys that no attribute declares, a partition key that is not even named among them."""
    declared = likenesses(attribute.name for attribute in table.attributes)
    for key in table.declarations.keys:
        wanted = key.is_set or (key is table.hash_key and not table.is_restored)
        if wanted and likeness(key) not in declared:
            yield key


def _switches(indexes: Iterable[Index], attribute: KeyAttribute) -> tuple[str, ...]:
    """The inputs that can leave out every index that uses an attribute which is always there."""
    conditions = [index.condition for index in indexes]
    if attribute.block.condition is not None or not all(condition and condition.inputs for condition in conditions):
        return ()
    return tuple(sorted(frozenset().union(*(condition.inputs for condition in conditions if condition))))


def _doubt(table: Table, attribute: KeyAttribute) -> Unknown | None:
    """Why an attribute may be a key after all, or may not be there."""
    if isinstance(attribute.name.state, Unknown):
        return attribute.name.state
    if not attribute.block.certain:
        return table.attributes_open or Unknown("whether the attribute is declared is decided at apply")
    if table.indexes_open is not None:
        return table.indexes_open
    return next((key.state for key in table.declarations.keys if isinstance(key.state, Unknown)), None)


@dataclass(frozen=True, slots=True)
class Redeclared:
    """Two declarations of one name: ``attribute`` goes, ``kept`` stays."""

    attribute: KeyAttribute
    kept: KeyAttribute

    @property
    def is_exact(self) -> bool:
        """Whether both have one type, so that nothing is lost."""
        return equal(self.attribute.type, self.kept.type)

    @property
    def fix(self) -> Fix | None:
        """Delete what goes; that is safe only where nothing is lost. None for a ``dynamic`` block."""
        whole = self.attribute.block.whole
        return Fix("delete the second declaration", (Edit(whole, ""),), safe=self.is_exact) if whole else None


def conflicting_attributes(table: Table) -> Iterator[tuple[KeyAttribute, KeyAttribute]]:
    """The keys that index resources type otherwise than the table or another index does, with the other."""
    seen: dict[Likeness, list[KeyAttribute]] = {}
    for attribute in table.attributes:
        if like := likeness(attribute.name):
            seen.setdefault(like, []).append(attribute)
    for index in table.indexes:
        for attribute in index_attributes(index.resource) if index.standalone else ():
            if like := likeness(attribute.name):
                others = seen.setdefault(like, [])
                other = next((other for other in others if _differ(attribute, other)), None)
                if other:
                    yield attribute, other
                else:
                    others.append(attribute)


def _differ(one: KeyAttribute, other: KeyAttribute) -> bool:
    return (
        isinstance(one.type.state, Known) and isinstance(other.type.state, Known) and one.type.state != other.type.state
    )


def redeclared_attributes(table: Table) -> Iterator[Redeclared]:
    """For each name that is declared more than once, the declarations that go."""
    seen: dict[Likeness, KeyAttribute] = {}
    for attribute in table.attributes:
        like = likeness(attribute.name)
        if like is None:
            continue
        kept = seen.setdefault(like, attribute)
        if kept is attribute:
            continue
        if _rank(attribute) < _rank(kept):
            seen[like] = attribute
            yield Redeclared(kept, attribute)
        else:
            yield Redeclared(attribute, kept)


def _rank(attribute: KeyAttribute) -> int:
    state = attribute.type.state
    known = state.value if isinstance(state, Known) else ""
    return TYPES_THAT_STAY.index(known) if known in TYPES_THAT_STAY else len(TYPES_THAT_STAY)


def attribute_names(table: Table) -> Iterator[Field[str]]:
    """Every name of a key or projected attribute as it is written; ``""`` too."""
    for attribute in table.attributes:
        argument = attribute.block.arguments.get("name")
        if argument is not None:
            yield replace(attribute.name, state=reading.text(argument.value))
    for index in table.indexes:
        yield from index.projected_names


def planned_fields(table: Table) -> Iterator[Field[Any]]:
    """What provider 5 needs to know while it plans: keys, the capacity of a provisioned table, the stream's view."""
    keys = table.declarations.keys
    yield from keys
    used = likenesses(keys)
    yield from (item.name for item in table.attributes if likeness(item.name) not in used)
    if table.billing_mode.state == Known("PROVISIONED"):
        yield from table.capacities
    if table.stream.enabled.state == Known(value=True):
        yield table.stream.view_type
