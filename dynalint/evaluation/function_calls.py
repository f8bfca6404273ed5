"""``name(arguments)``.

``try`` and ``can`` decide for themselves what is evaluated; every other function is in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dynalint.evaluation import expressions
from dynalint.evaluation.access import OpenObject, closed
from dynalint.evaluation.compare import is_sensitive
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions import FUNCTIONS, call
from dynalint.evaluation.required_names import require_names
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.suggest import did_you_mean
from dynalint.evaluation.types import BOOL, DYNAMIC, ListOf, SetOf, TupleOf
from dynalint.evaluation.values import (
    Trace,
    Unknown,
    Value,
    boolean,
    identity_of,
    null,
    object_value,
    tuple_value,
    unknown,
    value_identity,
)
from dynalint.syntax.nodes import Call, Expression, GetAttr, Index, Name, ObjectExpression, TupleExpression

LAZY = ("try", "can")
LOOKS_INSIDE = frozenset(
    {"values", "one", "element", "concat", "flatten", "merge", "lookup", "coalesce", "keys", "length"}
)
"""Functions that only hand members on, so that a resource without schema may be a member of their arguments."""


def evaluate_call(expression: Call, scope: Scope) -> Value:
    """Result of a call; EvaluationError for an unknown function, bad arguments, or what the function refuses."""
    name = expression.name.removeprefix("core::")
    if name == "try":
        return _try(expression, scope)
    if name == "can":
        return _can(expression, scope)
    function = FUNCTIONS.get(name)
    if function is None:
        return _unlisted(name, expression, scope)
    if name == "templatestring" and not _is_reference(expression):
        raise EvaluationError("the template of templatestring() must be a reference, such as local.text")
    arguments = _arguments(expression, scope)
    if isinstance(arguments, Unknown):
        return unknown(DYNAMIC, arguments).with_trace(Trace(expression.span, ""))
    if name not in LOOKS_INSIDE:
        arguments = tuple(_without_open(argument) for argument in arguments)
    if name == "ephemeralasnull" and len(arguments) == 1:
        arguments = (_without_ephemeral(expression.arguments[0], arguments[0], scope),)
    result = call(function, arguments, scope.module.tree.context(scope))
    behind = (result.trace, *(argument.trace for argument in arguments)) if result.trace else _traces(arguments)
    sources = tuple(trace for trace in behind if trace)[: expressions.SOURCES_KEPT]
    return result.with_trace(Trace(expression.span, "", sources))


def _without_ephemeral(expression: Expression, value: Value, scope: Scope) -> Value:
    """A value with null in place of what is ephemeral in it."""
    if not scope.module.ephemeral.reaches(expression, frozenset(scope.names)):
        return value
    match expression, value.data:
        case TupleExpression(items=items), tuple() as members:
            pairs = zip(items, members, strict=True)
            return tuple_value(tuple(_without_ephemeral(item, member, scope) for item, member in pairs))
        case ObjectExpression(items=pairs), Mapping() as members if len(pairs) == len(members):
            named = {str(expressions.evaluate(pair.key, scope).data): pair.value for pair in pairs}
            return object_value({key: _without_ephemeral(item, members[key], scope) for key, item in named.items()})
    return null(value.type)


def _unlisted(name: str, expression: Call, scope: Scope) -> Value:
    """A function that is not in the table: unknown where a provider may define it, and no function elsewhere."""
    if not name.startswith("provider::"):
        raise EvaluationError(f"there is no function named {name!r}{did_you_mean(name, (*FUNCTIONS, *LAZY))}")
    arguments = _arguments(expression, scope)
    identity = "" if isinstance(arguments, Unknown) else identity_of(name, *map(value_identity, arguments))
    because = Unknown(f"{name}() is a function of a provider that dynalint does not run", identity)
    sensitive = not isinstance(arguments, Unknown) and any(map(is_sensitive, arguments))
    return unknown(DYNAMIC, because).marked(sensitive).with_trace(Trace(expression.span, ""))


def _is_reference(expression: Call) -> bool:
    return not expression.arguments or isinstance(expression.arguments[0], Name | GetAttr | Index)


def _traces(arguments: tuple[Value, ...]) -> tuple[Trace | None, ...]:
    return tuple(argument.trace for argument in arguments)


def _arguments(expression: Call, scope: Scope) -> tuple[Value, ...] | Unknown:
    values = [closed(expressions.evaluate(argument, scope)) for argument in expression.arguments]
    if not expression.expand or not values:
        return tuple(values)
    last = values.pop()
    if last.unknown:
        return Unknown(last.unknown.reason, hint=last.unknown.hint)
    if not isinstance(last.type, ListOf | SetOf | TupleOf) or not isinstance(last.data, tuple):
        span = expression.arguments[-1].span
        raise EvaluationError("the argument before ... must be a list, set or tuple that is not null", span)
    scope.budget.allow_members(len(last.data))
    return (*values, *(member.marked(last.sensitive) for member in last.data))


def _without_open(value: Value) -> Value:
    if not any(isinstance(member.data, OpenObject) for member in value.members()):
        return value
    lost = next(member.data for member in value.members() if isinstance(member.data, OpenObject))
    return Value(DYNAMIC, replace(lost.rest, identity=""), value.sensitive, value.trace)


def _try(expression: Call, scope: Scope) -> Value:
    last: EvaluationError | None = None
    for argument in expression.arguments:
        require_names(scope.module, argument, frozenset(scope.names))
        try:
            value = expressions.evaluate(argument, scope)
        except EvaluationError as error:
            last = error
            continue
        because = value.first_unknown()
        if because:
            value = _perhaps(expression, value, because, scope)
        return value.with_trace(Trace(expression.span, "", (value.trace,) if value.trace else ()))
    if last is None:
        raise EvaluationError("try() needs at least one argument")
    raise EvaluationError(f"no argument of try() succeeds; the last one: {last.message}", expression.span) from last


def _perhaps(expression: Call, value: Value, because: Unknown, scope: Scope) -> Value:
    """What ``try`` makes of a value that holds anything unknown: it may fail yet, when everything is known."""
    values: list[Value | None] = []
    for argument in expression.arguments:
        try:
            values.append(closed(expressions.evaluate(argument, scope)))
        except EvaluationError:
            values.append(None)
    chosen = next(at for at, known in enumerate(values) if known is not None)
    if value.unknown and _is_there(expression.arguments[chosen], scope):
        identity = value.unknown.identity
    else:
        identities = ("error" if known is None else value_identity(known) for known in values)
        identity = identity_of("try", value_identity(value), *identities)
    return Value(DYNAMIC, Unknown(because.reason, identity=identity, hint=because.hint), value.sensitive, value.trace)


def _is_there(expression: Expression, scope: Scope) -> bool:
    """Whether an expression is an attribute of an object that is known, so that only its value is not."""
    if not isinstance(expression, GetAttr):
        return False
    try:
        holder = expressions.evaluate(expression.source, scope).data
    except EvaluationError:
        return False
    return isinstance(holder, Mapping) and expression.name in holder


def _can(expression: Call, scope: Scope) -> Value:
    if len(expression.arguments) != 1:
        raise EvaluationError("can() takes exactly one argument")
    require_names(scope.module, expression.arguments[0], frozenset(scope.names))
    try:
        value = expressions.evaluate(expression.arguments[0], scope)
    except EvaluationError:
        return boolean(False).with_trace(Trace(expression.span, ""))
    because = value.first_unknown()
    result = unknown(BOOL, Unknown(because.reason, hint=because.hint, not_null=True)) if because else boolean(True)
    return result.with_trace(Trace(expression.span, "", (value.trace,) if value.trace else ()))
