"""Items that Terraform writes into a table: ``aws_dynamodb_table_item``.

https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Field, Known, quoted
from dynalint.dynamodb.policy_text import Malformed, structure
from dynalint.dynamodb.satellites import Satellite
from dynalint.evaluation.types import friendly
from dynalint.evaluation.values import Unknown, Value, value_identity
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

ITEM_RESOURCE = "aws_dynamodb_table_item"
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
MEMBERS = {"SS": "S", "NS": "N", "BS": "B"}
"""Sets, and what they are sets of."""


@dataclass(frozen=True, slots=True)
class ItemFault:
    """What is wrong inside an item, at the value that is wrong or at the whole ``item``."""

    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class TypedValue:
    """One attribute of an item: its descriptor (``S``) and what stands behind it."""

    descriptor: str
    value: Value

    @property
    def empty(self) -> bool:
        """Whether it is text or bytes of no length, which no key may be."""
        return self.descriptor in ("S", "B") and self.value.data == ""

    @property
    def is_no_number(self) -> bool:
        """Whether it calls itself a number and is none."""
        return self.descriptor == "N" and isinstance(self.value.data, str) and not _NUMBER.fullmatch(self.value.data)

    @property
    def identity(self) -> str:
        """Equal, non-empty identities mean equal values."""
        own = value_identity(self.value)
        return f"{self.descriptor}:{own}" if own else ""


@dataclass(frozen=True, eq=False)
class TableItem(Satellite):
    """One ``aws_dynamodb_table_item``."""

    @property
    def table_name(self) -> Field[str]:
        """The table that it is put into."""
        return self.field("table_name", reading.name)

    @property
    def hash_key(self) -> Field[str]:
        """The partition key of the table, as the item has it."""
        return self.field("hash_key", reading.name)

    @property
    def range_key(self) -> Field[str]:
        """The sort key of the table, as the item has it."""
        return self.field("range_key", reading.name)

    @property
    def item(self) -> Field[str]:
        """The text of the item."""
        return self.field("item", reading.text)

    @cached_property
    def content(self) -> Value | Malformed | None:
        """What the text says; None where it is absent. Raises Undecided where it is not known."""
        value = self.item.value
        if value is None or value.is_null or value.data in ("", "null") or not _is_text(value):
            return None
        found = structure(value)
        if isinstance(found, Unknown):
            raise Undecided(found.reason, found.hint, self.item.at)
        return found

    @property
    def faults(self) -> Iterator[ItemFault]:
        """Where the text is no item as the provider reads it."""
        match self.content:
            case None:
                return
            case Malformed(message=message):
                yield ItemFault(f"item is no JSON object of typed attributes: {message}", self.item.at)
            case Value() as item:
                for name, value in _members(item).items():
                    yield from self._typed(value, f"attribute {quoted(name)}")

    def attribute(self, name: str) -> TypedValue | None:
        """The attribute of that name; None where it is missing or malformed."""
        found = _members(self.content).get(name) if isinstance(self.content, Value) else None
        members = _members(found) if found is not None else {}
        return next((TypedValue(descriptor, value) for descriptor, value in members.items()), None)

    @property
    def texts(self) -> Iterator[tuple[str, str]]:
        """Its attributes that are known text, by name."""
        for name in _members(self.content) if isinstance(self.content, Value) else ():
            typed = self.attribute(name)
            if typed and typed.descriptor == "S" and isinstance(typed.value.data, str):
                yield name, typed.value.data

    @property
    def keys(self) -> Iterator[tuple[Field[str], Field[str] | None]]:
        """Each key that the item names, with that of its table; None where the table is not in this configuration."""
        table = self.table
        yield self.hash_key, table.hash_key if table else None
        yield self.range_key, table.range_key if table else None

    def type_of(self, name: str) -> str | None:
        """The type that the table declares for an attribute; None where that is not known."""
        for attribute in self.table.attributes if self.table else ():
            if attribute.name.state == Known(name) and isinstance(attribute.type.state, Known):
                return attribute.type.state.value
        return None

    def key_reference(self, argument: str) -> str:
        """How to refer to a key of the table."""
        return f"{self.table.resource.type}.{self.table.resource.name}.{argument}" if self.table else '"…"'

    def place_of(self, typed: TypedValue) -> Span:
        """Where a value is written: in the item, if it is spelt out there."""
        trace = typed.value.trace
        return trace.span if trace and trace.span.path == self.item.at.path else self.item.at

    @property
    def is_well_formed(self) -> bool:
        """Whether the text says something, and nothing in it is malformed."""
        return isinstance(self.content, Value) and not any(self.faults)

    @property
    def key(self) -> tuple[str, ...]:
        """Equal, non-empty keys mean one item; empty where that is not known."""
        names = [key.state for key in (self.hash_key, self.range_key) if key.is_set]
        if not isinstance(self.content, Value) or not all(isinstance(name, Known) for name in names):
            return ()
        typed = [self.attribute(name.value) for name in names if isinstance(name, Known)]
        identities = tuple(value.identity for value in typed if value)
        return identities if len(identities) == len(names) and all(identities) else ()

    def _typed(self, value: Value, where: str) -> Iterator[ItemFault]:
        """One attribute value: an object of exactly one descriptor."""
        if value.unknown is not None:
            return
        at = value.trace.span if value.trace and value.trace.span.path == self.item.at.path else self.item.at
        if not isinstance(value.data, Mapping):
            yield ItemFault(f'{where} has no type: write {{ "S" = … }} around it, or N, BOOL, L, M …', at)
        elif len(value.data) != 1:
            yield ItemFault(f"{where} has {len(value.data)} types and needs exactly one", at)
        else:
            [(descriptor, inner)] = value.data.items()
            yield from self._described(descriptor, inner, where, at)

    def _described(self, descriptor: str, value: Value, where: str, at: Span) -> Iterator[ItemFault]:
        fits = _FITS.get(descriptor)
        if fits is None:
            known = ", ".join(_FITS)
            yield ItemFault(f"{where} has the type {quoted(descriptor)}, which is none of {known}", at)
        elif value.unknown is None and not fits(value):
            yield ItemFault(f"{where} is of type {descriptor} and holds {_shown(value)}: {_ADVICE[descriptor]}", at)
        elif descriptor == "M" and value.unknown is None:
            for name, inner in _members(value).items():
                yield from self._typed(inner, f"{where}, member {quoted(name)},")
        elif descriptor == "L" and value.unknown is None:
            for index, inner in enumerate(value.members()):
                yield from self._typed(inner, f"{where}, element {index},")


def repeated_items(items: tuple[TableItem, ...]) -> Iterator[tuple[TableItem, TableItem]]:
    """Pairs of items with one key, each with the first of its key."""
    first: dict[tuple[str, ...], TableItem] = {}
    for item in items:
        try:
            key = item.key
        except Undecided:
            continue  # another rule speaks of the item itself
        if key and first.setdefault(key, item) is not item:
            yield item, first[key]


def _is_text(value: Value) -> bool:
    return value.encodes is not None or value.is_unknown or isinstance(value.data, str)


def _members(value: Value | None) -> Mapping[str, Value]:
    return value.data if value is not None and isinstance(value.data, Mapping) else {}


def _string(value: Value) -> bool:
    return isinstance(value.data, str)


def _bytes(value: Value) -> bool:
    if not isinstance(value.data, str):
        return False
    try:
        b64decode(value.data, validate=True)
    except (binascii.Error, ValueError):
        return False
    return True


def _each(fits: Callable[[Value], bool]) -> Callable[[Value], bool]:
    return lambda value: isinstance(value.data, tuple) and all(item.is_unknown or fits(item) for item in value.data)


def _shown(value: Value) -> str:
    return "null" if value.is_null else f"a {friendly(value.type)}"


_FITS: dict[str, Callable[[Value], bool]] = {
    "S": _string,
    "N": _string,
    "B": _bytes,
    "SS": _each(_string),
    "NS": _each(_string),
    "BS": _each(_bytes),
    "M": lambda value: isinstance(value.data, Mapping),
    "L": lambda value: isinstance(value.data, tuple),
    "BOOL": lambda value: isinstance(value.data, bool),
    "NULL": lambda value: isinstance(value.data, bool),
}
_ADVICE = {
    "S": "write text",
    "N": 'write the number as text, "5"',
    "B": "write bytes in Base64",
    "SS": "write a list of texts",
    "NS": 'write a list of numbers as text, ["1", "2"]',
    "BS": "write a list of bytes in Base64",
    "M": "write an object of typed attributes",
    "L": "write a list of typed attributes",
    "BOOL": "write true or false",
    "NULL": "write true",
}
