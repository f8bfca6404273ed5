"""Operators: ``-x``, ``a + b``, ``a == b``, ``a && b``.

https://developer.hashicorp.com/terraform/language/expressions/operators
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from dynalint.evaluation import numbers
from dynalint.evaluation.compare import equal
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.types import BOOL, NUMBER, Type
from dynalint.evaluation.values import (
    FALSE,
    TRUE,
    Number,
    Unknown,
    Value,
    boolean,
    identity_of,
    number,
    unknown,
    value_identity,
)

ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}
COMPARISON: dict[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}


def binary(operator: str, left: Value, right: Value) -> Value:
    """``left operator right``; EvaluationError for an operand of the wrong type or null."""
    sensitive = left.sensitive or right.sensitive
    return _binary(operator, left, right).marked(sensitive)


def _binary(operator: str, left: Value, right: Value) -> Value:
    match operator:
        case "==":
            return equal(left, right)
        case "!=":
            return negate(equal(left, right))
        case "&&" | "||":
            return _logic(operator, _operand(left, BOOL, "left"), _operand(right, BOOL, "right"))
        case _:
            return _on_numbers(operator, _operand(left, NUMBER, "left"), _operand(right, NUMBER, "right"))


def _operand(value: Value, type_: Type, side: str) -> Value:
    try:
        converted = convert(value, type_)
    except EvaluationError as error:
        raise EvaluationError(f"unsuitable value for the {side} operand: {error.message}") from error
    if converted.is_null:
        raise EvaluationError(f"unsuitable value for the {side} operand: it is null")
    return converted


def decides_early(operator: str, left: Value) -> bool:
    """Whether ``left`` alone decides ``left && …`` or ``left || …``.

    Terraform since 1.12 and OpenTofu since 1.10 do not look at the right side then.
    """
    return (operator == "&&" and left.data is False) or (operator == "||" and left.data is True)


def _logic(operator: str, left: Value, right: Value) -> Value:
    decisive = operator == "||"
    if decisive in (left.data, right.data):
        return boolean(decisive)
    for this, other in ((left, right), (right, left)):
        if not this.unknown:
            return other
    return _unknown_result(operator, BOOL, left, right)


def _on_numbers(operator: str, left: Value, right: Value) -> Value:
    if left.unknown or right.unknown:
        return _unknown_result(operator, NUMBER if operator in ARITHMETIC else BOOL, left, right)
    first, second = left.data, right.data
    assert isinstance(first, int | Fraction | float)
    assert isinstance(second, int | Fraction | float)
    if operator in ARITHMETIC:
        return number(ARITHMETIC[operator](first, second))
    return boolean(COMPARISON[operator](first, second))


def _unknown_result(operator: str, type_: Type, left: Value, right: Value) -> Value:
    because = left.unknown or right.unknown
    assert because is not None
    identity = identity_of(operator, value_identity(left), value_identity(right))
    return unknown(type_, Unknown(because.reason, identity=identity, hint=because.hint, not_null=True))


def negate(value: Value) -> Value:
    """``!value`` for a bool that is not null."""
    if value.unknown:
        identity = identity_of("!", value.unknown.identity)
        result = Unknown(value.unknown.reason, identity=identity, hint=value.unknown.hint, not_null=True)
        return unknown(BOOL, result).marked(value.sensitive)
    return (FALSE if value.data is True else TRUE).marked(value.sensitive)


def unary(operator: str, operand: Value) -> Value:
    """``!operand`` or ``-operand``; EvaluationError for an operand of the wrong type or null."""
    if operator == "!":
        return negate(_operand(operand, BOOL, "unary"))
    value = _operand(operand, NUMBER, "unary")
    if value.unknown:
        identity = identity_of("-", value.unknown.identity)
        result = Unknown(value.unknown.reason, identity=identity, hint=value.unknown.hint, not_null=True)
        return unknown(NUMBER, result).marked(value.sensitive)
    assert isinstance(value.data, int | Fraction | float)
    return number(numbers.negative(value.data)).marked(value.sensitive)
