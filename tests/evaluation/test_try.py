from pathlib import Path

import pytest

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.values import Value
from dynalint.project import Project

TABLE = 'resource "aws_dynamodb_table" "t" {\n  count = 1\n  name = "t"\n}\nvariable "wanted" {}\n'


def outputs(directory: Path, text: str) -> dict[str, Value]:
    (directory / "main.tf").write_text(TABLE + text)
    root = evaluate_root(str(directory), Project(str(directory)), Inputs(everything=True))
    return dict(root.outputs)


def identity(value: Value) -> str:
    return value.unknown.identity if value.unknown else ""


def test_an_attribute_that_is_surely_there_stays_itself_inside_try(tmp_path: Path) -> None:
    found = outputs(
        tmp_path,
        'output "plain" {\n  value = aws_dynamodb_table.t[0].arn\n}\n'
        'output "tried" {\n  value = try(aws_dynamodb_table.t[1].arn, aws_dynamodb_table.t[0].arn, "")\n}\n',
    )
    assert identity(found["plain"])
    assert identity(found["tried"]) == identity(found["plain"])


@pytest.mark.parametrize(
    "expression",
    [
        'aws_dynamodb_table.t[0].replica[0].arn, "none"',
        'var.wanted.arn, "none"',
        'aws_dynamodb_table.t[var.wanted].arn, "none"',
    ],
)
def test_what_may_fail_at_apply_is_not_taken_for_itself(tmp_path: Path, expression: str) -> None:
    alone = expression.rpartition(",")[0]
    found = outputs(
        tmp_path, f'output "plain" {{\n  value = {alone}\n}}\noutput "tried" {{\n  value = try({expression})\n}}\n'
    )
    plain = {identity(found["plain"])} if "plain" in found else set()
    assert identity(found["tried"]) not in plain - {""}
