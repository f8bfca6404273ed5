from __future__ import annotations

import pytest

from dynalint.evaluation.compare import equal, sort_key
from dynalint.evaluation.convert import make_set
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, Type
from dynalint.evaluation.values import (
    FALSE,
    TRUE,
    Unknown,
    Value,
    list_value,
    map_value,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)

A, ONE = string("a"), number(1)


def computed(type_: Type = STRING, certain: Unknown | None = None) -> Value:
    return unknown(type_, certain or Unknown("computed"))


def not_null(prefix: str = "", shortest: int = 0) -> Unknown:
    return Unknown("computed", not_null=True, prefix=prefix, shortest=shortest)


def named(identity: str) -> Value:
    return computed(certain=Unknown("computed", identity, given=True))


@pytest.mark.parametrize(
    ("left", "right", "answer"),
    [
        (ONE, number(1), TRUE),
        (ONE, string("1"), FALSE),
        (null(STRING), null(NUMBER), TRUE),
        (tuple_value((null(),)), tuple_value((null(STRING),)), FALSE),
        (tuple_value((A,)), list_value(STRING, (A,)), FALSE),
        (object_value({"a": ONE}), map_value(NUMBER, {"a": ONE}), FALSE),
        (object_value({"a": ONE}), object_value({"a": ONE}), TRUE),
        (make_set(STRING, (A, string("b"))), make_set(STRING, (string("b"), A)), TRUE),
        (list_value(DYNAMIC, ()), null(), FALSE),
    ],
)
def test_known_values_are_equal_or_not(left: Value, right: Value, answer: Value) -> None:
    assert equal(left, right) == answer
    assert equal(right, left) == answer


def test_one_unknown_input_equals_itself_and_no_other() -> None:
    key = named("var.key")
    assert equal(key, key) == TRUE
    assert equal(key, named("var.other")).is_unknown
    assert equal(computed(certain=Unknown("computed", "id")), computed(certain=Unknown("computed", "id"))).is_unknown
    assert equal(computed(), computed()).is_unknown


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (computed(STRING, not_null()), null()),
        (computed(STRING, not_null("pre-")), string("other")),
        (computed(STRING, not_null("pre-")), string("p")),
        (computed(STRING, not_null("a")), computed(STRING, not_null("b"))),
        (computed(NUMBER), A),
        (computed(ListOf(STRING), not_null(shortest=2)), list_value(STRING, (A,))),
        (tuple_value((ONE, computed())), tuple_value((number(2), computed()))),
        (object_value({"a": computed()}), object_value({"b": computed()})),
    ],
)
def test_what_is_certain_of_an_unknown_can_rule_equality_out(left: Value, right: Value) -> None:
    assert equal(left, right) == FALSE
    assert equal(right, left) == FALSE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (computed(), null()),
        (computed(STRING, not_null("pre-")), string("pre-x")),
        (computed(DYNAMIC), ONE),
        (tuple_value((computed(), ONE)), tuple_value((A, ONE))),
        (make_set(STRING, (computed(), A)), make_set(STRING, (A, string("b")))),
    ],
)
def test_else_the_answer_is_unknown_and_says_why(left: Value, right: Value) -> None:
    answer = equal(left, right)
    assert answer.type == BOOL
    assert answer.unknown
    assert answer.unknown.reason == "computed"


def test_the_same_comparison_has_one_identity_either_way_round() -> None:
    key = named("var.key")
    assert equal(key, A) == equal(A, key)
    assert equal(key, A) != equal(key, ONE.marked())


def test_secrets_inside_make_the_answer_secret() -> None:
    assert equal(tuple_value((A.marked(),)), tuple_value((A,))) == TRUE.marked()


def test_sets_are_ordered_as_terraform_orders_them() -> None:
    words = [string(word) for word in ("10", "9", "Z", "a", "é")]
    assert sorted(set(words), key=sort_key) == words
    sizes = [number(-1), number(9), number(10), null(NUMBER)]
    assert sorted(set(sizes), key=sort_key) == sizes
    assert sorted((TRUE, FALSE), key=sort_key) == [FALSE, TRUE]


def test_structures_are_ordered_by_their_text() -> None:
    rows = [tuple_value((number(size),)) for size in (-1, 100, 10, 9)]
    assert sorted(set(rows), key=sort_key) == rows
