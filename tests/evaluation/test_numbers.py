from __future__ import annotations

import math
from fractions import Fraction
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynalint.evaluation import numbers
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.numbers import number_text, parse_number
from dynalint.evaluation.values import Number


def parsed(text: str) -> Number:
    number = parse_number(text)
    assert number is not None
    return number


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1.50", "1.5"),
        ("+5", "5"),
        ("-.5", "-0.5"),
        ("1.", "1"),
        ("01", "1"),
        ("1e21", "1000000000000000000000"),
        ("1e-7", "0.0000001"),
        ("1p5", "32"),
        ("12345678901234567890", "12345678901234567890"),
        ("123456789.125", "123456789.125"),
        ("inf", "+Inf"),
        (f"{2**511 + 1}.0", f"{2**511 + 1}"),
    ],
)
def test_text_becomes_the_number_and_its_shortest_decimals(text: str, shown: str) -> None:
    assert number_text(parsed(text)) == shown


@pytest.mark.parametrize(
    "text", ["", " 5", "5 ", "five", "0x10", "0b1", "1_000", "Infinity", "nan", ".", "1e", "--1", "١"]
)
def test_other_text_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_third_has_the_155_digits_of_512_bits() -> None:
    text = number_text(numbers.divide(1, 3))
    assert text.startswith("0.333")
    assert text.endswith("35")
    assert len(text) == len("0.") + 155


def test_more_than_512_bits_are_rounded() -> None:
    assert numbers.add(2**512, 1) == 2**512
    assert number_text(parsed(str(2**520 + 1))).endswith("28600")


def test_decimals_add_up() -> None:
    assert numbers.add(parsed("0.1"), parsed("0.2")) == parsed("0.3")
    assert numbers.multiply(numbers.divide(1, 3), 3) == 1


@pytest.mark.parametrize(("left", "right", "rest"), [(7, 3, 1), (-7, 3, -1), (7, -3, 1), (5, 0, 5)])
def test_a_remainder_has_the_sign_of_what_is_divided(left: int, right: int, rest: int) -> None:
    assert numbers.modulo(left, right) == rest


def test_dividing_by_zero_is_infinite_and_zero_by_zero_an_error() -> None:
    assert numbers.divide(-1, 0) == -math.inf
    assert numbers.divide(5, math.inf) == 0
    with pytest.raises(EvaluationError, match="can't divide zero by zero"):
        numbers.divide(0, 0)


def test_infinity_takes_part_where_it_may() -> None:
    assert numbers.add(math.inf, 1) == math.inf
    assert numbers.multiply(-math.inf, 2) == -math.inf
    with pytest.raises(EvaluationError, match="can't subtract infinity from itself"):
        numbers.subtract(math.inf, math.inf)
    with pytest.raises(EvaluationError, match="can't multiply zero by infinity"):
        numbers.multiply(0, math.inf)


@pytest.mark.parametrize("text", ["1e999999999", "1e-5000", "9" * 5000])
def test_an_enormous_number_is_refused_at_once(text: str) -> None:
    with pytest.raises(BudgetError):
        parse_number(text)


def test_squaring_again_and_again_ends() -> None:
    with pytest.raises(BudgetError):
        reduce(lambda number, _: numbers.multiply(number, number), range(100), parsed("10"))


@given(st.fractions().filter(bool))
def test_the_text_of_a_number_is_that_number(exact: Fraction) -> None:
    number = numbers.rounded(exact)
    assert parse_number(number_text(number)) == number


@given(st.integers(-(2**512) + 1, 2**512 - 1))
def test_whole_numbers_are_written_in_full(whole: int) -> None:
    assert number_text(whole) == str(whole)
    assert parse_number(str(whole)) == whole
