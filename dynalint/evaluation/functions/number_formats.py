"""Numbers as the verbs of ``format`` write them, which is how Go's ``big.Int`` and ``big.Float`` do.

https://pkg.go.dev/math/big#Int.Format and https://pkg.go.dev/math/big#Float.Format
"""

from __future__ import annotations

from fractions import Fraction

from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.values import Number
from dynalint.records import dataclass

LARGEST_PRECISION = 4000
"""Digits after the point beyond which Python would refuse to write an integer."""

_BASES = {"b": "b", "o": "o", "d": "d", "x": "x", "X": "X"}
_INTEGER_PREFIXES = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}


@dataclass(frozen=True, slots=True)
class Verb:
    """One ``%…`` of a format: its text, where it begins, its flags and its letter; ``argument`` counts from 1."""

    raw: str
    offset: int
    flags: frozenset[str]
    width: int
    precision: int | None
    argument: int
    letter: str


def integer_text(verb: Verb, number: int) -> str:
    """A whole number by one of the verbs ``b d o x X``."""
    digits = format(abs(number), _BASES[verb.letter])
    if verb.precision == 0 and digits == "0":
        return ""
    zeros = _allowed(verb.precision or 0) - len(digits)
    sign = _sign(verb, negative=number < 0)
    prefix = _INTEGER_PREFIXES.get(verb.letter, "") if "#" in verb.flags else ""
    digits = "0" * max(zeros, 0) + digits
    missing = verb.width - len(sign) - len(prefix) - len(digits)
    if "-" in verb.flags:
        return sign + prefix + digits + " " * missing
    if "0" in verb.flags and verb.precision is None:
        return sign + prefix + "0" * missing + digits
    return " " * missing + sign + prefix + digits


def float_text(verb: Verb, number: Number) -> str:
    """Any number by one of the verbs ``e E f g G``."""
    sign = _sign(verb, negative=number < 0)
    if isinstance(number, float):
        sign, body = sign or "+", "Inf"
    else:
        body = _decimal_text(verb, number if number >= 0 else -number)
    missing = verb.width - len(sign) - len(body)
    if "0" in verb.flags and body != "Inf":
        return sign + "0" * missing + body
    if "-" in verb.flags:
        return sign + body + " " * missing
    return " " * missing + sign + body


def shortest_text(number: Number) -> str:
    """A number as ``%v`` writes it: with an exponent from a million on, and below a ten-thousandth."""
    if isinstance(number, float):
        return "+Inf" if number > 0 else "-Inf"
    return f"-{_general(-number, None, 'e')}" if number < 0 else _general(number, None, "e")


def _sign(verb: Verb, *, negative: bool) -> str:
    if negative:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def _allowed(precision: int) -> int:
    if precision > LARGEST_PRECISION:
        raise BudgetError(f"a precision of {precision} digits is more than dynalint evaluates")
    return precision


def _decimal_text(verb: Verb, number: int | Fraction) -> str:
    if verb.letter in "gG":
        return _general(number, verb.precision, "E" if verb.letter == "G" else "e")
    precision = 6 if verb.precision is None else _allowed(verb.precision)
    if verb.letter == "f":
        return _fixed(number, precision)
    digits, exponent = _rounded(number, precision + 1)
    return _scientific(digits.ljust(precision + 1, "0"), exponent, verb.letter)


def _general(number: int | Fraction, precision: int | None, letter: str) -> str:
    """``%g``: as few digits as tell the number from others, or ``precision`` of them without closing zeros."""
    if precision is None:
        digits, exponent = _shortest(number)
        limit = 6
    else:
        limit = _allowed(precision) or 1
        digits, exponent = _rounded(number, limit)
        if limit > len(digits) > exponent:
            limit = len(digits)
    if exponent < -4 or exponent >= limit:
        return _scientific(digits, exponent, letter)
    return _point(digits, exponent)


def _shortest(number: int | Fraction) -> tuple[str, int]:
    """The digits that name a number, and the power of ten of the first."""
    whole, _, fraction = number_text(number).partition(".")
    digits = (whole + fraction).lstrip("0")
    exponent = len(whole) - 1 if whole != "0" else len(digits) - len(fraction) - 1
    return digits.rstrip("0") or "0", exponent if digits else 0


def _rounded(number: int | Fraction, count: int) -> tuple[str, int]:
    """The first ``count`` digits without closing zeros, halves to even, and the power of ten of the first."""
    if number == 0:
        return "0", 0
    exponent = _shortest(number)[1]
    scaled = str(round(Fraction(number) / Fraction(10) ** (exponent + 1 - count)))
    return scaled.rstrip("0"), exponent + len(scaled) - count


def _fixed(number: int | Fraction, precision: int) -> str:
    scaled = str(round(Fraction(number) * 10**precision)).rjust(precision + 1, "0")
    return f"{scaled[:-precision]}.{scaled[-precision:]}" if precision else scaled


def _scientific(digits: str, exponent: int, letter: str) -> str:
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}{letter}{exponent:+03d}"


def _point(digits: str, exponent: int) -> str:
    if exponent < 0:
        return f"0.{'0' * (-exponent - 1)}{digits}"
    whole, fraction = digits[: exponent + 1].ljust(exponent + 1, "0"), digits[exponent + 1 :]
    return f"{whole}.{fraction}" if fraction else whole
