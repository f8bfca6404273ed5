"""Functions about numbers.

https://developer.hashicorp.com/terraform/language/functions#numeric-functions
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce

from dynalint.evaluation import numbers
from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, fraction_of, items_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.types import DYNAMIC, NUMBER, STRING, Dynamic, ListOf, SetOf, TupleOf, Type, friendly
from dynalint.evaluation.values import Number, Value, list_value, number

MOST_OF_RANGE = 1024
"""Members of the longest list that ``range`` makes."""

_NUMBER = Parameter("num", NUMBER)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _of_number(name: str, compute: Callable[[Number], Number]) -> Function:
    def implementation(_context: Context, value: Value) -> Value:
        return number(compute(fraction_of(value)))

    return Function(name, (_NUMBER,), None, NUMBER, implementation)


def _rounding(name: str, to_whole: Callable[[Fraction], int]) -> Function:
    def compute(value: Number) -> Number:
        return value if isinstance(value, float) else to_whole(Fraction(value))

    return _of_number(name, compute)


def _signum(value: Number) -> Number:
    if numbers.as_index(value) is None:
        raise call_failed("signum", numbers.NOT_AN_INDEX)
    return (value > 0) - (value < 0)


def _abs(value: Number) -> Number:
    return -value if value < 0 else value


def _extreme(name: str, choose: Callable[[list[Number]], Number]) -> Function:
    def implementation(context: Context, *values: Value) -> Value:
        if not values:
            raise call_failed(name, "must pass at least one number")
        context.budget.spend(len(values))
        return number(choose([fraction_of(value) for value in values]))

    return Function(name, (), Parameter("numbers", NUMBER), NUMBER, implementation)


def _of_floats(name: str, parameters: tuple[str, str], compute: Callable[[float, float], float]) -> Function:
    """A function that Terraform computes in 64-bit floats."""

    def implementation(_context: Context, one: Value, other: Value) -> Value:
        result = compute(_as_float(fraction_of(one)), _as_float(fraction_of(other)))
        if math.isnan(result):
            raise call_failed(name, "the result is not a number")
        if result == 0:
            return number(numbers.NEGATIVE_ZERO if math.copysign(1, result) < 0 else 0)
        # What Terraform shows of such a result are the decimals of the 64-bit float.
        return number(numbers.parse_number(_decimals(result)) or 0)

    return Function(name, tuple(Parameter(parameter, NUMBER) for parameter in parameters), None, NUMBER, implementation)


def _decimals(value: float) -> str:
    """The fewest decimals that tell a float from others. For Go, the one below a power of two is a whole step away."""
    if abs(math.frexp(value)[0]) != 0.5:
        return repr(value)
    texts = (f"{value:.{places}e}" for places in range(17))
    return next(text for text in texts if abs(Fraction(text) - Fraction(value)) <= abs(Fraction(value)) / 2**53)


def _as_float(value: Number) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _log(value: float, base: float) -> float:
    above, below = _natural_log(value), _natural_log(base)
    if below == 0:
        return math.nan if above == 0 or math.isnan(above) else math.copysign(math.inf, above)
    return math.nan if math.isinf(above) and math.isinf(below) else above / below


_LN2_HIGH, _LN2_LOW = 6.93147180369123816490e-01, 1.90821492927058770002e-10
_LOG_SERIES = (
    6.666666666666735130e-01,
    3.999999999940941908e-01,
    2.857142874366239149e-01,
    2.222219843214978396e-01,
    1.818357216161805012e-01,
    1.531383769920937332e-01,
    1.479819860511658591e-01,
)
"""Of the logarithm in FreeBSD's libm, which Go has too: https://pkg.go.dev/math#Log. Others may round apart."""


def _natural_log(value: float) -> float:
    if value <= 0:
        return -math.inf if value == 0 else math.nan
    if math.isinf(value):
        return value
    mantissa, exponent = math.frexp(value)
    if mantissa < math.sqrt(0.5):
        mantissa, exponent = mantissa * 2, exponent - 1
    above = mantissa - 1
    ratio = above / (2 + above)
    square = ratio * ratio
    fourth = square * square
    odd = square * _series(fourth, _LOG_SERIES[0::2])
    even = fourth * _series(fourth, _LOG_SERIES[1::2])
    half = 0.5 * above * above
    return exponent * _LN2_HIGH - ((half - (ratio * (half + (odd + even)) + exponent * _LN2_LOW)) - above)


def _series(at: float, coefficients: Sequence[float]) -> float:
    return reduce(lambda total, coefficient: coefficient + at * total, reversed(coefficients[:-1]), coefficients[-1])


def _pow(base: float, exponent: float) -> float:
    odd = exponent % 2 == 1
    try:
        if not base or base == 1 or not math.isfinite(base) or abs(exponent) >= LARGEST_POWER:
            return math.pow(base, exponent)
        if abs(exponent) == 0.5:
            return math.sqrt(base) if exponent > 0 else 1 / math.sqrt(base)
        return _power(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and odd else math.inf
    except ValueError:
        return math.inf if base == 0 else math.nan


LARGEST_POWER = 2**20


def _power(base: float, exponent: float) -> float:
    """By squaring, as Go does: https://pkg.go.dev/math#Pow. Others round some results apart.

    Raises ValueError for a root of a negative number.
    """
    part, whole = math.modf(abs(exponent))
    if part > 0.5:
        part, whole = part - 1, whole + 1
    (square, step), mantissa, scale, rest = math.frexp(base), 1.0, 0, int(whole)
    if part:
        if base < 0:
            raise ValueError("a root of a negative number")
        mantissa = math.exp(part * _natural_log(base))
    while rest and abs(step) <= 1 << 12:
        if rest & 1:
            mantissa, scale = mantissa * square, scale + step
        square, step = square * square, step * 2
        if abs(square) < 0.5:
            square, step = square * 2, step - 1
        rest >>= 1
    scale += step if rest else 0
    return math.ldexp(1 / mantissa, -scale) if exponent < 0 else math.ldexp(mantissa, scale)


def _type_of_parseint(arguments: tuple[Value, ...]) -> Type:
    text = arguments[0].type
    if text not in (STRING, DYNAMIC):
        raise bad_argument("number", f"first argument must be a string, not {friendly(text)}")
    return NUMBER


def _parseint(_context: Context, text: Value, base: Value) -> Value:
    _type_of_parseint((text, base))
    radix = numbers.as_index(fraction_of(base))
    if radix is None:
        raise bad_argument("base", numbers.NOT_AN_INDEX)
    if not 2 <= radix <= len(_DIGITS):
        raise bad_argument("base", f"base must be a whole number between 2 and {len(_DIGITS)} inclusive")
    written = str(text.data)
    parsed = _parse_integer(written, radix)
    if parsed is None:
        raise bad_argument("number", f'cannot parse "{written}" as a base {radix} integer')
    return number(parsed)


def _parse_integer(text: str, base: int) -> int | None:
    digits = text.removeprefix("-") if text.startswith("-") else text.removeprefix("+")
    numbers.allow_digits(len(digits))
    values = [_DIGITS.find(digit if base > 36 else digit.lower()) for digit in digits]
    if not values or not all(0 <= value < base for value in values):
        return None
    magnitude = 0
    for value in values:
        magnitude = magnitude * base + value
    return -magnitude if text.startswith("-") else magnitude


def _type_of_sum(arguments: tuple[Value, ...]) -> Type:
    (collection,) = arguments
    if not isinstance(collection.type, ListOf | SetOf | TupleOf | Dynamic):
        wanted = "cannot sum noniterable" if collection.type in _PLAIN else _not_a_list(collection)
        raise bad_argument("list", wanted)
    return NUMBER


def _sum(context: Context, collection: Value) -> Value:
    _type_of_sum((collection,))
    items = items_of(collection)
    if not items:
        raise bad_argument("list", "cannot sum an empty list")
    context.budget.spend(len(items))
    total: Number = 0
    for item in items:
        total = numbers.add(total, _summand(item))
    return number(total)


_PLAIN = frozenset({NUMBER, STRING})


def _not_a_list(value: Value) -> str:
    return f"argument must be list, set, or tuple. Received {friendly(value.type)}"


def _summand(item: Value) -> Number:
    try:
        data = convert(item, NUMBER).data
    except ConversionError:
        data = None
    if not isinstance(data, int | float | Fraction):
        raise bad_argument("list", "argument must be list, set, or tuple of number values")
    return data


def _range(context: Context, *parameters: Value) -> Value:
    match [fraction_of(parameter) for parameter in parameters]:
        case [end]:
            start: Number = 0
            step: Number = 1 if end >= 0 else -1
        case [start, end]:
            step = 1 if end >= start else -1
        case [start, end, step]:
            pass
        case _:
            raise call_failed("range", "must have one, two, or three arguments")
    if step > 0 and end < start:
        raise bad_argument("params", "end must be greater than start when step is positive")
    if step < 0 and end > start:
        raise bad_argument("params", "end must be less than start when step is negative")
    context.budget.spend(MOST_OF_RANGE)
    return list_value(NUMBER, tuple(map(number, _progression(start, end, step))))


def _progression(start: Number, end: Number, step: Number) -> list[Number]:
    reached: list[Number] = []
    at = start
    while (at < end) if step > 0 else (at > end if step < 0 else at != end):
        if len(reached) == MOST_OF_RANGE:
            raise call_failed(
                "range",
                f"more than {MOST_OF_RANGE} values were generated; "
                "either decrease the difference between start and end or use a smaller step",
            )
        reached.append(at)
        at = numbers.add(at, step)
    return reached


FUNCTIONS = (
    _of_number("abs", _abs),
    _rounding("ceil", math.ceil),
    _rounding("floor", math.floor),
    _of_floats("log", ("num", "base"), _log),
    _extreme("max", max),
    _extreme("min", min),
    Function("parseint", (Parameter("number"), Parameter("base", NUMBER)), None, _type_of_parseint, _parseint),
    _of_floats("pow", ("num", "power"), _pow),
    Function("range", (), Parameter("params", NUMBER), ListOf(NUMBER), _range),
    _of_number("signum", _signum),
    Function("sum", (Parameter("list"),), None, _type_of_sum, _sum),
)
