"""Type constraints: ``map(object({ name = string, pitr = optional(bool, true) }))``.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field

from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    SetOf,
    TupleOf,
    Type,
    object_of,
)
from dynalint.evaluation.values import Value, list_value, object_value, tuple_value
from dynalint.records import dataclass
from dynalint.syntax.nodes import Call, Expression, Literal, Name, ObjectExpression, TupleExpression

PRIMITIVES: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": DYNAMIC}
COLLECTIONS: dict[str, Callable[[Type], Type]] = {"list": ListOf, "set": SetOf, "map": MapOf}


@dataclass(frozen=True, slots=True)
class Defaults:
    """Where a type says ``optional(…, default)``.

    ``values`` are the defaults of this object's attributes, ``children`` lead further down: by attribute name, by
    position in a tuple, and under ``""`` for the element of a list, set or map.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    children: Mapping[str, Defaults] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Constraint:
    """A type with the defaults that are written into it; ``defaults`` is None where there are none."""

    type: Type
    defaults: Defaults | None = None


def read_constraint(expression: Expression, evaluate: Callable[[Expression], Value]) -> Constraint:
    """The constraint that a ``type`` argument writes.

    ``evaluate`` gives the values of defaults, which may refer to nothing. EvaluationError for what is no type.
    """
    match expression:
        case Name(name=name) if name in PRIMITIVES:
            return Constraint(PRIMITIVES[name])
        case Name(name="list" | "set" | "map" as name):
            return Constraint(COLLECTIONS[name](DYNAMIC))
        case Literal(value=("list" | "map") as name) if isinstance(name, str):
            return Constraint(COLLECTIONS[name](STRING))  # the form before 0.12, still read
        case Literal(value=str() as text):
            raise EvaluationError(f'a type is written without quotes: {text}, not "{text}"', expression.span)
        case Call(name="list" | "set" | "map" as name, arguments=(inner,)):
            element = read_constraint(inner, evaluate)
            children = Defaults(children={"": element.defaults}) if element.defaults else None
            return Constraint(COLLECTIONS[name](element.type), children)
        case Call(name="object", arguments=(ObjectExpression() as inner,)):
            return _object(inner, evaluate)
        case Call(name="tuple", arguments=(TupleExpression() as inner,)):
            return _tuple(inner, evaluate)
        case Call(name="optional"):
            raise EvaluationError("optional() is only for the attributes of an object", expression.span)
        case Call(name=name) if name in {*COLLECTIONS, "object", "tuple"}:
            raise EvaluationError(f"{name}() takes one argument that says what is inside", expression.span)
    raise EvaluationError(
        "this is no type: write string, number, bool, any, list(…), set(…), map(…), object({…}) or tuple([…])",
        expression.span,
    )


def _object(expression: ObjectExpression, evaluate: Callable[[Expression], Value]) -> Constraint:
    types: dict[str, Type] = {}
    optional: set[str] = set()
    values: dict[str, Value] = {}
    children: dict[str, Defaults] = {}
    for item in expression.items:
        if not isinstance(item.key, Literal):
            raise EvaluationError("the name of an attribute must be written out", item.key.span)
        name = str(item.key.value)
        match item.value:
            case Call(name="optional", arguments=(inner, *rest)) if len(rest) <= 1:
                constraint = read_constraint(inner, evaluate)
                optional.add(name)
                if rest:
                    values[name] = _default(rest[0], constraint, evaluate)
            case other:
                constraint = read_constraint(other, evaluate)
        types[name] = constraint.type
        if constraint.defaults:
            children[name] = constraint.defaults
    defaults = Defaults(values, children) if values or children else None
    return Constraint(object_of(types, frozenset(optional)), defaults)


def _default(expression: Expression, constraint: Constraint, evaluate: Callable[[Expression], Value]) -> Value:
    value = evaluate(expression)
    try:
        return convert(apply_defaults(value, constraint.defaults), constraint.type).with_trace(value.trace)
    except EvaluationError as error:
        raise EvaluationError(f"the default does not fit its type: {error.message}", expression.span) from error


def _tuple(expression: TupleExpression, evaluate: Callable[[Expression], Value]) -> Constraint:
    inner = [read_constraint(item, evaluate) for item in expression.items]
    children = {str(index): item.defaults for index, item in enumerate(inner) if item.defaults}
    return Constraint(TupleOf(tuple(item.type for item in inner)), Defaults(children=children) if children else None)


def apply_defaults(value: Value, defaults: Defaults | None) -> Value:
    """``value`` with the defaults put in where an object lacks an attribute or has null there."""
    if defaults is None or value.is_null or value.is_unknown:
        return value
    match value.data:
        case tuple() as items:
            return _in_sequence(value, items, defaults)
        case Mapping() as members:
            return _in_members(value, members, defaults)
        case _:
            return value


def _in_sequence(value: Value, items: tuple[Value, ...], defaults: Defaults) -> Value:
    changed = tuple(
        apply_defaults(item, defaults.children.get("") or defaults.children.get(str(index)))
        for index, item in enumerate(items)
    )
    if changed == items:
        return value
    same = isinstance(value.type, ListOf) and len({item.type for item in changed}) == 1
    result = list_value(changed[0].type, changed) if same else tuple_value(changed)
    return result.marked(value.sensitive).with_trace(value.trace)


def _in_members(value: Value, members: Mapping[str, Value], defaults: Defaults) -> Value:
    element = defaults.children.get("")
    changed: dict[str, Value] = {}
    for name, member in members.items():
        if member.is_null and name in defaults.values:
            changed[name] = defaults.values[name]
        else:
            changed[name] = apply_defaults(member, element or defaults.children.get(name))
    for name, default in defaults.values.items():
        changed.setdefault(name, default)
    return object_value(changed).marked(value.sensitive).with_trace(value.trace)
