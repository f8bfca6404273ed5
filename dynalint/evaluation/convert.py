"""Values from one type to another, as Terraform converts them: arguments, variables, attributes, collections.

https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from dynalint.evaluation.common_type import mismatch, unify
from dynalint.evaluation.compare import is_sensitive, sort_key
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.numbers import number_text, parse_number
from dynalint.evaluation.types import (
    BOOL,
    DYNAMIC,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
)
from dynalint.evaluation.values import (
    Data,
    Unknown,
    Value,
    attribute_identity,
    identity_of,
    null,
    set_value,
    value_identity,
)

_BOOLS = {"true": True, "1": True, "false": False, "0": False}


class ConversionError(EvaluationError):
    """A value does not fit a type. ``path`` leads to the part that does not: ``[0].name``, empty for the whole."""

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path


def convert(value: Value, to: Type) -> Value:
    """``value`` as one of type ``to``, with its trace, its sensitive mark and what it ``encodes``.

    ``any`` inside ``to`` stands for whatever the value has there, one type for all elements of a collection. Null
    becomes a null of the type, an unknown an unknown of it. ConversionError where Terraform refuses.
    """
    if to in (value.type, DYNAMIC):
        return value
    if message := mismatch(value.type, to):
        raise ConversionError(message)
    return _convert(value, to, "")


def text_identities(address: str, attribute: str) -> tuple[str, ...]:
    """Every identity that an attribute of a resource has where text is wanted.

    A resource whose schema is not at hand is unknown as a whole, its attributes are of no type, and where the schema of
    an argument wants text they are converted to it.
    """
    inside = identity_of("attr", attribute_identity(address, "*"), f"={attribute}")
    return attribute_identity(address, attribute), inside, identity_of("convert", repr(STRING), inside)


def can_convert(value: Value, to: Type) -> bool:
    """Whether :func:`convert` would succeed."""
    try:
        convert(value, to)
    except ConversionError:
        return False
    return True


def make_set(element: Type, items: Iterable[Value]) -> Value:
    """A set of ``items``, which must have the element type: sorted, without duplicates.

    Unknown items stay, at the end, since they may yet turn out to equal another; an unknown input stays once. A set
    cannot hold sensitive members; where an item is sensitive, the set is.
    """
    members = tuple(items)
    sensitive = any(is_sensitive(item) for item in members)
    plain = [unmarked(item) for item in members] if sensitive else members
    distinct: dict[object, Value] = {}
    for item in sorted(plain, key=sort_key):
        distinct.setdefault(_set_key(item), item)
    return set_value(element, tuple(distinct.values())).marked(sensitive)


def _set_key(item: Value) -> object:
    if item.first_unknown() is None:
        return sort_key(item)
    given = item.unknown is not None and item.unknown.given
    return (value_identity(item) if given else "") or object()


def unmarked(value: Value) -> Value:
    """The same value without sensitive marks, at any depth."""
    match value.data:
        case tuple() as items:
            return replace(value, sensitive=False, data=tuple(map(unmarked, items)))
        case Mapping() as items:
            return replace(value, sensitive=False, data={name: unmarked(item) for name, item in items.items()})
    return replace(value, sensitive=False) if value.sensitive else value


def _convert(value: Value, to: Type, path: str) -> Value:
    """Like convert, for types that are known to fit."""
    if to in (value.type, DYNAMIC):
        return value
    match value.data:
        case None:
            return replace(value, type=_concrete(value.type, to))
        case Unknown() as unknown:
            return _convert_unknown(value, unknown, _concrete(value.type, to))
    match to, value.data:
        case Primitive(), plain:
            return _convert_primitive(value, plain, to, path)
        case ((ListOf(element) | SetOf(element)), _):
            return _to_sequence(value, to, element, path)
        case MapOf(element), Mapping() as members:
            return _to_map(value, members, element, path)
        case TupleOf(elements), _:
            return _to_tuple(value, elements, path)
        case ObjectOf(), Mapping() as members:
            attributes = dict(_attributes(members, to, path))
            return replace(value, type=_type_of_object(attributes), data=attributes)
    raise AssertionError(f"{value!r} cannot be of type {value.type}")


def _concrete(source: Type, target: Type) -> Type:
    """``target`` with its ``any`` filled in from ``source``, as far as that tells, and without optional marks."""
    match source, target:
        case _, Dynamic():
            return source
        case (ListOf(have) | SetOf(have) | MapOf(have), ListOf(want) | SetOf(want) | MapOf(want)):
            return type(target)(_concrete(have, want))
        case (TupleOf(elements), ListOf(want) | SetOf(want)):
            return type(target)(_common(elements, want))
        case ObjectOf(attributes), MapOf(want):
            return MapOf(_common([of for _, of in attributes], want))
        case TupleOf(elements), TupleOf(wanted) if len(elements) == len(wanted):
            return TupleOf(tuple(map(_concrete, elements, wanted)))
        case MapOf(have), ObjectOf(attributes):
            return ObjectOf(tuple((name, _concrete(have, want)) for name, want in attributes))
        case _, ObjectOf(attributes):
            known = dict(source.attributes) if isinstance(source, ObjectOf) else {}
            return ObjectOf(tuple((name, _concrete(known.get(name, DYNAMIC), want)) for name, want in attributes))
        case _, ListOf(want) | SetOf(want) | MapOf(want):
            return type(target)(_concrete(DYNAMIC, want))
        case _, TupleOf(wanted):
            return TupleOf(tuple(_concrete(DYNAMIC, want) for want in wanted))
    return target


def _common(elements: Sequence[Type], wanted: Type) -> Type:
    return unify([_concrete(element, wanted) for element in elements]) or DYNAMIC


def _convert_unknown(value: Value, unknown: Unknown, to: Type) -> Value:
    if value.type == to:
        return value
    identity = unknown.identity and identity_of("convert", repr(to), unknown.identity)
    longest, shortest = unknown.longest, unknown.shortest
    if isinstance(to, SetOf) and not isinstance(value.type, SetOf):
        shortest = min(shortest, 1)
    choices = tuple(convert(choice, to) for choice in unknown.choices if can_convert(choice, to))
    kept = Unknown(unknown.reason, identity, unknown.hint, unknown.not_null, "", shortest, longest)
    if len(choices) == len(unknown.choices):
        kept = replace(kept, choices=choices)
    return replace(value, type=to, data=kept, encodes=None)


def _convert_primitive(value: Value, plain: Data, to: Primitive, path: str) -> Value:
    match plain:
        case bool():
            return replace(value, type=to, data="true" if plain else "false")
        case int() | float() | Fraction():
            return replace(value, type=to, data=number_text(plain))
        case str() if to == BOOL:
            if plain not in _BOOLS:
                raise ConversionError(_no_bool(plain), path)
            return replace(value, type=to, data=_BOOLS[plain], encodes=None)
        case str():
            number = parse_number(plain)
            if number is None:
                raise ConversionError("a number is required", path)
            return replace(value, type=to, data=number, encodes=None)
    raise AssertionError(f"{value!r} is not primitive")


def _no_bool(text: str) -> str:
    if text in {"True", "TRUE", "False", "FALSE"}:
        return f'a bool is required; to convert from string, use lowercase "{text.lower()}"'
    return "a bool is required"


def _to_sequence(value: Value, to: ListOf | SetOf, element: Type, path: str) -> Value:
    items = [_convert(item, element, f"{path}[{at}]") for at, item in enumerate(value.members())]
    final, items = _one_type(items, value, element, "list" if isinstance(to, ListOf) else "set")
    if isinstance(to, ListOf):
        because = value.first_unknown() if isinstance(value.type, SetOf) and len(items) > 1 else None
        if because:  # unknown members may turn out to be equal, and have no place in the order
            return replace(value, type=ListOf(final), data=_of_length(because, value, 1, len(items)))
        return replace(value, type=ListOf(final), data=tuple(items))
    made = make_set(final, items)
    return replace(value, type=made.type, data=made.data, sensitive=value.sensitive or made.sensitive)


def _of_length(because: Unknown, value: Value, shortest: int, longest: int) -> Unknown:
    identity = identity_of("list", value_identity(value))
    return Unknown(because.reason, identity, because.hint, not_null=True, shortest=shortest, longest=longest)


def _to_map(value: Value, members: Mapping[str, Value], element: Type, path: str) -> Value:
    items = [_convert(item, element, f'{path}["{name}"]') for name, item in members.items()]
    final, items = _one_type(items, value, element, "map")
    return replace(value, type=MapOf(final), data=dict(zip(members, items, strict=True)))


def _one_type(items: list[Value], source: Value, wanted: Type, kind: str) -> tuple[Type, list[Value]]:
    """The element type that fills in ``wanted``, and the items in it."""
    if not _is_open(wanted):
        return _concrete(DYNAMIC, wanted), items
    if not items:
        return _concrete(_only_element(source.type), wanted), items
    common = unify([item.type for item in items])
    if common is None:
        raise ConversionError("cannot find a common base type for all elements")
    converted = [convert(item, common) for item in items]
    types = {item.type for item in converted if item.type != DYNAMIC}
    if len(types) > 1 and (closer := unify([*types])):  # what was empty takes the type of what was not
        converted = [convert(item, closer) for item in converted]
        types = {item.type for item in converted if item.type != DYNAMIC}
    if len(types) > 1:
        part = "attribute" if isinstance(source.type, ObjectOf) else "element"
        raise ConversionError(f"{part} types must all match for conversion to {kind}")
    final = types.pop() if types else DYNAMIC
    return final, [convert(item, final) if item.is_null else item for item in converted]


def _is_open(type_: Type) -> bool:
    """Whether ``any`` is somewhere inside."""
    match type_:
        case Dynamic():
            return True
        case ListOf(element) | SetOf(element) | MapOf(element):
            return _is_open(element)
        case TupleOf(elements):
            return any(map(_is_open, elements))
        case ObjectOf(attributes):
            return any(_is_open(of) for _, of in attributes)
    return False


def _only_element(type_: Type) -> Type:
    return type_.element if isinstance(type_, ListOf | SetOf | MapOf) else DYNAMIC


def _to_tuple(value: Value, elements: Sequence[Type], path: str) -> Value:
    pairs = enumerate(zip(value.members(), elements, strict=True))
    items = tuple(_convert(item, element, f"{path}[{at}]") for at, (item, element) in pairs)
    return replace(value, type=TupleOf(tuple(item.type for item in items)), data=items)


def _attributes(members: Mapping[str, Value], to: ObjectOf, path: str) -> Iterator[tuple[str, Value]]:
    for name, wanted in to.attributes:
        if name in members:
            yield name, _convert(members[name], wanted, f"{path}.{name}")
        elif name in to.optional:
            yield name, null(_concrete(DYNAMIC, wanted))
        else:
            raise ConversionError(f'map has no element for required attribute "{name}"', path)


def _type_of_object(attributes: Mapping[str, Value]) -> ObjectOf:
    return ObjectOf(tuple((name, value.type) for name, value in attributes.items()))
