"""What is left of an expression that fails, where the failure does not count.

The side of a conditional that is not taken may fail, but it still has a type, which both sides must share. Terraform
then puts an unknown of no type where the failure is, and goes on around it.
"""

from __future__ import annotations

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed, splat
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.for_expressions import evaluate_for_object, evaluate_for_tuple
from dynalint.evaluation.operators import ARITHMETIC
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING
from dynalint.evaluation.unify import unify
from dynalint.evaluation.values import Unknown, Value, object_value, tuple_value, unknown
from dynalint.syntax.nodes import (
    Binary,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    Interpolation,
    ObjectExpression,
    Splat,
    Template,
    TupleExpression,
    Unary,
)


def evaluate_despite_errors(expression: Expression, scope: Scope) -> Value:
    """The value of an expression, unknown in those parts that fail."""
    try:
        return closed(expressions.evaluate(expression, scope))
    except EvaluationError as error:
        return _around(expression, Unknown(error.message), scope)


def _around(expression: Expression, because: Unknown, scope: Scope) -> Value:
    try:
        return _rest(expression, because, scope)
    except EvaluationError:
        return unknown(DYNAMIC, because)


def _rest(expression: Expression, because: Unknown, scope: Scope) -> Value:
    match expression:
        case TupleExpression(items=items):
            return tuple_value(tuple(evaluate_despite_errors(item, scope) for item in items))
        case ObjectExpression():
            return _object(expression, scope)
        case ForTuple():
            return evaluate_for_tuple(expression, scope, evaluate_despite_errors)
        case ForObject():
            return evaluate_for_object(expression, scope, evaluate_despite_errors)
        case Conditional(if_true=if_true, if_false=if_false):
            sides = [evaluate_despite_errors(side, scope).type for side in (if_true, if_false)]
            return unknown((DYNAMIC not in sides and unify(sides)) or DYNAMIC, because)
        case Splat(source=source):
            return splat(expressions.evaluate(source, scope), lambda _: unknown(DYNAMIC, because))
        case Binary(operator=operator):
            return unknown(NUMBER if operator in ARITHMETIC else BOOL, because)
        case Unary(operator=operator):
            return unknown(BOOL if operator == "!" else NUMBER, because)
        case Template(parts=(Interpolation(expression=inner),)):
            return evaluate_despite_errors(inner, scope)
        case Template():
            return unknown(STRING, because)
    return unknown(DYNAMIC, because)


def _object(expression: ObjectExpression, scope: Scope) -> Value:
    members: dict[str, Value] = {}
    for item in expression.items:
        name = expressions.object_key(expressions.evaluate(item.key, scope), item.key)
        if isinstance(name, Unknown):
            return unknown(DYNAMIC, name)
        members[name] = evaluate_despite_errors(item.value, scope)
    return object_value(members)
