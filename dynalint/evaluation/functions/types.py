"""``tostring`` and its kin, and the functions about marks."""

from __future__ import annotations

from dataclasses import replace

from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.functions.arguments import bad_argument
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    SetOf,
    Type,
    friendly,
)
from dynalint.evaluation.values import Unknown, Value, boolean, identity_of, unknown

_ANYTHING = Parameter("v", null=True, unknown=True, sensitive=True)


def _conversion(name: str, to: Type) -> Function:
    def implementation(_context: Context, value: Value) -> Value:
        try:
            converted = convert(value, to)
            return _forgetting(converted, to) if converted.unknown else converted
        except ConversionError as error:
            raise bad_argument("v", _refusal(value, to, error)) from error

    return Function(name, (_ANYTHING,), None, to, implementation)


def _forgetting(converted: Value, to: Type) -> Value:
    """An unknown as these functions hand it on: nothing is certain of it any more, not even its elements' type."""
    because = converted.unknown
    assert because
    identity = identity_of("to", repr(to), because.identity)
    return replace(converted, type=to, data=Unknown(because.reason, identity, because.hint))


def _refusal(value: Value, to: Type, error: ConversionError) -> str:
    match to:
        case ListOf() | SetOf() | MapOf():
            return f"cannot convert {friendly(value.type)} to {friendly(to).split(' ', 1)[0]} of any single type"
        case _ if value.type != STRING:
            return f"cannot convert {friendly(value.type)} to {friendly(to)}"
        case _ if value.sensitive:
            return f"cannot convert this sensitive string to {friendly(to)}"
        case _ if to == NUMBER:
            return f'cannot convert "{value.data}" to number; given string must be a decimal representation of a number'
        case _ if to == BOOL:
            return f'cannot convert "{value.data}" to bool; only the strings "true" or "false" are allowed'
    return error.message


def _sensitive(_context: Context, value: Value) -> Value:
    return value.marked()


def _nonsensitive(_context: Context, value: Value) -> Value:
    return replace(value, sensitive=False)


def _issensitive(_context: Context, value: Value) -> Value:
    if value.unknown and not value.sensitive:
        identity = identity_of("issensitive", value.unknown.identity)
        return unknown(BOOL, Unknown(value.unknown.reason, identity, value.unknown.hint, not_null=True))
    return boolean(value.sensitive)


def _ephemeralasnull(_context: Context, value: Value) -> Value:
    # An ephemeral value cannot reach the attributes of a resource, so none is ever evaluated.
    return value


def _type_of_argument(arguments: tuple[Value, ...]) -> Type:
    return arguments[0].type


_VALUE = Parameter("value", null=True, unknown=True, sensitive=True)

FUNCTIONS = (
    _conversion("tobool", BOOL),
    _conversion("tolist", ListOf(DYNAMIC)),
    _conversion("tomap", MapOf(DYNAMIC)),
    _conversion("tonumber", NUMBER),
    _conversion("toset", SetOf(DYNAMIC)),
    _conversion("tostring", STRING),
    Function("ephemeralasnull", (_VALUE,), None, _type_of_argument, _ephemeralasnull),
    Function("issensitive", (_VALUE,), None, BOOL, _issensitive),
    Function("nonsensitive", (_VALUE,), None, _type_of_argument, _nonsensitive),
    Function("sensitive", (_VALUE,), None, _type_of_argument, _sensitive),
)
