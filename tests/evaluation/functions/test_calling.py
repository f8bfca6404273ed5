from __future__ import annotations

from functools import reduce
from typing import cast

import pytest

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions import FUNCTIONS, Context, Files, call
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, Type
from dynalint.evaluation.values import (
    TRUE,
    Trace,
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
from dynalint.syntax.source import Span

A, B = string("a"), string("b")
HERE = Trace(Span("main.tf", 0, 1), "here")


def answer(name: str, *arguments: Value, budget: Budget | None = None) -> Value:
    context = Context(budget or Budget(), cast("Files", None), lambda *_: pytest.fail("nothing renders"))
    return call(FUNCTIONS[name], arguments, context)


def computed(identity: str = "", type_: Type = STRING) -> Value:
    return unknown(type_, Unknown("var.x has no value", identity, hint="give it a default", given=True))


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("element", (tuple_value((A,)),), '"index" is missing'),
        ("abs", (number(1), number(2)), "expects only 1"),
        ("abs", (null(),), 'Invalid value for "num" parameter: argument must not be null.'),
        ("abs", (TRUE,), 'Invalid value for "num" parameter: number required.'),
        ("max", (number(1), A), 'Invalid value for "numbers" parameter: a number is required.'),
    ],
)
def test_wrong_arguments_are_refused_by_name(name: str, arguments: tuple[Value, ...], message: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        answer(name, *arguments)
    assert message in caught.value.message


def test_an_unknown_argument_makes_the_result_unknown_of_its_type() -> None:
    result = answer("distinct", tuple_value((computed(), A)))
    assert result.type == ListOf(STRING)
    assert result.unknown
    assert (result.unknown.reason, result.unknown.hint) == ("var.x has no value", "give it a default")
    assert result.unknown.not_null


def test_equal_calls_of_one_unknown_are_one_unknown() -> None:
    assert answer("abs", computed("v", NUMBER)) == answer("abs", computed("v", NUMBER))
    assert answer("abs", computed("v", NUMBER)) != answer("ceil", computed("v", NUMBER))


def test_a_nameless_unknown_gives_nameless_results() -> None:
    result = answer("abs", computed("", NUMBER)).unknown
    assert result
    assert result.identity == ""


def test_a_result_that_may_be_null_does_not_claim_otherwise() -> None:
    rows = unknown(ListOf(STRING), Unknown("computed", not_null=True))
    for result in (answer("element", rows, number(0)), answer("one", rows)):
        assert result.unknown
        assert not result.unknown.not_null


def test_a_secret_anywhere_in_an_argument_makes_the_result_secret() -> None:
    result = answer("sort", tuple_value((B.marked(), A)))
    assert result == list_value(STRING, (A, B)).marked()


def test_functions_that_hand_members_on_keep_secrets_to_the_members() -> None:
    merged = answer("merge", object_value({"a": A.marked()}), object_value({"b": B}))
    assert merged == object_value({"a": A.marked(), "b": B})


def test_an_unknown_secret_stays_secret() -> None:
    assert answer("abs", computed("", NUMBER).marked()).sensitive


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("element", (tuple_value((Value(STRING, "a", trace=HERE),)), number(0))),
        ("lookup", (map_value(STRING, {"a": Value(STRING, "a", trace=HERE)}), A)),
        ("one", (tuple_value((Value(STRING, "a", trace=HERE),)),)),
        ("coalesce", (null(), Value(STRING, "a", trace=HERE))),
    ],
)
def test_a_member_that_is_picked_out_keeps_its_trace(name: str, arguments: tuple[Value, ...]) -> None:
    assert answer(name, *arguments).trace == HERE


def test_merge_refuses_what_is_no_mapping_behind_an_untyped_null() -> None:
    for other in (number(5), TRUE, A, tuple_value(())):
        with pytest.raises(EvaluationError, match="arguments must be maps or objects"):
            answer("merge", null(), other)


def test_merge_shows_where_each_member_is_from() -> None:
    merged = answer("merge", object_value({"a": A}), object_value({"a": Value(STRING, "z", trace=HERE)}))
    assert [member.trace for member in merged.members()] == [HERE]


def test_a_product_too_large_is_refused_before_it_is_made() -> None:
    rows = list_value(NUMBER, tuple(map(number, range(1000))))
    with pytest.raises(BudgetError):
        answer("setproduct", rows, rows, rows)


def test_loops_spend_the_budget() -> None:
    with pytest.raises(BudgetError):
        answer("distinct", list_value(NUMBER, tuple(map(number, range(1000)))), budget=Budget(steps=100))


def test_a_value_that_holds_the_same_one_over_and_over_is_refused() -> None:
    with pytest.raises(BudgetError):
        reduce(lambda value, _: tuple_value((value, value)), range(40), A)


def test_a_search_finds_the_very_unknown_it_looks_for() -> None:
    key = computed("var.key")
    assert answer("contains", tuple_value((computed("var.other"), key)), key) == TRUE
    assert answer("contains", tuple_value((computed("var.other"),)), key).type == BOOL


def test_the_length_of_something_unknown_is_known_where_its_type_or_bounds_tell() -> None:
    pair = unknown(ListOf(STRING), Unknown("computed", shortest=2, longest=2))
    assert answer("length", pair) == number(2)
    assert answer("length", unknown(tuple_value((A,)).type, Unknown("computed"))) == number(1)
    assert answer("length", unknown(DYNAMIC, Unknown("computed"))).is_unknown


def test_every_function_has_distinct_parameter_names() -> None:
    for function in FUNCTIONS.values():
        names = [parameter.name for parameter in (*function.parameters, *filter(None, (function.rest,)))]
        assert len(names) == len(set(names)), function.name
