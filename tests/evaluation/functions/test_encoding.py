"""What text keeps of the values it was made of."""

from __future__ import annotations

import pytest

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions import FUNCTIONS, Context, call
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value, list_value, object_value, string, tuple_value, unknown
from dynalint.syntax.source import Span


class NoFiles:
    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)

    def exists(self, path: str) -> bool:
        raise FileNotFoundError(path)

    def walk(self, path: str) -> list[str]:
        raise FileNotFoundError(path)


def render(_text: str, _name: str, _variables: dict[str, Value]) -> Value:
    raise NotImplementedError


def run(name: str, *arguments: Value, budget: Budget | None = None) -> Value:
    return call(FUNCTIONS[name], arguments, Context(budget or Budget(), NoFiles(), render))


ARN = unknown(STRING, Unknown("the ARN is computed", "arn-of-t", not_null=True))


def test_only_ascii_is_base64() -> None:
    for asked in (("base64decode", string("é")), ("textdecodebase64", string("YWé="), string("UTF-8"))):
        with pytest.raises(EvaluationError):
            run(*asked)


def test_jsonencode_keeps_the_value() -> None:
    value = object_value({"a": string("x")})
    text = run("jsonencode", value)
    assert text.data == '{"a":"x"}'
    assert text.encodes == value


def test_jsonencode_of_an_unknown_member_is_unknown_and_keeps_the_known_ones() -> None:
    text = run("jsonencode", object_value({"Action": string("dynamodb:Scan"), "Resource": ARN}))
    assert text.unknown is not None
    assert text.unknown.reason == "the ARN is computed"
    assert text.unknown.identity
    assert text.encodes is not None
    assert text.encodes.members()[0] == string("dynamodb:Scan")


def test_jsonencode_of_a_sensitive_member_is_sensitive_and_keeps_the_mark_inside() -> None:
    text = run("jsonencode", object_value({"a": string("x").marked(), "b": string("y")}))
    assert text.sensitive
    assert text.encodes is not None
    assert [member.sensitive for member in text.encodes.members()] == [True, False]


def test_jsondecode_gives_back_the_members_with_their_traces() -> None:
    member = string("x").traced(Span("main.tf", 3, 6), "the literal")
    decoded = run("jsondecode", run("jsonencode", list_value(STRING, (member,))))
    assert decoded == tuple_value((string("x"),))
    assert decoded.members()[0].trace == member.trace


def test_jsondecode_of_unknown_text_is_unknown_as_in_a_plan() -> None:
    decoded = run("jsondecode", run("jsonencode", object_value({"a": ARN, "b": string("x")})))
    assert decoded.unknown is not None
    assert decoded.unknown.reason == "the ARN is computed"


def test_equal_calls_with_equal_unknowns_are_the_same_unknown() -> None:
    first, second = (run("jsonencode", object_value({"a": ARN})).data for _ in range(2))
    assert first == second


def test_format_keeps_the_pieces_of_unknown_text() -> None:
    text = run("format", string("table:%s/index/%s"), ARN, string("by-date")).unknown
    assert text is not None
    assert text.prefix == "table:"
    assert text.pieces == ("table:", ARN.data, "/index/by-date")


def test_format_of_one_string_as_it_is_is_that_string() -> None:
    assert run("format", string("%s"), ARN).data == ARN.data


def test_join_keeps_the_pieces_of_unknown_text() -> None:
    text = run("join", string("/"), tuple_value((ARN, string("index"), string("*")))).unknown
    assert text is not None
    assert text.pieces == (ARN.data, "/index/*")


@pytest.mark.parametrize(
    ("function", "text"),
    [
        ("jsondecode", "[" * 100_000),
        ("yamldecode", "[" * 100_000),
        ("yamldecode", "- " * 10_000 + "x"),
        ("jsondecode", '{"a":' * 300 + "1" + "}" * 300),
    ],
)
def test_deeply_nested_data_is_more_than_the_budget(function: str, text: str) -> None:
    with pytest.raises(BudgetError):
        run(function, string(text))


def test_aliases_that_multiply_are_more_than_the_budget() -> None:
    lines = ["l0: &l0 [x]", *(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10))]
    with pytest.raises(BudgetError):
        run("yamldecode", string("\n".join(lines)))


@pytest.mark.parametrize("template", ["%999999999d", "%.999999f"])
def test_enormous_widths_are_more_than_the_budget(template: str) -> None:
    with pytest.raises(BudgetError):
        run("format", string(template), string("1"))


def test_a_replacement_that_grows_is_more_than_the_budget() -> None:
    with pytest.raises(BudgetError):
        run("replace", string("a" * 10_000), string("a"), string("b" * 10_000))
