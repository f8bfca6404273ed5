"""What differs between two states of an argument, or of an index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known
from dynalint.dynamodb.indexes import Index
from dynalint.dynamodb.table import Table
from dynalint.evaluation.resources import EvaluatedBlock
from dynalint.evaluation.values import Unknown
from dynalint.findings import Undecided
from dynalint.syntax.source import Span

T = TypeVar("T")


def differs(before: Field[T], after: Field[T]) -> bool:
    """Whether two texts say different things. Raises Undecided where one is unknown and the other not the same."""
    match before.state, after.state:
        case Unknown(), Unknown() if before.identity and before.identity == after.identity:
            return False
        case Unknown(reason=reason, hint=hint), _:
            raise Undecided(f"before, {reason}", hint, after.at)
        case _, Unknown(reason=reason, hint=hint):
            raise Undecided(reason, hint, after.at)
        case one, other:
            return one != other


def kept_indexes(before: Table, now: Table, *, local: bool) -> Iterator[tuple[Index, Index]]:
    """The nested indexes of one kind that keep their names, before and now."""
    old = by_name(before, local=local)
    for name, index in by_name(now, local=local).items():
        if name in old:
            yield old[name], index


def rebuilding(old: Index, new: Index) -> Iterator[str]:
    """What of a global index changes so that it has to be made anew. Raises Undecided where that is unknown."""
    before, after = list(old.keys), list(new.keys)
    if len(before) != len(after) or any(differs(*pair) for pair in zip(before, after, strict=True)):
        yield "its keys"
    yield from projecting(old, new)


def projecting(old: Index, new: Index) -> Iterator[str]:
    """What of an index's projection changes. Raises Undecided where that is unknown."""
    if differs(old.projection_type, new.projection_type):
        yield "its projection"
    elif _texts(old.non_key_attributes, new.at) != _texts(new.non_key_attributes, new.at):
        yield "its projected attributes"


def known(field: Field[str]) -> str:
    """The text of a field, empty where it is not known or absent."""
    return field.state.value if isinstance(field.state, Known) else ""


def by_name(table: Table, *, local: bool) -> dict[str, Index]:
    """The nested indexes of one kind whose names are known."""
    own = (index for index in table.indexes if index.is_global is not local and not index.standalone)
    return {name: index for index in own if (name := known(index.name))}


def key_names(fields: Iterable[Field[str]]) -> frozenset[str]:
    """The names that are known among the fields."""
    return frozenset(map(known, fields)) - {""}


def _texts(field: Field[tuple[str, ...]], at: Span) -> frozenset[str]:
    """The members of a list, in no order. Raises Undecided, at a place of the later text, where they are unknown."""
    match field.state:
        case Known(names):
            return frozenset(names)
        case Unknown(reason=reason, hint=hint):
            raise Undecided(reason, hint, at)
        case _:
            return frozenset()


def block_names(blocks: Iterable[EvaluatedBlock], at: Span) -> frozenset[str]:
    """The names of nested blocks. Raises Undecided, at a place of the later text, where one is unknown."""
    fields = [reading.field(block, "name", reading.name) for block in blocks]
    for state in (field.state for field in fields):
        if isinstance(state, Unknown):
            raise Undecided(state.reason, state.hint, at)
    return key_names(fields)
