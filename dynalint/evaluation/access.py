"""Getting at the inside of a value: ``.name``, ``[key]`` and splats.

https://developer.hashicorp.com/terraform/language/expressions/types#indices-and-attributes
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.suggest import did_you_mean
from dynalint.evaluation.types import (
    DYNAMIC,
    NUMBER,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from dynalint.evaluation.unify import unify
from dynalint.evaluation.values import (
    Unknown,
    Value,
    identity_of,
    list_value,
    number,
    string,
    tuple_value,
    unknown,
    value_identity,
)


class OpenObject(dict[str, Value]):
    """The attributes of a resource whose schema dynalint does not have.

    What the configuration sets is here; any other attribute exists, for all one knows, and is unknown because of
    ``rest``. Only attribute access looks inside; for everything else the object as a whole is unknown.
    """

    def __init__(self, attributes: Mapping[str, Value], rest: Unknown) -> None:
        super().__init__(attributes)
        self.rest = rest


def closed(value: Value) -> Value:
    """The value as anything but attribute access sees it: an open object is unknown."""
    if isinstance(value.data, OpenObject):
        return Value(DYNAMIC, value.data.rest, sensitive=value.sensitive, trace=value.trace)
    return value


def get_attribute(value: Value, name: str) -> Value:
    """``value.name``. EvaluationError, with the way of the value, where there can be no such attribute."""
    try:
        return _attribute(value, name)
    except EvaluationError as error:
        error.trace = error.trace or value.trace
        raise


def _attribute(value: Value, name: str) -> Value:
    match value.data:
        case Unknown() as because:
            return _attribute_of_unknown(value, because, name)
        case None:
            raise EvaluationError(f"cannot get attribute {name!r} of null: the value is null here")
        case OpenObject() as members:
            return members[name] if name in members else _inside(value, DYNAMIC, members.rest, name)
        case Mapping() as members:
            if name not in members:
                raise EvaluationError(_no_attribute(value, name, members))
            return members[name].marked(value.sensitive)
        case _:
            raise EvaluationError(f"a {friendly(value.type)} has no attributes, so not {name!r} either")


def _no_attribute(value: Value, name: str, members: Mapping[str, Value]) -> str:
    if value.sensitive:  # so are the names of its members
        members = {}
    if isinstance(value.type, MapOf):
        return f"the map has no element with the key {name!r}{did_you_mean(name, members)}"
    return f"the object has no attribute named {name!r}{did_you_mean(name, members)}"


def _attribute_of_unknown(value: Value, because: Unknown, name: str) -> Value:
    match value.type:
        case ObjectOf() as type_:
            found = type_.get(name)
            if found is None:
                raise EvaluationError(f"the object has no attribute named {name!r}")
            return _inside(value, found, because, name)
        case MapOf(element):
            return _inside(value, element, because, name)
        case Dynamic():
            return _inside(value, DYNAMIC, because, name)
        case _:
            raise EvaluationError(f"a {friendly(value.type)} has no attributes, so not {name!r} either")


def _inside(value: Value, type_: Type, because: Unknown, key: str) -> Value:
    identity = identity_of("attr", because.identity, f"={key}")
    inner = Unknown(because.reason, identity=identity, hint=because.hint)
    return unknown(type_, inner).marked(value.sensitive).with_trace(value.trace)


def get_index(value: Value, key: Value) -> Value:
    """``value[key]``. EvaluationError for a key of the wrong type, or where nothing has that key."""
    sensitive = value.sensitive or key.sensitive
    if value.is_null:
        raise EvaluationError("cannot take an index of null: the value is null here")
    if key.is_null:
        raise EvaluationError("null cannot be an index")
    try:
        return _index_by_type(value, key).marked(sensitive)
    except EvaluationError as error:
        if not key.sensitive:
            raise
        raise EvaluationError("nothing has this index, which is sensitive", error.span, code=error.code) from error


def _index_by_type(value: Value, key: Value) -> Value:
    match value.type:
        case ListOf() | TupleOf():
            return _index_sequence(value, convert(key, NUMBER))
        case MapOf(element):
            return _index_named(value, convert(key, STRING), element)
        case ObjectOf():
            return _index_named(value, convert(key, STRING), DYNAMIC)
        case SetOf():
            raise EvaluationError("elements of a set have no index: convert it with tolist() first, or use for")
        case Dynamic() if value.unknown:
            identity = identity_of("index", value.unknown.identity, value_identity(key))
            return unknown(DYNAMIC, Unknown(value.unknown.reason, identity=identity, hint=value.unknown.hint))
        case _:
            raise EvaluationError(f"a {friendly(value.type)} has no elements to take by index")


def _index_named(value: Value, key: Value, element: Type) -> Value:
    because = value.unknown or key.unknown
    if because is None and isinstance(key.data, str):
        return get_attribute(value, key.data)
    if value.unknown and isinstance(value.type, ObjectOf) and value.type.get(str(key.data)) is None:
        return unknown(DYNAMIC, Unknown(value.unknown.reason, hint=value.unknown.hint))
    if value.unknown and isinstance(key.data, str):
        return _attribute_of_unknown(value, value.unknown, key.data)
    assert because is not None
    identity = identity_of("index", value_identity(value), value_identity(key))
    return unknown(element, Unknown(because.reason, identity=identity, hint=because.hint))


def _index_sequence(value: Value, key: Value) -> Value:
    if key.unknown or value.unknown:
        because = key.unknown or value.unknown
        assert because is not None
        identity = identity_of("index", value_identity(value), value_identity(key))
        element = _element_type(value.type, key)
        return unknown(element, Unknown(because.reason, identity=identity, hint=because.hint))
    items, position = value.data, key.data
    assert isinstance(items, tuple)
    if not isinstance(position, int) or isinstance(position, bool):
        shown = number_text(position) if isinstance(position, Fraction | float) else position
        raise EvaluationError(f"an index must be a whole number, not {shown}")
    if not 0 <= position < len(items):
        raise EvaluationError(f"there is no element {position}: the {_kind(value.type)} has {_count(len(items))}")
    return items[position]


def _element_type(type_: Type, key: Value) -> Type:
    match type_:
        case ListOf(element):
            return element
        case TupleOf(elements) if isinstance(key.data, int) and 0 <= key.data < len(elements):
            return elements[key.data]
        case TupleOf(elements) if isinstance(key.data, int):
            raise EvaluationError(f"there is no element {key.data}: the tuple has {_count(len(elements))}")
        case _:
            return DYNAMIC


def _kind(type_: Type) -> str:
    return "list" if isinstance(type_, ListOf) else "tuple"


def _count(members: int) -> str:
    return {0: "no elements", 1: "one element"}.get(members, f"{members} elements")


def splat(value: Value, step: Callable[[Value], Value]) -> Value:
    """``value[*]`` with ``step`` applied to every element."""
    if isinstance(value.type, ListOf | SetOf | TupleOf):
        return _splat_sequence(value, step).marked(value.sensitive)
    if value.is_null:
        return tuple_value(()).marked(value.sensitive)
    if value.unknown and isinstance(value.type, Dynamic):
        return unknown(DYNAMIC, Unknown(value.unknown.reason, hint=value.unknown.hint)).marked(value.sensitive)
    if value.unknown and not value.unknown.not_null:
        return unknown(DYNAMIC, replace(value.unknown, identity="")).marked(value.sensitive)
    return tuple_value((step(value),)).marked(value.sensitive)


def _splat_sequence(value: Value, step: Callable[[Value], Value]) -> Value:
    if value.is_null:
        raise EvaluationError(f"a null {friendly(value.type)} cannot be splatted")
    if value.unknown:
        return _splat_unknown(value, value.unknown, step)
    items = value.data
    assert isinstance(items, tuple)
    results = tuple(step(item) for item in items)
    if isinstance(value.type, TupleOf):
        return tuple_value(results)
    assert isinstance(value.type, ListOf | SetOf)
    if not results:
        probe = step(unknown(value.type.element, Unknown("an empty list has no elements")))
        return list_value(probe.type, ())
    element = unify([item.type for item in results])
    if element is None:
        return tuple_value(results)
    return list_value(element, tuple(convert(item, element) for item in results))


def _splat_unknown(value: Value, because: Unknown, step: Callable[[Value], Value]) -> Value:
    inner = Unknown(because.reason, hint=because.hint)
    result: Type = DYNAMIC
    if isinstance(value.type, ListOf | SetOf):
        result = ListOf(step(unknown(value.type.element, inner)).type)
    elif isinstance(value.type, TupleOf):
        return tuple_value(tuple(step(unknown(element, inner)) for element in value.type.elements))
    kept = replace(because, identity="", prefix="", pieces=())
    return unknown(result, kept if isinstance(value.type, ListOf) else replace(kept, shortest=min(1, kept.shortest)))


def elements(value: Value) -> tuple[tuple[Value, Value], ...]:
    """The (key, value) pairs that ``for`` and ``dynamic`` run through, in their order.

    Keys are numbers for lists and tuples, strings for maps and objects, the element itself for sets. EvaluationError
    for anything that cannot be iterated; the value must be known and not null.
    """
    match value.data:
        case tuple() as items if isinstance(value.type, SetOf):
            return tuple((item, item.marked(value.sensitive)) for item in items)
        case tuple() as items:
            return tuple((number(index), item.marked(value.sensitive)) for index, item in enumerate(items))
        case Mapping() as items:
            return tuple((string(name), item.marked(value.sensitive)) for name, item in items.items())
        case _:
            raise EvaluationError(f"a {friendly(value.type)} cannot be iterated: a collection is needed")


ITERABLE = (ListOf, SetOf, MapOf, TupleOf, ObjectOf)
"""Types that ``for`` can run through."""
