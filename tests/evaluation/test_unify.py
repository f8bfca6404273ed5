from __future__ import annotations

import pytest

from dynalint.evaluation.convert import ConversionError
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, TupleOf, Type, object_of
from dynalint.evaluation.unify import unify, unify_values
from dynalint.evaluation.values import TRUE, number, string

A, B = object_of({"a": NUMBER}), object_of({"b": NUMBER})


@pytest.mark.parametrize(
    ("types", "common"),
    [
        ([], DYNAMIC),
        ([NUMBER, NUMBER], NUMBER),
        ([NUMBER, STRING, BOOL], STRING),
        ([NUMBER, DYNAMIC], NUMBER),
        ([TupleOf((NUMBER,)), TupleOf((STRING,))], TupleOf((STRING,))),
        ([TupleOf((NUMBER, BOOL)), TupleOf((STRING,))], ListOf(STRING)),
        ([TupleOf(()), TupleOf((NUMBER,))], ListOf(NUMBER)),
        ([A, object_of({"a": STRING})], object_of({"a": STRING})),
        ([A, B], MapOf(NUMBER)),
        ([A, object_of({})], MapOf(NUMBER)),
        ([A, DYNAMIC], DYNAMIC),
        ([object_of({"a": DYNAMIC}), A], A),
        ([ListOf(NUMBER), ListOf(STRING)], ListOf(STRING)),
        ([ListOf(NUMBER), TupleOf((STRING, BOOL))], ListOf(STRING)),
        ([MapOf(NUMBER), object_of({"b": STRING})], MapOf(STRING)),
        ([SetOf(STRING), ListOf(STRING)], ListOf(STRING)),
        ([SetOf(STRING), TupleOf((STRING, NUMBER))], SetOf(STRING)),
        ([ListOf(A), TupleOf((object_of({"b": STRING}),))], ListOf(MapOf(STRING))),
    ],
)
def test_types_that_have_a_common_one(types: list[Type], common: Type) -> None:
    assert unify(types) == common


@pytest.mark.parametrize(
    "types",
    [
        [NUMBER, BOOL],
        [NUMBER, TupleOf((NUMBER,))],
        [TupleOf(()), object_of({})],
        [TupleOf((NUMBER,)), TupleOf((BOOL,))],
        [A, object_of({"a": TupleOf(())})],
        [MapOf(NUMBER), object_of({"b": TupleOf((STRING,))})],
        [ListOf(NUMBER), ListOf(BOOL)],
    ],
)
def test_types_that_have_none(types: list[Type]) -> None:
    assert unify(types) is None


def test_values_are_brought_to_their_common_type() -> None:
    assert unify_values((number(1), string("x"), TRUE)) == (STRING, (string("1"), string("x"), string("true")))


def test_values_without_a_common_type_are_refused() -> None:
    with pytest.raises(ConversionError):
        unify_values((number(1), TRUE))
