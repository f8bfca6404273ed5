"""Numbers as Terraform has them: binary floats of 512 bits, written in plain decimals.

A number is an ``int`` where it is whole, a :class:`~fractions.Fraction` where it is not, a ``float`` only where it is
infinite. What leaves this module is rounded to 512 bits, so equal numbers are equal in Python too.
"""

from __future__ import annotations

import math
import re
from fractions import Fraction

from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.values import Number

PRECISION = 512
"""Bits of a mantissa, https://developer.hashicorp.com/terraform/language/expressions/types."""

LARGEST_EXPONENT = 4000
"""Decimal exponent beyond which a number is refused: Python would write it out in full."""

_INT64 = 2**63
NOT_AN_INDEX = f"value must be a whole number, between {-_INT64} and {_INT64 - 1}"
"""What Terraform says where :func:`as_index` answers None."""

_LARGEST_BITS = int(LARGEST_EXPONENT * math.log2(10))
_NUMERAL = re.compile(r"([+-]?)(\d*)(?:\.(\d*))?(?:([eEpP])([+-]?\d+))?", re.ASCII)
_INFINITY = re.compile(r"([+-]?)[iI]nf")


class _NegativeZero(int):
    """Zero with a sign: equal to any other, and written with it."""


NEGATIVE_ZERO = _NegativeZero()


def negative(number: Number) -> Number:
    """``-number``."""
    if number == 0:
        return 0 if isinstance(number, _NegativeZero) else NEGATIVE_ZERO
    return -number


def _is_negative(number: Number) -> bool:
    return number < 0 or isinstance(number, _NegativeZero)


def parse_number(text: str) -> Number | None:
    """The number that ``text`` stands for where Terraform converts it, None where it stands for none.

    BudgetError for one of more than some 4,000 digits.
    """
    if infinite := _INFINITY.fullmatch(text):
        return -math.inf if infinite[1] == "-" else math.inf
    numeral = _NUMERAL.fullmatch(text)
    if numeral is None or not (numeral[2] or numeral[3]):
        return None
    sign, whole, fraction, exponent_mark, exponent_text = numeral.groups(default="")
    allow_digits(len(whole) + len(fraction))
    if len(exponent_text) > 8:
        raise BudgetError(f"the number {text[:40]} is larger or smaller than dynalint evaluates")
    exponent = int(exponent_text or 0)
    allow_digits(abs(exponent))
    base = 2 if exponent_mark in {"p", "P"} else 10
    magnitude = Fraction(int(whole + fraction), 10 ** len(fraction)) * _power(base, exponent)
    return rounded(-magnitude if sign == "-" else magnitude)


def _power(base: int, exponent: int) -> Fraction:
    return Fraction(base**exponent) if exponent >= 0 else Fraction(1, base**-exponent)


def allow_digits(count: int) -> None:
    """BudgetError for a number of more than some 4,000 digits."""
    if count > LARGEST_EXPONENT:
        raise BudgetError(f"a number of {count} digits is more than dynalint evaluates")


def rounded(exact: int | Fraction) -> Number:
    """``exact`` rounded to the nearest number of 512 bits, halves to even; BudgetError for an enormous one."""
    numerator, denominator = exact.numerator, exact.denominator
    exponent = numerator.bit_length() - denominator.bit_length()
    if denominator == 1 and exponent < PRECISION:
        return numerator
    if abs(exponent) > _LARGEST_BITS:
        raise BudgetError("a number is larger or smaller than dynalint evaluates")
    bits = PRECISION - _exponent(abs(Fraction(exact))) - 1
    nearest = round(exact * _power(2, bits)) / _power(2, bits)
    return nearest.numerator if nearest.denominator == 1 else nearest


def _exponent(positive: Fraction) -> int:
    """The largest power of two that is not greater than ``positive``."""
    estimate = positive.numerator.bit_length() - positive.denominator.bit_length()
    return estimate if positive >= _power(2, estimate) else estimate - 1


def number_text(number: Number) -> str:
    """``number`` in decimals, as few as tell it from its neighbours, never with an exponent."""
    if isinstance(number, float):
        return "-Inf" if number < 0 else "+Inf"
    if isinstance(number, _NegativeZero):
        return "-0"
    if isinstance(number, int) and number.bit_length() <= PRECISION:
        return str(number)
    sign = "-" if number < 0 else ""
    digits, point = _shortest_digits(abs(Fraction(number)))
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    if point >= len(digits):
        return f"{sign}{digits}{'0' * (point - len(digits))}"
    return f"{sign}{digits[:point]}.{digits[point:]}"


def _shortest_digits(positive: Fraction) -> tuple[str, int]:
    """The digits, and where among them the decimal point is."""
    half_step = _power(2, _exponent(positive) - PRECISION)
    even = positive / (2 * half_step) % 2 == 0
    point = _decimal_exponent(positive) + 1
    # No two decimals of 153 digits are the same number of 512 bits; 156 digits name any such number.
    for places in range(153 - point, 157 - point):
        scale = _power(10, places)
        digits = round(positive * scale)
        distance = abs(digits / scale - positive)
        if distance < half_step or (even and distance == half_step):
            break
    text = str(digits)
    return text.rstrip("0"), len(text) - places


def _decimal_exponent(positive: Fraction) -> int:
    """The largest power of ten that is not greater than ``positive``."""
    estimate = math.floor(_exponent(positive) * math.log10(2))
    return estimate + 1 if positive >= _power(10, estimate + 1) else estimate


def as_index(number: Number) -> int | None:
    """``number`` where Terraform takes it as an index or size: whole, and within 64 bits. None for any other."""
    return number if isinstance(number, int) and -_INT64 <= number < _INT64 else None


def _is_infinite(number: Number) -> bool:
    return isinstance(number, float) and math.isinf(number)


def add(left: Number, right: Number) -> Number:
    """``left + right``; EvaluationError for infinity less itself."""
    if isinstance(left, float) or isinstance(right, float):
        if _is_infinite(left) and _is_infinite(right) and left != right:
            raise EvaluationError("can't compute sum of opposing infinities")
        return left if isinstance(left, float) else right
    return rounded(left + right)


def subtract(left: Number, right: Number) -> Number:
    """``left - right``; EvaluationError for infinity less itself."""
    if left == right and _is_infinite(left):
        raise EvaluationError("can't subtract infinity from itself")
    return add(left, -right)


def multiply(left: Number, right: Number) -> Number:
    """``left * right``; EvaluationError for zero times infinity."""
    if isinstance(left, float) or isinstance(right, float):
        if left == 0 or right == 0:
            raise EvaluationError("can't multiply zero by infinity")
        return math.inf if (left > 0) == (right > 0) else -math.inf
    if left == 0 or right == 0:
        return 0 if _is_negative(left) == _is_negative(right) else NEGATIVE_ZERO
    return rounded(left * right)


def divide(left: Number, right: Number) -> Number:
    """``left / right``, infinite where only ``right`` is zero; EvaluationError for 0/0 and for two infinities."""
    if (left == 0 and right == 0) or (_is_infinite(left) and _is_infinite(right)):
        raise EvaluationError("can't divide zero by zero or infinity by infinity")
    if isinstance(right, float):
        return 0
    if isinstance(left, float):
        return left if right >= 0 else -left
    if right == 0:
        return math.inf if left > 0 else -math.inf
    return rounded(Fraction(left) / right)


def modulo(left: Number, right: Number) -> Number:
    """The remainder of a division that truncates; ``left`` where ``right`` is zero."""
    if isinstance(left, float) or isinstance(right, float):
        raise EvaluationError("can't use modulo with zero and infinity")
    if right == 0:
        return left
    quotient = rounded(math.trunc(divide(left, right)))
    return subtract(left, multiply(right, quotient))
