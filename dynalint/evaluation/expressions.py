"""Expressions to values: one small function for each form of expression.

https://developer.hashicorp.com/terraform/language/expressions. Every value that leaves here has a trace: the
expression that made it, with the traces of the values that decided it behind.
"""

from __future__ import annotations

from functools import partial

from dynalint.evaluation import operators
from dynalint.evaluation.access import closed, get_attribute, get_index, splat
from dynalint.evaluation.conditionals import evaluate_conditional
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.for_expressions import evaluate_for_object, evaluate_for_tuple
from dynalint.evaluation.function_calls import evaluate_call
from dynalint.evaluation.numbers import rounded
from dynalint.evaluation.references import evaluate_reference
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.templates import evaluate_template
from dynalint.evaluation.types import DYNAMIC, STRING
from dynalint.evaluation.values import (
    Trace,
    Unknown,
    Value,
    boolean,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)
from dynalint.syntax.nodes import (
    AttributeStep,
    Binary,
    Call,
    Conditional,
    Expression,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    IndexStep,
    Literal,
    Name,
    ObjectExpression,
    Splat,
    SplatPart,
    SplatStep,
    Template,
    TupleExpression,
    Unary,
)

SOURCES_KEPT = 8
"""Traces of operands that a result keeps: enough to show what decided, bounded so that traces stay small."""


def evaluate(expression: Expression, scope: Scope) -> Value:
    """Value of an expression.

    Raises EvaluationError, with the span of the innermost expression that fails, where Terraform would refuse it, and
    BudgetError where it costs too much.
    """
    scope.budget.spend()
    try:
        return _evaluate(expression, scope)
    except EvaluationError as error:
        error.span = error.span or expression.span
        raise


def _evaluate(expression: Expression, scope: Scope) -> Value:
    match expression:
        case Literal():
            return literal(expression)
        case Name() | GetAttr() | Index():
            return _step_or_reference(expression, scope)
        case Template():
            return evaluate_template(expression, scope)
        case TupleExpression():
            return _tuple(expression, scope)
        case ObjectExpression():
            return _object(expression, scope)
        case Call():
            return evaluate_call(expression, scope)
        case Conditional():
            return evaluate_conditional(expression, scope)
        case Binary():
            return _binary(expression, scope)
        case Unary(operator=operator, operand=operand):
            value = evaluate(operand, scope)
            return _from(expression, operators.unary(operator, closed(value)), value)
        case Splat():
            return _splat(expression, scope)
        case ForTuple():
            return evaluate_for_tuple(expression, scope)
        case ForObject():
            return evaluate_for_object(expression, scope)


def literal(expression: Literal) -> Value:
    """The value of a literal, traced to itself."""
    trace = Trace(expression.span, "")
    match expression.value:
        case None:
            return null().with_trace(trace)
        case bool() as flag:
            return boolean(flag).with_trace(trace)
        case str() as text:
            return string(text).with_trace(trace)
        case plain:
            return number(rounded(plain)).with_trace(trace)


def _from(expression: Expression, value: Value, *operands: Value) -> Value:
    """``value`` with the expression as its trace, and the operands that decided it behind."""
    sources = tuple(operand.trace for operand in operands if operand.trace)[:SOURCES_KEPT]
    return value.with_trace(Trace(expression.span, "", sources))


def _step_or_reference(expression: Name | GetAttr | Index, scope: Scope) -> Value:
    root: Expression = expression
    while isinstance(root, GetAttr | Index):
        root = root.source
    if isinstance(root, Name):
        return evaluate_reference(expression, scope)
    match expression:
        case GetAttr(source=source, name=name):
            return get_attribute(evaluate(source, scope), name)
        case Index(source=source, key=key):
            return get_index(closed(evaluate(source, scope)), evaluate(key, scope))
    raise AssertionError(f"no such expression: {expression!r}")


def _tuple(expression: TupleExpression, scope: Scope) -> Value:
    scope.budget.allow_members(len(expression.items))
    items = tuple(evaluate(item, scope) for item in expression.items)
    return tuple_value(items).with_trace(Trace(expression.span, ""))


def _object(expression: ObjectExpression, scope: Scope) -> Value:
    scope.budget.allow_members(len(expression.items))
    members: dict[str, Value] = {}
    lost: Unknown | None = None
    sensitive = False
    for item in expression.items:
        key = evaluate(item.key, scope)
        value = evaluate(item.value, scope)
        sensitive = sensitive or key.sensitive
        name = object_key(key, item.key)
        if isinstance(name, Unknown):
            lost = lost or name
        else:
            members[name] = value
    because = Unknown(lost.reason, hint=lost.hint, not_null=True) if lost else None
    result = unknown(DYNAMIC, because) if because else object_value(members)
    return result.marked(sensitive).with_trace(Trace(expression.span, ""))


def object_key(key: Value, expression: Expression) -> str | Unknown:
    """The text of an object's key, or why it is not known; EvaluationError for null and for what is no string."""
    if key.is_null:
        raise EvaluationError("the key of an object must not be null", expression.span)
    try:
        text = convert(closed(key), STRING).data
    except EvaluationError as error:
        raise EvaluationError(f"the key of an object must be a string: {error.message}", expression.span) from error
    assert isinstance(text, str | Unknown)
    return text


def _binary(expression: Binary, scope: Scope) -> Value:
    """A chain ``a + b + c`` leans left and may be long: it is walked, not recursed into."""
    chain: list[Binary] = []
    innermost: Expression = expression
    while isinstance(innermost, Binary):
        chain.append(innermost)
        innermost = innermost.left
    value = evaluate(innermost, scope)
    for node in reversed(chain):
        value = _apply(node, value, scope)
    return value


def _apply(node: Binary, left: Value, scope: Scope) -> Value:
    scope.budget.spend()
    left = closed(left)
    if operators.decides_early(node.operator, left):
        return _from(node, boolean(left.data is True).marked(left.sensitive), left)
    right = closed(evaluate(node.right, scope))
    try:
        return _from(node, operators.binary(node.operator, left, right), left, right)
    except EvaluationError as error:
        error.span = error.span or node.span
        raise


def _splat(expression: Splat, scope: Scope) -> Value:
    source = evaluate(expression.source, scope)
    return _from(expression, splat(source, lambda value: _take_steps(value, expression.steps, scope)), source)


def _take_steps(value: Value, steps: tuple[SplatPart, ...], scope: Scope) -> Value:
    """What the steps of a splat make of one element."""
    for step in steps:
        scope.budget.spend()
        match step:
            case AttributeStep(name=name):
                value = get_attribute(value, name)
            case IndexStep(key=key):
                value = get_index(closed(value), closed(evaluate(key, scope)))
            case SplatStep(steps=inner):
                value = splat(value, partial(_take_steps, steps=inner, scope=scope))
    return value
