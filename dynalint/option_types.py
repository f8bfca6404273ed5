"""The types that options of rules may have: what settings can hold, and nothing else.

Texts, truth values, numbers, and ``tuple[X, ...]``, ``frozenset[X]`` and ``Mapping[str, X]`` of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, get_args, get_origin, get_type_hints

ALLOWED = "str, bool, int, float, and tuple[X, ...], frozenset[X] and Mapping[str, X] of them"
ONE = {str: "a text", bool: "true or false", int: "a whole number", float: "a number"}
MANY = {str: "texts", bool: "true or false", int: "whole numbers", float: "numbers"}
SCHEMAS = {str: "string", bool: "boolean", int: "integer", float: "number"}
EXAMPLES = {str: '"…"', bool: "true", int: "1", float: "1.5"}


class MisfitError(ValueError):
    """A value is not of the type of an option."""


def types_of(options: type[Any]) -> Mapping[str, Any]:
    """The type of each option. Raises TypeError, naming the option, where they cannot be options of a rule."""
    if not is_dataclass(options) or options.__setattr__ is object.__setattr__:
        raise TypeError(f"options = {getattr(options, '__name__', options)} is no frozen dataclass")
    try:
        types = get_type_hints(options)
    except NameError as fault:
        raise TypeError(f"a type in {options.__name__} cannot be found: {fault}") from fault
    for item in fields(options):
        wanted = types[item.name]
        if not _is_allowed(wanted):
            shown = str(wanted) if get_origin(wanted) else getattr(wanted, "__name__", str(wanted))
            raise TypeError(f"option {item.name!r} is typed {shown}: an option may be {ALLOWED}")
        if item.default is MISSING and item.default_factory is MISSING:
            raise TypeError(f"option {item.name!r} has no default: it holds where no settings name it")
    defaults = options()
    for item in fields(options):
        try:
            fitted(getattr(defaults, item.name), types[item.name])
        except MisfitError:
            raise TypeError(f"the default of option {item.name!r} is not {_called(types[item.name])}") from None
    return types


def fitted(value: Any, wanted: Any) -> Any:
    """A value of the settings as an option's type has it: lists as tuples. MisfitError where it is of another kind."""
    match get_origin(wanted), get_args(wanted):
        case None, _:
            if type(value) is int and wanted is float:
                return float(value)
            if type(value) is wanted:
                return value
        case origin, (inner, *_) if origin in (tuple, frozenset) and isinstance(value, list | tuple | frozenset):
            return origin(fitted(item, inner) for item in value)
        case _, (_, inner) if isinstance(value, Mapping) and _is_mapping(wanted):
            return {key: fitted(item, inner) for key, item in value.items()}
        case _:
            pass
    raise MisfitError(_called(wanted))


def wants(name: str, wanted: Any) -> str:
    """What to write for an option: ``a list of texts: teams = ["…"]``."""
    return f"{_called(wanted)}: {name} = {_example(wanted)}"


def schema_of(wanted: Any) -> dict[str, Any]:
    """What JSON Schema says of the values that an option takes."""
    if wanted in SCHEMAS:
        return {"type": SCHEMAS[wanted]}
    if _is_mapping(wanted):
        return {"type": "object", "additionalProperties": schema_of(get_args(wanted)[1])}
    return {"type": "array", "items": schema_of(get_args(wanted)[0])}


def _is_allowed(wanted: Any) -> bool:
    match get_origin(wanted), get_args(wanted):
        case None, _:
            return wanted in ONE
        case origin, (inner, last) if origin is tuple:
            return last is Ellipsis and _is_allowed(inner)
        case origin, (inner,) if origin is frozenset:
            return _is_allowed(inner)
        case _, (key, inner) if _is_mapping(wanted):
            return key is str and _is_allowed(inner)
        case _:
            return False


def _is_mapping(wanted: Any) -> bool:
    return get_origin(wanted) in (Mapping, dict)


def _called(wanted: Any) -> str:
    if _is_mapping(wanted):
        return f"a table of {_many(get_args(wanted)[1])}"
    return ONE.get(wanted) or f"a list of {_many(get_args(wanted)[0])}"


def _many(wanted: Any) -> str:
    if _is_mapping(wanted):
        return f"tables of {_many(get_args(wanted)[1])}"
    return MANY.get(wanted) or f"lists of {_many(get_args(wanted)[0])}"


def _example(wanted: Any) -> str:
    if _is_mapping(wanted):
        return f"{{ name = {_example(get_args(wanted)[1])} }}"
    return EXAMPLES.get(wanted) or f"[{_example(get_args(wanted)[0])}]"
