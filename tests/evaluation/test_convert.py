from __future__ import annotations

import pytest

from dynalint.evaluation.convert import ConversionError, can_convert, convert, make_set, unmarked
from dynalint.evaluation.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    SetOf,
    TupleOf,
    Type,
    object_of,
)
from dynalint.evaluation.values import (
    TRUE,
    Trace,
    Unknown,
    Value,
    list_value,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)
from dynalint.syntax.source import Span

ONE, TEXT = number(1), string("x")
HERE = Trace(Span("main.tf", 0, 1), "here")


def tuple_of(*items: Value) -> Value:
    return tuple_value(items)


def texts(*items: str) -> tuple[Value, ...]:
    return tuple(map(string, items))


@pytest.mark.parametrize(
    ("value", "to", "expected"),
    [
        (number(5), STRING, string("5")),
        (TRUE, STRING, string("true")),
        (string("1e3"), NUMBER, number(1000)),
        (string("1"), BOOL, TRUE),
        (null(), ListOf(STRING), null(ListOf(STRING))),
        (tuple_of(ONE, TEXT), ListOf(DYNAMIC), list_value(STRING, texts("1", "x"))),
        (tuple_of(), ListOf(DYNAMIC), list_value(DYNAMIC, ())),
        (tuple_of(null(), ONE), ListOf(DYNAMIC), list_value(NUMBER, (null(NUMBER), ONE))),
        (tuple_of(ONE, TEXT), DYNAMIC, tuple_of(ONE, TEXT)),
        (tuple_of(ONE), TupleOf((STRING,)), tuple_of(string("1"))),
    ],
)
def test_values_become_what_terraform_makes_of_them(value: Value, to: Type, expected: Value) -> None:
    assert convert(value, to) == expected


def test_a_list_of_objects_unifies_each_attribute() -> None:
    rows = tuple_of(object_value({"a": ONE, "b": tuple_of()}), object_value({"a": TEXT, "b": tuple_of(ONE)}))
    assert convert(rows, ListOf(DYNAMIC)).type == ListOf(object_of({"a": STRING, "b": ListOf(NUMBER)}))


def test_objects_of_different_attributes_become_maps() -> None:
    rows = tuple_of(object_value({"a": ONE}), object_value({"b": ONE}))
    assert convert(rows, ListOf(DYNAMIC)).type == ListOf(MapOf(NUMBER))


def test_an_object_loses_what_it_may_not_have_and_gets_what_it_may() -> None:
    to = object_of({"a": STRING, "b": NUMBER}, frozenset({"b"}))
    converted = convert(object_value({"a": ONE, "z": TEXT}), to)
    assert converted == object_value({"a": string("1"), "b": null(NUMBER)})
    assert converted.type == object_of({"a": STRING, "b": NUMBER})


@pytest.mark.parametrize(
    ("value", "to", "message"),
    [
        (TRUE, NUMBER, "number required"),
        (string("five"), NUMBER, "a number is required"),
        (string("True"), BOOL, 'a bool is required; to convert from string, use lowercase "true"'),
        (TEXT, ListOf(STRING), "list of string required"),
        (object_value({}), ListOf(DYNAMIC), "list of any single type required"),
        (tuple_of(ONE, tuple_of()), ListOf(STRING), "element 1: string required"),
        (tuple_of(ONE, TRUE), ListOf(DYNAMIC), "all list elements must have the same type"),
        (tuple_of(object_value({}), null()), ListOf(DYNAMIC), "all list elements must have the same type"),
        (object_value({}), object_of({"a": STRING}), 'attribute "a" is required'),
        (object_value({}), object_of({"a": STRING, "b": BOOL}), 'attributes "a" and "b" are required'),
        (object_value({"a": tuple_of()}), object_of({"a": STRING}), 'attribute "a": string required'),
        (list_value(STRING, ()), TupleOf(()), "tuple required"),
    ],
)
def test_what_does_not_fit_is_refused_in_terraforms_words(value: Value, to: Type, message: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert(value, to)
    assert caught.value.message == message
    assert not can_convert(value, to)


def test_the_path_leads_to_the_part_that_does_not_fit() -> None:
    rows = tuple_of(object_value({"size": ONE}), object_value({"size": TEXT}))
    with pytest.raises(ConversionError) as caught:
        convert(rows, ListOf(object_of({"size": NUMBER})))
    assert caught.value.path == "[1].size"


def test_a_converted_unknown_keeps_why_and_is_one_with_its_like() -> None:
    because = Unknown("var.size has no value", identity="v", not_null=True)
    once, again = (convert(unknown(DYNAMIC, because), STRING) for _ in range(2))
    assert once == again
    assert once.unknown
    assert once.unknown.reason == "var.size has no value"
    assert once.unknown.identity not in {"", "v"}
    assert once.unknown.not_null
    assert convert(once, STRING) is once


def test_an_unknown_converts_as_far_as_types_tell() -> None:
    with pytest.raises(ConversionError):
        convert(unknown(BOOL, Unknown("computed")), NUMBER)
    assert convert(unknown(TupleOf((NUMBER,)), Unknown("computed")), ListOf(DYNAMIC)).type == ListOf(NUMBER)


def test_members_keep_their_traces_and_marks() -> None:
    secret = Value(NUMBER, 1, sensitive=True, trace=HERE)
    (member,) = convert(tuple_of(secret), ListOf(STRING)).members()
    assert member == string("1").marked()
    assert member.trace == HERE


def test_a_set_is_sorted_without_duplicates_and_sensitive_as_a_whole() -> None:
    made = make_set(STRING, texts("b", "a", "b"))
    assert made.members() == texts("a", "b")
    secret = make_set(STRING, (string("b"), string("a").marked()))
    assert secret == made.marked()


def test_unknown_members_of_a_set_come_last_and_an_input_once() -> None:
    some = unknown(STRING, Unknown("no value", identity="i", given=True))
    nameless = unknown(STRING, Unknown("computed"))
    made = make_set(STRING, (some, nameless, string("a"), some, nameless))
    assert made.members()[0] == string("a")
    assert len(made.members()) == 4


def test_marks_can_be_taken_off_at_any_depth() -> None:
    assert unmarked(object_value({"a": tuple_of(ONE.marked())}).marked()) == object_value({"a": tuple_of(ONE)})


def test_sets_inside_collections_are_made_too() -> None:
    rows = tuple_of(tuple_of(*texts("b", "a", "a")))
    (inner,) = convert(rows, ListOf(SetOf(STRING))).members()
    assert inner.members() == texts("a", "b")
