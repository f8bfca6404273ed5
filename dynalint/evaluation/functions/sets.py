"""Functions about sets.

https://developer.hashicorp.com/terraform/language/functions#collection-functions
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import product
from math import prod

from dynalint.evaluation.common_type import unify
from dynalint.evaluation.compare import sort_key
from dynalint.evaluation.convert import ConversionError, convert, make_set
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, items_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.calling import undecided
from dynalint.evaluation.types import DYNAMIC, Dynamic, ListOf, SetOf, TupleOf, Type
from dynalint.evaluation.values import Value, list_value, tuple_value

_ANY_SET = SetOf(DYNAMIC)

Members = dict[object, Value]
"""The members of a set by their place in it."""


def _common(name: str, sets: Sequence[Value]) -> SetOf:
    """The set type that all sets convert to; the empty ones of no type go with any other."""
    elements = [item.type.element for item in sets if isinstance(item.type, SetOf) and item.type != _ANY_SET]
    element = unify(elements)
    if element is None:
        raise call_failed(name, "given sets must all have compatible element types")
    return SetOf(element)


def _union(context: Context, *sets: Value) -> Value:
    common = _common("setunion", sets)
    if any(item.unknown for item in sets):
        return undecided("setunion", common, *sets)
    context.budget.allow_members(sum(len(items_of(item)) for item in sets))
    return make_set(common.element, [member for item in sets for member in items_of(convert(item, common))])


def _by_members(
    name: str, parameters: tuple[str, ...], rest: str | None, combine: Callable[[Members, Members], Members]
) -> Function:
    """A function of sets without unknowns that keeps some members of the first."""

    def implementation(context: Context, *sets: Value) -> Value:
        common = _common(name, sets)
        context.budget.spend(sum(len(items_of(item)) for item in sets))
        keyed: list[Members] = [
            {sort_key(member): member for member in items_of(convert(item, common))} for item in sets
        ]
        return make_set(common.element, reduce(combine, keyed).values())

    def returns(sets: tuple[Value, ...]) -> Type:
        return _common(name, sets)

    declared = tuple(Parameter(parameter, _ANY_SET) for parameter in parameters)
    return Function(name, declared, Parameter(rest, _ANY_SET) if rest else None, returns, implementation)


def _both(ours: Members, theirs: Members) -> Members:
    return {key: member for key, member in ours.items() if key in theirs}


def _less(ours: Members, theirs: Members) -> Members:
    return {key: member for key, member in ours.items() if key not in theirs}


def _product(context: Context, *sets: Value) -> Value:
    if len(sets) < 2:
        raise call_failed("setproduct", "at least two arguments are required")
    sensitive = any(item.sensitive for item in sets)
    if any(item.unknown and item.type == DYNAMIC for item in sets):
        return undecided("setproduct", DYNAMIC, *sets).marked(sensitive)
    lists = [_as_list(item) for item in sets]
    if any(item.unknown for item in lists):
        return undecided("setproduct", _type_of_product(sets, lists), *sets).marked(sensitive)
    context.budget.allow_members(prod(len(items_of(item)) for item in lists))
    rows = [tuple_value(row) for row in product(*map(items_of, lists))]
    returns = _type_of_product(sets, lists)
    if isinstance(returns, SetOf):
        return make_set(returns.element, rows).marked(sensitive)
    return list_value(returns.element, tuple(rows)).marked(sensitive)


def _as_list(value: Value) -> Value:
    if not isinstance(value.type, ListOf | SetOf | TupleOf | Dynamic):
        raise bad_argument("sets", "a set or a list is required")
    try:
        return convert(value, ListOf(DYNAMIC))
    except ConversionError as error:
        raise bad_argument("sets", "all elements must be of the same type") from error


def _type_of_product(sets: Sequence[Value], lists: Sequence[Value]) -> ListOf | SetOf:
    row = TupleOf(tuple(item.type.element if isinstance(item.type, ListOf) else DYNAMIC for item in lists))
    return SetOf(row) if any(isinstance(item.type, SetOf) for item in sets) else ListOf(row)


FUNCTIONS = (
    _by_members("setintersection", ("first_set",), "other_sets", _both),
    Function("setproduct", (), Parameter("sets", unknown=True, sensitive=True), DYNAMIC, _product),
    _by_members("setsubtract", ("a", "b"), None, _less),
    Function(
        "setunion",
        (Parameter("first_set", _ANY_SET, unknown=True),),
        Parameter("other_sets", _ANY_SET, unknown=True),
        DYNAMIC,
        _union,
    ),
)
