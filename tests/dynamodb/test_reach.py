from __future__ import annotations

import pytest

from dynalint.dynamodb.directory import TableDirectory
from dynalint.dynamodb.reach import AllTables, Elsewhere, Everything, OneTable, Reach, TablesNamed, Unclear, reach_of
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.values import string
from tests.dynamodb.conftest import ModelOf

ARN = "arn:aws:dynamodb:eu-west-1:123456789012"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*", Everything()),
        ("arn:aws:*", Everything()),
        ("arn:*:*:*", AllTables()),
        ("arn:aws:dynamodb:*", AllTables()),
        ("arn:aws:dynamodb:*:*:*", AllTables()),
        (f"{ARN}:*", AllTables()),
        (f"{ARN}:table/*", AllTables()),
        (f"{ARN}:tab*", AllTables()),
        ("arn:aws:dynamodb:*:*:table/*/index/*", AllTables("/index/*")),
        (f"{ARN}:table/prod-*", TablesNamed("prod-*")),
        (f"{ARN}:table/prod-?/index/*", TablesNamed("prod-?", "/index/*")),
        (f"{ARN}:table/orders", OneTable(None, "orders")),
        ("arn:*:dynamodb:*:*:table/orders", OneTable(None, "orders")),
        (f"{ARN}:table/orders/index/*", OneTable(None, "orders", "/index/*")),
        (
            f"{ARN}:table/orders/stream/2025-01-01T00:00:00.000",
            OneTable(None, "orders", "/stream/2025-01-01T00:00:00.000"),
        ),
        (f"{ARN}:table/orders/*", OneTable(None, "orders", "/*")),
        ("arn:aws:dynamodb::123456789012:global-table/*", Elsewhere()),
        ("arn:aws:s3:::bucket/table/*", Elsewhere()),
        ("arn:aws:sqs:*:*:table", Elsewhere()),
        ("orders", Elsewhere()),
    ],
)
def test_known_patterns(pattern: str, expected: Reach) -> None:
    assert reach_of(string(pattern), TableDirectory(())) == expected


TABLE = """
variable "region" {}
variable "any" {}
variable "prefix" {}
resource "aws_dynamodb_table" "t" {
  name = "orders"
}
resource "aws_dynamodb_table" "u" {
  name = "${var.prefix}-users"
}
data "aws_dynamodb_table" "other" {
  name = "other"
}
resource "aws_iam_policy" "p" {
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:Scan", Resource = %s }] })
}
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("aws_dynamodb_table.t.arn", OneTable("aws_dynamodb_table.t")),
        ('"${aws_dynamodb_table.t.arn}/index/*"', OneTable("aws_dynamodb_table.t", below="/index/*")),
        ('"${aws_dynamodb_table.t.arn}/*"', OneTable("aws_dynamodb_table.t", below="/*")),
        ("aws_dynamodb_table.t.stream_arn", OneTable("aws_dynamodb_table.t", below="/stream/*")),
        (
            '"arn:aws:dynamodb:${var.region}:1:table/${aws_dynamodb_table.t.name}"',
            OneTable("aws_dynamodb_table.t", "orders"),
        ),
        ('"arn:aws:dynamodb:${var.region}:1:table/*"', AllTables()),
        ('"arn:aws:dynamodb:${var.region}:1:table/${var.prefix}-*"', TablesNamed("\ufffc-*")),
        ('"arn:aws:dynamodb:${var.region}:1:table/${var.prefix}-users"', OneTable("aws_dynamodb_table.u", "…-users")),
        ('"arn:aws:dynamodb:${var.region}:1:table/${var.prefix}-logs"', OneTable(None, "…-logs")),
        ("data.aws_dynamodb_table.other.arn", OneTable("data.aws_dynamodb_table.other")),
    ],
)
def test_references_and_unknown_parts(model_of: ModelOf, expression: str, expected: Reach) -> None:
    [statement] = model_of(TABLE % expression).subjects(Statement)
    assert [reach for _, reach in statement.reaches] == [expected]


@pytest.mark.parametrize(
    "expression", ["var.any", '"${var.any}/*"', '"arn:aws:dynamodb:${var.region}:1:table/${var.any}"']
)
def test_what_an_unknown_decides_is_unclear(model_of: ModelOf, expression: str) -> None:
    [statement] = model_of(TABLE % expression).subjects(Statement)
    [(_, reach)] = statement.reaches
    assert isinstance(reach, Unclear)


@pytest.mark.parametrize("expression", ["aws_dax_cluster.c.arn", '"${aws_dax_cluster.c.arn}/*"'])
def test_what_another_service_has_is_no_table(model_of: ModelOf, expression: str) -> None:
    cluster = 'resource "aws_dax_cluster" "c" {}\n'
    [statement] = model_of(cluster + TABLE % expression).subjects(Statement)
    assert [reach for _, reach in statement.reaches] == [Elsewhere()]


def test_the_arn_of_a_replica_may_be_that_of_a_table(model_of: ModelOf) -> None:
    replica = 'resource "aws_dynamodb_table_replica" "r" {}\n'
    [statement] = model_of(replica + TABLE % "aws_dynamodb_table_replica.r.arn").subjects(Statement)
    assert [type(reach) for _, reach in statement.reaches] == [Unclear]
