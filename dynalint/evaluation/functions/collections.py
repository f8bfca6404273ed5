"""Functions about any collection: its size, what it contains, the first usable of several.

https://developer.hashicorp.com/terraform/language/functions#collection-functions
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation.compare import equal
from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, items_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.calling import undecided
from dynalint.evaluation.graphemes import clusters
from dynalint.evaluation.types import (
    BOOL,
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
)
from dynalint.evaluation.unify import unify
from dynalint.evaluation.values import FALSE, TRUE, Unknown, Value, null, number


def _length(context: Context, value: Value) -> Value:
    bounds = _bounds(context, value)
    if bounds is None:
        return undecided("length", NUMBER, value).marked(value.sensitive)
    return number(bounds).marked(value.sensitive)


def _bounds(context: Context, value: Value) -> int | None:
    """The length where it is certain."""
    match value.type, value.data:
        case Dynamic(), Unknown():
            return None
        case TupleOf(elements), _:
            return len(elements)
        case ObjectOf(attributes), _:
            return len(attributes)
        case ListOf() | SetOf() | MapOf(), Unknown(shortest=shortest, longest=longest):
            return shortest if shortest == longest else None
        case SetOf(), tuple() as items:
            # Unknown members may turn out to be equal.
            return len(items) if len(items) <= 1 or value.first_unknown() is None else None
        case ListOf() | MapOf(), _:
            return len(value.members())
        case _, Unknown() if value.type == STRING:
            return None
        case _, str() as text:
            context.budget.spend(len(text))
            return len(text) if text.isascii() and "\r" not in text else len(clusters(text))
    raise call_failed("length", "argument must be a string, a collection type, or a structural type")


def _contains(context: Context, collection: Value, wanted: Value) -> Value:
    if collection.unknown:
        return undecided("contains", BOOL, collection, wanted)
    if not isinstance(collection.type, ListOf | SetOf | TupleOf | Dynamic):
        raise call_failed("contains", "argument must be list, tuple, or set")
    context.budget.spend(len(items_of(collection)))
    answers = [equal(item, wanted) for item in items_of(collection)]
    if any(answer == TRUE for answer in answers):
        return TRUE
    if wanted.unknown or any(answer.unknown for answer in answers):
        return undecided("contains", BOOL, collection, wanted)
    return FALSE


def _alltrue(context: Context, flags: Value) -> Value:
    for flag in _flags(context, flags):
        if flag.unknown:
            return undecided("alltrue", BOOL, flags)
        if flag.data is not True:
            return FALSE
    return TRUE


def _anytrue(context: Context, flags: Value) -> Value:
    found = list(_flags(context, flags))
    if any(flag.data is True for flag in found):
        return TRUE
    return undecided("anytrue", BOOL, flags) if any(flag.unknown for flag in found) else FALSE


def _flags(context: Context, flags: Value) -> Iterator[Value]:
    if flags.unknown:
        yield flags
        return
    context.budget.spend(len(items_of(flags)))
    yield from items_of(flags)


def _coalesce(_context: Context, *values: Value) -> Value:
    common = unify([value.type for value in values]) if values else None
    if common is None:
        raise call_failed("coalesce", "all arguments must have the same type")
    for argument in values:
        try:
            value = convert(argument, common)
        except ConversionError:  # only the type was looked at before, as in Terraform, which goes on here too
            continue
        if value.unknown:
            return undecided("coalesce", common, *values)
        if not value.is_null and value.data != "":
            return value
    raise call_failed("coalesce", "no non-null, non-empty-string arguments")


def _coalescelist(_context: Context, *values: Value) -> Value:
    if not values:
        raise call_failed("coalescelist", "at least one argument is required")
    for value in values:
        if value.unknown:
            break
        if not isinstance(value.type, ListOf | TupleOf):
            raise call_failed("coalescelist", "coalescelist arguments must be lists or tuples")
    for value in values:
        if value.unknown:
            return undecided("coalescelist", DYNAMIC, *values)
        if value.members():
            return value
    raise call_failed("coalescelist", "no non-null arguments")


def _one(_context: Context, collection: Value) -> Value:
    if not isinstance(collection.type, ListOf | SetOf | TupleOf | Dynamic):
        raise bad_argument("list", _ONE_OR_NONE)
    element = _element_type(collection.type)
    if collection.unknown:
        return undecided("one", element, collection, nullable=True)
    match items_of(collection):
        case []:
            return null(element)
        case [only]:
            return only
        case items if isinstance(collection.type, SetOf) and any(item.first_unknown() for item in items):
            return undecided("one", element, collection, nullable=True)
    raise bad_argument("list", _ONE_OR_NONE)


_ONE_OR_NONE = "must be a list, set, or tuple value with either zero or one elements"


def _element_type(type_: Type) -> Type:
    match type_:
        case ListOf(element) | SetOf(element) | TupleOf((element,)):
            return element
    return DYNAMIC


_FLAGS = Parameter("list", ListOf(BOOL), unknown=True)
_VALUES = Parameter("vals", null=True, unknown=True)

FUNCTIONS = (
    Function("alltrue", (_FLAGS,), None, BOOL, _alltrue),
    Function("anytrue", (_FLAGS,), None, BOOL, _anytrue),
    Function("coalesce", (), _VALUES, DYNAMIC, _coalesce),
    Function("coalescelist", (), _VALUES, DYNAMIC, _coalescelist),
    Function("contains", (Parameter("list", unknown=True), Parameter("value", unknown=True)), None, BOOL, _contains),
    Function("length", (Parameter("value", unknown=True, sensitive=True),), None, NUMBER, _length),
    Function("one", (Parameter("list", unknown=True),), None, DYNAMIC, _one),
)
