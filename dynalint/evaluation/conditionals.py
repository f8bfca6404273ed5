"""``condition ? a : b``.

https://developer.hashicorp.com/terraform/language/expressions/conditionals. Both sides must have a common type, but an
error in the side that is not taken does not count.
"""

from __future__ import annotations

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.convert import convert
from dynalint.evaluation.despite_errors import evaluate_despite_errors
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, Dynamic, ListOf, MapOf, Primitive, SetOf, Type, friendly
from dynalint.evaluation.unify import unify
from dynalint.evaluation.values import Trace, Unknown, Value, identity_of, null, unknown, value_identity
from dynalint.syntax.nodes import Conditional, Expression

MOST_CHOICES = 8
"""Values that an unknown conditional keeps: it is for the few words between which people choose."""


def evaluate_conditional(expression: Conditional, scope: Scope) -> Value:
    """The side that the condition takes, converted to the type of both."""
    condition = _condition(expression.condition, scope)
    if condition.unknown:
        first = evaluate_despite_errors(expression.if_true, scope)
        second = evaluate_despite_errors(expression.if_false, scope)
        result = _either(expression, condition, condition.unknown, first, second)
    else:
        taken, other = expression.if_true, expression.if_false
        if condition.data is False:
            taken, other = other, taken
        result = expressions.evaluate(taken, scope)
        not_taken = evaluate_despite_errors(other, scope)
        result = _to_common_type(expression, result, not_taken, swapped=condition.data is False)
    sources = tuple(trace for trace in (condition.trace, result.trace) if trace)
    return result.marked(condition.sensitive).with_trace(Trace(expression.span, "", sources))


def _condition(expression: Expression, scope: Scope) -> Value:
    value = closed(expressions.evaluate(expression, scope))
    if value.is_null:
        raise EvaluationError("the condition is null: a conditional needs true or false", expression.span)
    if value.unknown:
        return value
    try:
        return convert(value, BOOL)
    except EvaluationError as error:
        raise EvaluationError(f"a condition must be true or false: {error.message}", expression.span) from error


def _common(expression: Conditional, first: Value, second: Value) -> Type:
    """The type that both sides share. One of which nothing is known, and an untyped null, are of the other's type."""
    if _is_untyped(first):
        return second.type
    if _is_untyped(second):
        return first.type
    common = unify([first.type, second.type])
    if common is None:
        kinds = f"{friendly(first.type)} or {friendly(second.type)}"
        raise EvaluationError(f"both sides of a conditional need a common type: this is {kinds}", expression.span)
    return common


def _is_untyped(value: Value) -> bool:
    return isinstance(value.type, Dynamic) and not value.sensitive and (value.is_null or value.is_unknown)


def _to_common_type(expression: Conditional, value: Value, other: Value, *, swapped: bool) -> Value:
    """The side that is taken; sensitive where either side is, as Terraform has it."""
    own = closed(value)
    if own.type == other.type or (own.is_unknown and _is_untyped(own)):
        return value.marked(other.sensitive)
    common = _common(expression, other, own) if swapped else _common(expression, own, other)
    return (value if common == own.type else convert(own, common)).marked(other.sensitive)


def _either(expression: Conditional, condition: Value, because: Unknown, first: Value, second: Value) -> Value:
    """What is certain of a conditional whose condition is not known."""
    if any(side.is_unknown and isinstance(side.type, Dynamic) for side in (first, second)):
        return unknown(DYNAMIC, because).marked(first.sensitive or second.sensitive)
    common = _common(expression, first, second)
    if first.is_null and second.is_null:
        return null(common).marked(first.sensitive or second.sensitive)
    alike = first.type == second.type
    first, second = _as_far_as_it_goes(first, common), _as_far_as_it_goes(second, common)
    sensitive = first.sensitive or second.sensitive
    if common == NUMBER and not first.unknown and not first.is_null and first.data == second.data:
        return first.marked(sensitive)
    identities = value_identity(first), value_identity(second)
    if identities[0] and identities[0] == identities[1] and first.unknown:
        return first.marked(sensitive)
    shortest, longest = _lengths(common, first, second) if alike else (0, None)
    result = Unknown(
        because.reason,
        identity=identity_of("?", value_identity(condition), *identities),
        hint=because.hint,
        not_null=_certain(first) and _certain(second),
        shortest=shortest,
        longest=longest,
        choices=_choices(common, first, second),
    )
    return unknown(common, result).marked(sensitive)


def _as_far_as_it_goes(value: Value, common: Type) -> Value:
    """The value in the common type; itself where only the type converts, which suffices while neither is taken."""
    try:
        return convert(value, common)
    except EvaluationError:
        return value


def _certain(value: Value) -> bool:
    return value.unknown.not_null if value.unknown else not value.is_null


def _choices(common: Type, *sides: Value) -> tuple[Value, ...]:
    """All that it can be, where each side is known or one of a few values itself."""
    known = [side.unknown.choices if side.unknown else (side,) for side in sides]
    if not all(known) or not isinstance(common, Primitive):
        return ()
    found = tuple(dict.fromkeys(choice for choices in known for choice in choices))
    return found if len(found) <= MOST_CHOICES else ()


def _lengths(common: Type, *sides: Value) -> tuple[int, int | None]:
    if not isinstance(common, ListOf | SetOf | MapOf):
        return 0, None
    if any(side.is_null for side in sides):
        return 0, None
    bounds = [_bounds(side) for side in sides]
    upper = [longest for _, longest in bounds]
    return min(low for low, _ in bounds), None if None in upper else max(high for high in upper if high is not None)


def _bounds(side: Value) -> tuple[int, int | None]:
    if side.unknown:
        return side.unknown.shortest, side.unknown.longest
    count = len(side.members())
    uncertain = isinstance(side.type, SetOf) and side.first_unknown() is not None
    return (min(1, count) if uncertain else count), count
