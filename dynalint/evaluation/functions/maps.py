"""Functions that make maps and objects, and take them apart.

https://developer.hashicorp.com/terraform/language/functions#collection-functions
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, entries_of, items_of, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.calling import undecided
from dynalint.evaluation.types import (
    DYNAMIC,
    STRING,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    TupleOf,
    Type,
    friendly,
    object_of,
)
from dynalint.evaluation.values import (
    Unknown,
    Value,
    list_value,
    map_value,
    object_value,
    string,
    tuple_value,
)


def _keys(context: Context, mapping: Value) -> Value:
    match mapping.type, mapping.data:
        case ObjectOf(attributes), _:
            context.budget.spend(len(attributes))
            return tuple_value(tuple(string(name) for name, _ in attributes)).marked(mapping.sensitive)
        case MapOf(), Unknown():
            return undecided("keys", ListOf(STRING), mapping).marked(mapping.sensitive)
        case MapOf(), Mapping() as entries:
            context.budget.spend(len(entries))
            return list_value(STRING, tuple(map(string, entries))).marked(mapping.sensitive)
        case Dynamic(), _:
            return undecided("keys", DYNAMIC, mapping).marked(mapping.sensitive)
    raise bad_argument("inputMap", "must have map or object type")


def _values(context: Context, mapping: Value) -> Value:
    match mapping.type, mapping.data:
        case ((MapOf() | ObjectOf() | Dynamic()), Unknown()):
            return undecided("values", _type_of_values(mapping.type), mapping).marked(mapping.sensitive)
        case MapOf(element), Mapping() as entries:
            context.budget.spend(len(entries))
            return list_value(element, tuple(entries.values())).marked(mapping.sensitive)
        case ObjectOf(), Mapping() as entries:
            context.budget.spend(len(entries))
            return tuple_value(tuple(entries.values())).marked(mapping.sensitive)
    raise call_failed("values", "values() requires a map as the first argument")


def _type_of_values(type_: Type) -> Type:
    match type_:
        case MapOf(element):
            return ListOf(element)
        case ObjectOf(attributes):
            return TupleOf(tuple(of for _, of in attributes))
    return DYNAMIC


def _lookup(_context: Context, mapping: Value, key: Value, *defaults: Value) -> Value:
    if len(defaults) > 1:
        count = len(defaults) + 2
        raise call_failed("lookup", f"lookup() takes two or three arguments, got {count}")
    _must_be_map(mapping.type)
    default = _default(mapping.type, defaults)
    if mapping.unknown:
        known = dict(mapping.type.attributes) if isinstance(mapping.type, ObjectOf) else {}
        otherwise = default.type if default and isinstance(mapping.type, ObjectOf) else DYNAMIC
        element = mapping.type.element if isinstance(mapping.type, MapOf) else known.get(text_of(key), otherwise)
        return undecided("lookup", element, mapping, key, *defaults, nullable=True).marked(mapping.sensitive)
    entries = entries_of(mapping)
    if text_of(key) in entries:
        return entries[text_of(key)].marked(mapping.sensitive)
    if default is not None:
        return default.marked(mapping.sensitive)
    if isinstance(mapping.type, ObjectOf):
        raise bad_argument("inputMap", f'the given object has no attribute "{text_of(key)}"')
    raise call_failed("lookup", f'lookup failed to find key "{text_of(key)}"')


def _must_be_map(mapping: Type) -> None:
    if not isinstance(mapping, MapOf | ObjectOf | Dynamic):
        raise bad_argument("inputMap", "lookup() requires a map as the first argument")


def _default(mapping: Type, defaults: tuple[Value, ...]) -> Value | None:
    if not defaults or not isinstance(mapping, MapOf):
        return defaults[0] if defaults else None
    try:
        return convert(defaults[0], mapping.element)
    except ConversionError as error:
        raise bad_argument("default", "the default value must have the same type as the map elements") from error


def _type_of_lookup(arguments: tuple[Value, ...]) -> Type:
    mapping = arguments[0].type
    _must_be_map(mapping)
    _default(mapping, arguments[2:])
    return mapping.element if isinstance(mapping, MapOf) else DYNAMIC


def _merge(context: Context, *mappings: Value) -> Value:
    for mapping in takewhile(lambda mapping: mapping.type != DYNAMIC, mappings):
        if not isinstance(mapping.type, MapOf | ObjectOf | Dynamic):
            shown = friendly(mapping.type)
            raise call_failed("merge", f'arguments must be maps or objects, got "{shown}"')
    types = {mapping.type for mapping in mappings}
    sensitive = any(mapping.sensitive for mapping in mappings)
    if any(mapping.unknown for mapping in mappings):
        returns = types.pop() if len(types) == 1 else _merged_type(mappings)
        return undecided("merge", returns, *mappings).marked(sensitive)
    merged: dict[str, Value] = {}
    for mapping in mappings:
        if not mapping.is_null and not isinstance(mapping.data, Mapping):
            raise call_failed("merge", f'arguments must be maps or objects, got "{friendly(mapping.type)}"')
        if not mapping.is_null:
            context.budget.spend(len(entries_of(mapping)))
            merged.update(entries_of(mapping))
    context.budget.allow_members(len(merged))
    match [*types]:
        case [MapOf(element)]:
            return map_value(element, merged).marked(sensitive)
    return object_value(merged).marked(sensitive)


def _merged_type(mappings: Sequence[Value]) -> Type:
    """The type of several different maps and objects together, some of which are unknown; ``null`` has none."""
    merged: dict[str, Type] = {}
    for mapping in mappings:
        match mapping.type:
            case Dynamic():
                return DYNAMIC
            case ObjectOf(attributes) if not mapping.is_null:
                merged.update(attributes)
            case MapOf(element) if not mapping.unknown and not mapping.is_null:
                merged.update(dict.fromkeys(entries_of(mapping), element))
            case _ if not mapping.is_null:
                return DYNAMIC
    return object_of(merged)


def _zipmap(context: Context, keys: Value, values: Value) -> Value:
    if not isinstance(values.type, ListOf | TupleOf | Dynamic):
        raise call_failed("zipmap", "values argument must be a list or tuple value")
    if values.unknown:
        if isinstance(values.type, TupleOf) and len(values.type.elements) != len(items_of(keys)):
            raise call_failed("zipmap", "the number of keys does not match the number of values")
        returns = MapOf(values.type.element) if isinstance(values.type, ListOf) else DYNAMIC
        return undecided("zipmap", returns, keys, values).marked(values.sensitive)
    names, members = items_of(keys), items_of(values)
    if len(names) != len(members):
        counts = f"number of keys ({len(names)}) does not match number of values ({len(members)})"
        raise call_failed("zipmap", counts)
    for at, name in enumerate(names):
        if name.is_null:
            raise call_failed("zipmap", f"keys list has null value at index {at}")
    context.budget.allow_members(len(names))
    zipped = {text_of(name): member for name, member in zip(names, members, strict=True)}
    if isinstance(values.type, ListOf):
        return map_value(values.type.element, zipped).marked(values.sensitive)
    return object_value(zipped).marked(values.sensitive)


def _type_of_zipmap(arguments: tuple[Value, ...]) -> Type:
    values = arguments[1].type
    if not isinstance(values, ListOf | TupleOf | Dynamic):
        raise call_failed("zipmap", "values argument must be a list or tuple value")
    return MapOf(values.element) if isinstance(values, ListOf) else DYNAMIC


def _transpose(context: Context, mapping: Value) -> Value:
    transposed: dict[str, list[Value]] = {}
    for name, names in entries_of(mapping).items():
        if names.is_null:
            raise call_failed("transpose", "input must not contain null list")
        context.budget.spend(len(items_of(names)))
        for item in items_of(names):
            if item.is_null:
                raise call_failed("transpose", "input list must not contain null string")
            transposed.setdefault(text_of(item), []).append(string(name))
    lists: Iterable[tuple[str, Value]] = (
        (name, list_value(STRING, tuple(names))) for name, names in transposed.items()
    )
    return map_value(ListOf(STRING), dict(lists))


_MAPPING = Parameter("inputMap", unknown=True, sensitive=True)

FUNCTIONS = (
    Function("keys", (_MAPPING,), None, DYNAMIC, _keys),
    Function(
        "lookup",
        (_MAPPING, Parameter("key", STRING)),
        Parameter("default", null=True, unknown=True, sensitive=True),
        _type_of_lookup,
        _lookup,
    ),
    Function("merge", (), Parameter("maps", null=True, unknown=True, sensitive=True), DYNAMIC, _merge),
    Function("transpose", (Parameter("values", MapOf(ListOf(STRING))),), None, MapOf(ListOf(STRING)), _transpose),
    Function("values", (Parameter("mapping", unknown=True, sensitive=True),), None, DYNAMIC, _values),
    Function(
        "zipmap",
        (Parameter("keys", ListOf(STRING)), Parameter("values", unknown=True, sensitive=True)),
        None,
        _type_of_zipmap,
        _zipmap,
    ),
)
