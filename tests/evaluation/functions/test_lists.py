"""What the recorded answers do not show."""

from __future__ import annotations

from tests.evaluation.conftest import Evaluate

TABLE = """
locals {
  s = "S"
}

resource "aws_dynamodb_table" "t" {
  name = "t-${length(distinct([local.s, local.s]))}"
}
"""


def test_a_value_that_stands_twice_in_a_list_is_distinct_once(evaluate: Evaluate) -> None:
    [table] = evaluate(TABLE).resources
    name = table.body.value("name")
    assert name is not None
    assert name.data == "t-1"
