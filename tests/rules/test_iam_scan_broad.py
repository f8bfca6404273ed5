"""Grades, forms and exemptions of DYN401."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report, Severity
from tests.rules.conftest import CheckText

ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table"
TABLE = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = "id"
}
"""


def found(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == "DYN401"]


def grades(report: Report) -> list[Severity]:
    return [finding.severity for finding in found(report)]


def document(resources: str, actions: str = '["dynamodb:Scan"]', more: str = "") -> str:
    return f"""
data "aws_iam_policy_document" "d" {{
  statement {{
    actions   = {actions}
    resources = {resources}
{more}  }}
}}
"""


@pytest.mark.parametrize(
    ("resources", "grade"),
    [
        ('["*"]', Severity.ERROR),
        (f'["{ARN}/*"]', Severity.ERROR),
        ('["arn:aws:dynamodb:*:*:table/*"]', Severity.ERROR),
        (f'["{ARN}/orders", "*"]', Severity.ERROR),
        (f'["{ARN}/prod-*"]', Severity.WARNING),
        ('[aws_dynamodb_table.t.arn, "${aws_dynamodb_table.t.arn}/*"]', Severity.WARNING),
        ("[aws_dynamodb_table.t.arn]", Severity.NOTE),
        ('[aws_dynamodb_table.t.arn, "${aws_dynamodb_table.t.arn}/index/*"]', Severity.NOTE),
        (f'["{ARN}/orders"]', Severity.NOTE),
    ],
)
def test_grades_by_what_is_reached(check_text: CheckText, resources: str, grade: Severity) -> None:
    assert grades(check_text(TABLE + document(resources))) == [grade]


@pytest.mark.parametrize("actions", ['["dynamodb:*"]', '["*"]', '["DynamoDB:SCAN"]', '["dynamodb:?can"]'])
def test_every_way_to_name_scan(check_text: CheckText, actions: str) -> None:
    assert grades(check_text(document('["*"]', actions))) == [Severity.ERROR]


def test_not_action_without_scan_allows_it(check_text: CheckText) -> None:
    text = document('["*"]').replace('actions   = ["dynamodb:Scan"]', 'not_actions = ["iam:*"]')
    assert grades(check_text(text)) == [Severity.ERROR]


def test_an_unknown_arn_beside_a_star_does_not_hide_it(check_text: CheckText) -> None:
    assert grades(check_text('variable "arn" {}\n' + document('[var.arn, "*"]'))) == [Severity.ERROR]


def test_an_unknown_arn_alone_is_undecided(check_text: CheckText) -> None:
    report = check_text('variable "arn" {}\n' + document("[var.arn]"))
    assert found(report) == []
    assert "DYN401" in {doubt.rule.code for doubt in report.undecided}


@pytest.mark.parametrize(
    ("variable", "grade"),
    [
        ("aws:ResourceTag/team", Severity.WARNING),
        ("aws:SourceVpc", Severity.ERROR),
        ("dynamodb:LeadingKeys", Severity.ERROR),
    ],
)
def test_a_fixed_tag_of_the_table_lowers_the_grade(check_text: CheckText, variable: str, grade: Severity) -> None:
    condition = f'condition {{\ntest = "StringEquals"\nvariable = "{variable}"\nvalues = ["x"]\n}}\n'
    assert grades(check_text(document('["*"]', more=condition))) == [grade]


def test_a_lowered_note_goes(check_text: CheckText) -> None:
    condition = 'condition {\ntest = "StringEquals"\nvariable = "aws:ResourceTag/team"\nvalues = ["x"]\n}\n'
    assert grades(check_text(document(f'["{ARN}/orders"]', more=condition))) == []


def test_a_covering_deny_cancels(check_text: CheckText) -> None:
    deny = 'statement {\neffect = "Deny"\nactions = ["dynamodb:Scan"]\nresources = ["*"]\n}\n'
    text = document('["*"]', '["dynamodb:*"]').rstrip().removesuffix("}") + deny + "}\n"
    assert grades(check_text(text)) == []


def test_a_star_in_an_inline_policy(check_text: CheckText) -> None:
    text = """
resource "aws_iam_role" "r" {
  name               = "r"
  assume_role_policy = "{}"

  inline_policy {
    name   = "all"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }] })
  }
}
"""
    assert grades(check_text(text)) == [Severity.ERROR]


def test_a_star_in_a_heredoc_with_an_unknown_part(check_text: CheckText) -> None:
    text = """
variable "arn" {}
resource "aws_iam_user_policy" "u" {
  user   = "u"
  policy = <<EOT
{"Statement": [{"Effect": "Allow", "Action": ["dynamodb:*"], "Resource": ["${var.arn}", "*"]}]}
EOT
}
"""
    assert grades(check_text(text)) == [Severity.ERROR]


def test_a_star_in_a_file(check_text: CheckText) -> None:
    text = 'resource "aws_iam_policy" "p" {\n  policy = file("${path.module}/p.json")\n}\n'
    policy = '{"Statement": {"Effect": "Allow", "Action": "dynamodb:Scan", "Resource": "*"}}'
    assert grades(check_text(text, {"p.json": policy})) == [Severity.ERROR]


def test_a_star_in_a_source_document_is_reported_there_once(check_text: CheckText) -> None:
    whole = """
data "aws_iam_policy_document" "whole" {
  source_policy_documents = [data.aws_iam_policy_document.d.json]
}

resource "aws_iam_policy" "p" {
  policy = data.aws_iam_policy_document.whole.json
}
"""
    text = document('["*"]')
    [finding] = found(check_text(text + whole))
    assert finding.span.start == text.index('"dynamodb:Scan"')


@pytest.mark.parametrize(
    "use",
    [
        'resource "aws_s3_bucket_policy" "b" {\n  policy = data.aws_iam_policy_document.d.json\n}\n',
        'resource "aws_iam_role" "r" {\n  assume_role_policy = data.aws_iam_policy_document.d.json\n}\n',
        'resource "aws_dynamodb_resource_policy" "r" {\n  policy = data.aws_iam_policy_document.d.json\n}\n',
    ],
)
def test_documents_of_resources_are_not_judged(check_text: CheckText, use: str) -> None:
    assert grades(check_text(document('["*"]') + use)) == []


def test_a_statement_with_principals_is_none_of_an_identity_policy(check_text: CheckText) -> None:
    principals = 'principals {\ntype = "*"\nidentifiers = ["*"]\n}\n'
    assert grades(check_text(document('["*"]', more=principals))) == []


def test_the_fix_names_the_indexes(check_text: CheckText) -> None:
    text = TABLE + document('[aws_dynamodb_table.t.arn, "${aws_dynamodb_table.t.arn}/*"]')
    [finding] = found(check_text(text))
    assert finding.fix is not None
    [edit] = finding.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == text.replace('}/*"', '}/index/*"')


@pytest.mark.parametrize(
    "actions", ['["dynamodb:Scan", "dynamodb:GetRecords"]', '["dynamodb:*"]', '["dynamodb:Scan", var.a]']
)
def test_there_is_no_fix_where_an_action_may_need_more(check_text: CheckText, actions: str) -> None:
    text = TABLE + 'variable "a" {}\n' + document('["${aws_dynamodb_table.t.arn}/*"]', actions)
    [finding] = found(check_text(text))
    assert finding.fix is None
