"""What a run of any kind refuses of the DynamoDB in it: preconditions, aliases, outputs, misspelt types."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report
from tests.rules.conftest import CheckText

TABLE = 'resource "aws_dynamodb_table" "t" {\n  name = "ttt"\nBODY}\n'
CONDITION = 'lifecycle {\n  precondition {\n    condition = VALUE\n    error_message = "Not so."\n  }\n}\n'


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == code]


@pytest.mark.parametrize(
    ("head", "condition", "found"),
    [
        ("", "false", 1),
        ("", "true", 0),
        ("", "var.unknown", 0),
        ("count = 0\n", "false", 0),
        ("count = 2\n", "count.index < 1", 1),
        ('for_each = toset(["a"])\n', 'each.key == "b"', 1),
    ],
)
def test_a_precondition_is_asked_for_each_instance(
    check_text: CheckText, head: str, condition: str, found: int
) -> None:
    body = head + CONDITION.replace("VALUE", condition)
    report = check_text('variable "unknown" {}\n' + TABLE.replace("BODY", body))
    assert [finding.message for finding in of(report, "DYN022")] == ["a precondition is false: Not so."] * found


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", 1),
        ('provider "aws" {\n  alias = "eu"\n  region = "eu-west-1"\n}\n', 0),
        ("terraform {\n required_providers {\n  aws = {\n   configuration_aliases = [aws.eu]\n  }\n }\n}\n", 0),
    ],
)
def test_an_alias_has_to_be_configured_or_expected(check_text: CheckText, before: str, found: int) -> None:
    assert len(of(check_text(before + TABLE.replace("BODY", "provider = aws.eu\n")), "DYN023")) == found


def test_an_alias_that_a_call_passes_is_configured(check_text: CheckText) -> None:
    root = 'provider "aws" {\n  alias = "x"\n}\nmodule "m" {\n  source = "./m"\n  providers = { aws.eu = aws.x }\n}\n'
    report = check_text(root, {"m/main.tf": TABLE.replace("BODY", "provider = aws.eu\n")})
    assert of(report, "DYN023") == []


@pytest.mark.parametrize(
    ("type_", "found"),
    [
        ("aws_dynamodb_tabel", 1),
        ("aws_dynamo_table", 1),
        ("aws_dax_clusters", 1),
        ("aws_dynamodb_vector_index", 0),
        ("aws_rds_cluster", 0),
        ("aws_eks_cluster", 0),
        ("acme_dynamodb_table", 0),
    ],
)
def test_a_type_that_is_nearly_one_of_dynamodb_is_reported(check_text: CheckText, type_: str, found: int) -> None:
    assert len(of(check_text(f'resource "{type_}" "t" {{\n  name = "ttt"\n}}\n'), "DYN023")) == found


@pytest.mark.parametrize(("attribute", "found"), [("arn", 0), ("table_arn", 1), ("region", 0)])
def test_an_output_of_a_table_is_looked_at(check_text: CheckText, attribute: str, found: int) -> None:
    output = f'output "o" {{\n  value = aws_dynamodb_table.t.{attribute}\n}}\n'
    assert len(of(check_text(TABLE.replace("BODY", "") + output), "DYN020")) == found


def test_an_output_of_something_else_is_not(check_text: CheckText) -> None:
    assert of(check_text('output "o" {\n  value = aws_s3_bucket.b.arn\n}\n'), "DYN020") == []
