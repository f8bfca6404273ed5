"""What must hold of policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from dynalint.discovery import discover
from dynalint.dynamodb.model import Model
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.policy_text import structure
from dynalint.dynamodb.statements import Statement
from dynalint.engine import check
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.values import string
from dynalint.findings import Undecided
from tests.hostile.asking import twice
from tests.hostile.of_runs import directory, ordinary, rules_once
from tests.hostile.shapes import POLICY, POLICY_WORDS, document

POLICIES = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = "id"
  attribute {
    name = "id"
    type = "S"
  }
}
resource "aws_iam_role" "r" {
  name               = "reader"
  assume_role_policy = "{}"
}
resource "aws_iam_role_policy" "p" {
  role   = aws_iam_role.r.name
  policy = "{}"
}
resource "aws_dynamodb_resource_policy" "p" {
  resource_arn = aws_dynamodb_table.t.arn
  policy       = "{}"
}
resource "aws_vpc_endpoint" "e" {
  vpc_id       = "vpc-1"
  service_name = "com.amazonaws.eu-west-1.dynamodb"
  policy       = "{}"
}
"""


@cache
def _policy_model() -> Model:
    observed: list[Model] = []
    request = replace(ordinary(), observe=lambda model, _: observed.append(model))
    check(discover([directory(POLICIES)]), request)
    return observed[0]


def policies(data: bytes) -> None:
    """A text as the policy of a role, a table or an endpoint, asked by every rule that visits such a thing."""
    text = string(document(data, POLICY, POLICY_WORDS).decode("utf-8", "replace"))
    twice(lambda: structure(text))
    rules = [rule for rule in rules_once() if rule.visits in (Policy, Statement)]
    known = _policy_model().policies
    policy = known[len(data) % len(known)]
    said = [_said(replace(policy, text=text), rules) for _ in range(2)]
    assert said[0] == said[1], "the same input gave two answers"


def _said(policy: Policy, rules: list[Any]) -> list[object]:
    """What the rules say of a policy and its statements."""
    said: list[object] = [*policy.flaws]
    for rule in rules:
        for subject in (policy,) if rule.visits is Policy else policy.statements:
            said += outcome_of_rule(rule, subject)
    return said


def outcome_of_rule(rule: Any, subject: Any) -> Iterator[object]:
    """What a rule yields; any exception but Undecided is a fault of the rule."""
    try:
        for violation in rule.ask(subject):
            yield violation.message, violation.help
    except (Undecided, BudgetError) as because:
        yield str(because)
