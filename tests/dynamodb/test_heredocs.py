"""What is found in a policy that is a heredoc stands in the line that says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.dynamodb.interest import INTEREST
from dynalint.dynamodb.model import build_model
from dynalint.dynamodb.policy import Policy
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.root import evaluate_root

TABLE = 'resource "aws_dynamodb_table" "t" {\n  name = "t"\n  hash_key = var.key\n}\n\nvariable "key" {}\n\n'
STATEMENT = """
      {
        "Sid": "Ключ",
        "Effect": "Allow",
        "Action": ["s3:GetObject", "dynamodb:Scan"],
        "Resource": "${aws_dynamodb_table.t.arn}/*"
      }"""

Places = Callable[[str], list[str]]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """The texts of the actions and resources of a policy, as they stand at their places, statement by statement."""

    def run(argument: str) -> list[str]:
        text = f'{TABLE}resource "aws_iam_policy" "p" {{\n  policy = {argument}}}\n'
        (tmp_path / "main.tf").write_text(text, encoding="utf-8", newline="")
        project = discover([str(tmp_path)]).project
        (policy,) = build_model(evaluate_root(str(tmp_path), project, Inputs(), INTEREST)).subjects(Policy)
        assert isinstance(policy, Policy)
        found = []
        for statement in policy.statements:
            source = project.source(statement.at.path)
            found.append(source.text(statement.at).splitlines()[0])
            for name in ("Action", "Resource"):
                value = statement.member(name)
                assert value is not None
                entries = value.data if isinstance(value.data, tuple) else (value,)
                found += [source.text(statement.within(entry)) for entry in entries]
        return found

    return run


EXPECTED = ["{", '"s3:GetObject"', '"dynamodb:Scan"', '"${aws_dynamodb_table.t.arn}/*"']


def heredoc(*statements: str) -> str:
    return f'<<-JSON\n    {{\n      "Statement": [{",".join(statements)}\n      ]\n    }}\n  JSON\n'


@pytest.mark.parametrize(
    "argument",
    [
        heredoc(STATEMENT),
        heredoc(STATEMENT).replace("\n", "\r\n"),
        f'<<JSON\n{{\n"Statement": [{STATEMENT}]}}\nJSON\n',
    ],
)
def test_a_part_stands_in_its_line(places: Places, argument: str) -> None:
    assert places(argument) == EXPECTED


def test_each_of_equal_parts_has_its_own_line(places: Places) -> None:
    other = STATEMENT.replace("t.arn}/*", "t.arn}")
    assert places(heredoc(STATEMENT, other)) == [*EXPECTED, *EXPECTED[:3], '"${aws_dynamodb_table.t.arn}"']


def test_a_line_with_more_than_one_reference_is_taken_whole(places: Places) -> None:
    line = '"Resource": ["${aws_dynamodb_table.t.arn}/*", "${aws_dynamodb_table.t.arn}"]'
    statement = STATEMENT.replace('"Resource": "${aws_dynamodb_table.t.arn}/*"', line)
    assert places(heredoc(statement)) == [*EXPECTED[:3], line, line]


def test_where_lines_come_and_go_the_argument_is_blamed(places: Places) -> None:
    looped = '%{ for n in ["a", "b"] }' + STATEMENT + ",%{ endfor }" + STATEMENT
    assert {text.splitlines()[0] for text in places(heredoc(looped))} == {"policy = <<-JSON"}
