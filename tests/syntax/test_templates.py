"""Templates: what their text comes to. The expected texts in ``fixtures/syntax/templates.json`` are Terraform's."""

from __future__ import annotations

import base64
import json
import subprocess
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from dynalint.syntax import SyntaxFault, load_body, parse_expression, parse_template
from dynalint.syntax.nodes import (
    Expression,
    ForDirective,
    IfDirective,
    Interpolation,
    Literal,
    Name,
    Template,
    TemplatePart,
    TextPart,
    TupleExpression,
)
from dynalint.syntax.source import Source

CASES: list[dict[str, str]] = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "syntax" / "templates.json").read_text()
)


def value(expression: Expression, names: Mapping[str, str]) -> str:
    match expression:
        case Literal(_, str() as text):
            return text
        case Name(_, name):
            return names[name]
        case Template(_, parts):
            return "".join(texts(parts, names))
    raise AssertionError(expression)


def texts(parts: Iterable[TemplatePart], names: Mapping[str, str]) -> Iterable[str]:
    for part in parts:
        match part:
            case TextPart(_, text):
                yield text
            case Interpolation(_, expression):
                yield value(expression, names)
            case IfDirective(_, Literal(_, condition), then, otherwise):
                yield from texts(then if condition else otherwise, names)
            case ForDirective(_, None, name, TupleExpression(_, items), body):
                for item in items:
                    yield from texts(body, {**names, name: value(item, names)})
            case _:
                raise AssertionError(part)


def parse(text: str) -> Expression:
    return parse_expression(Source("/x", text.encode()))


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr(case["source"])[:60])
def test_a_template_comes_to_what_terraform_makes_of_it(case: dict[str, str]) -> None:
    body = load_body(Source("/x", case["source"].encode()))
    # Terraform normalises strings; here that is evaluation's business.
    assert unicodedata.normalize("NFC", value(body.attributes[0].value, {})) == case["value"]


@pytest.mark.terraform
def test_terraform_still_makes_that_of_them(tmp_path: Path) -> None:
    names = [f"x{at}" for at in range(len(CASES))]
    text = "".join(name + case["source"][1:] for name, case in zip(names, CASES, strict=True))
    (tmp_path / "main.tf").write_bytes(f"locals {{\n{text}}}\n".encode())
    question = f"base64encode(jsonencode([{', '.join(f'local.{name}' for name in names)}]))\n"
    done = subprocess.run(
        ["terraform", "console"], cwd=tmp_path, input=question, capture_output=True, text=True, check=True
    )
    assert json.loads(base64.b64decode(done.stdout.strip().strip('"'))) == [case["value"] for case in CASES]


def test_a_lone_interpolation_stays_a_template_of_one_part() -> None:
    match parse('"${x}"'):
        case Template(_, (Interpolation(span, Name(_, "x")),)):
            assert (span.start, span.end) == (1, 5)
        case other:
            raise AssertionError(other)


def test_text_that_is_trimmed_away_still_makes_a_string() -> None:
    match parse('" ${~ x ~} "'):
        case Template(_, (Interpolation(), TextPart(_, ""))):
            pass
        case other:
            raise AssertionError(other)


def test_a_heredoc_without_sequences_is_a_literal() -> None:
    match parse("<<-E\n    a\n      b\n  E"):
        case Literal(span, "a\n  b\n"):
            assert (span.start, span.end) == (0, 22)
        case other:
            raise AssertionError(other)


def test_spans_of_parts_are_those_of_the_source() -> None:
    source = Source("/x", '"é ${a.b}%{ if c }d%{ else }e%{ endif }"'.encode())
    match parse_expression(source):
        case Template(_, (TextPart(first), Interpolation(second), IfDirective(third, condition, (then,), (other,)))):
            spans = [first, second, third, condition.span, then.span, other.span]
        case wrong:
            raise AssertionError(wrong)
    assert [source.text(span) for span in spans] == [
        *("é ", "${a.b}"),
        *("%{ if c }d%{ else }e%{ endif }", "c", "d", "e"),
    ]


def test_a_template_file_has_no_escapes_but_doubled_markers() -> None:
    template = parse_template(Source("/t.tpl", b'a\\n "${x}" $${y} %%{z}\n'))
    match template:
        case Template(_, (TextPart(_, 'a\\n "'), Interpolation(), TextPart(_, '" ${y} %{z}\n'))):
            pass
        case other:
            raise AssertionError(other)


def test_a_template_file_without_sequences_is_a_literal() -> None:
    source = Source("/t.tpl", b"one\r\ntwo")
    assert parse_template(source) == Literal(parse_template(source).span, "one\r\ntwo")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("%{ if x }a", "expected %{ endif } for the if directive here"),
        ("%{ for x in y }a%{ endif }", "an endif directive without its if"),
        ("%{ else }", "an else directive belongs inside an if directive"),
        ("${x", 'expected a closing brace "}" for the one here'),
        ("%{ unless x }", "expected if, else, endif, for or endfor"),
    ],
)
def test_faults_of_directives(text: str, message: str) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse_template(Source("/t.tpl", text.encode()))
    assert caught.value.message == message
