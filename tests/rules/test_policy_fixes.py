"""Fixes of policies: what they make of a statement, in HCL as in a heredoc, and what they leave alone."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Report
from dynalint.fixes import Fixed, fix_all
from dynalint.packs import load_rules
from dynalint.settings import everywhere

TABLE = """\
resource "aws_dynamodb_table" "t" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  attribute {
    name = "id"
    type = "S"
  }

  global_secondary_index {
    name            = "by-id"
    hash_key        = "id"
    projection_type = "ALL"
  }
}

"""
ARN = "aws_dynamodb_table.t.arn"
SAME = f"locals {{\n  arn = {ARN}\n}}\n\n"
INDEXES = f'"${{{ARN}}}/index/*"'


def document(actions: str, resources: str, more: str = "") -> str:
    """The signs of ``=`` stand in one column only where each argument has one line."""
    gap = " " if "\n" in resources else "   "
    return (
        f'data "aws_iam_policy_document" "d" {{\n  statement {{\n    actions{gap}= {actions}\n'
        f"    resources = {resources}\n{more}  }}\n}}\n"
    )


def encoded(action: str, resource: str) -> str:
    return (
        'resource "aws_iam_policy" "p" {\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = {\n'
        f'      Effect   = "Allow"\n      Action   = {action}\n      Resource = {resource}\n    }}\n  }})\n}}\n'
    )


def text(action: str, resource: str) -> str:
    return (
        'resource "aws_iam_policy" "p" {\n  policy = <<-EOT\n    {\n      "Version": "2012-10-17",\n'
        f'      "Statement": {{\n        "Effect": "Allow",\n        "Action": {action},\n'
        f'        "Resource": {resource}\n      }}\n    }}\n  EOT\n}}\n'
    )


FIXED = {
    "indexes-in-a-document": (
        "DYN402",
        document('["dynamodb:Query"]', f"[{ARN}]"),
        document('["dynamodb:Query"]', f"[{ARN}, {INDEXES}]"),
    ),
    "indexes-on-a-line-of-their-own": (
        "DYN402",
        document('["dynamodb:Query"]', f"[\n      {ARN}, # the table\n    ]"),
        document('["dynamodb:Query"]', f"[\n      {ARN},\n      {INDEXES}, # the table\n    ]"),
    ),
    "indexes-beside-one-of-several": (
        "DYN402",
        document('["dynamodb:Query"]', f'[\n      "arn:aws:dynamodb:eu-west-1:1:table/a",\n      {ARN}\n    ]'),
        document(
            '["dynamodb:Query"]',
            f'[\n      "arn:aws:dynamodb:eu-west-1:1:table/a",\n      {ARN},\n      {INDEXES}\n    ]',
        ),
    ),
    "indexes-beside-the-right-reference": (
        "DYN402",
        SAME + document('["dynamodb:Query"]', f"[aws_dynamodb_table.t.stream_arn, {ARN}, local.arn]"),
        SAME + document('["dynamodb:Query"]', f"[aws_dynamodb_table.t.stream_arn, {ARN}, {INDEXES}, local.arn]"),
    ),
    "indexes-in-an-object": (
        "DYN402",
        encoded('"dynamodb:Query"', ARN),
        encoded('"dynamodb:Query"', f"[{ARN}, {INDEXES}]"),
    ),
    "indexes-of-a-table-by-name": (
        "DYN402",
        encoded('"dynamodb:Query"', '["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]'),
        encoded(
            '"dynamodb:Query"',
            '["arn:aws:dynamodb:eu-west-1:123456789012:table/orders", '
            '"arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/*"]',
        ),
    ),
    "indexes-in-a-heredoc": (
        "DYN402",
        text('"dynamodb:Query"', f'"${{{ARN}}}"'),
        text('"dynamodb:Query"', f'["${{{ARN}}}", {INDEXES}]'),
    ),
    "indexes-in-a-list-in-a-heredoc": (
        "DYN402",
        text('["dynamodb:Query"]', f'[\n          "${{{ARN}}}"\n        ]'),
        text('["dynamodb:Query"]', f'[\n          "${{{ARN}}}",\n          {INDEXES}\n        ]'),
    ),
    "only-table-in-a-document": (
        "DYN404",
        document('["dynamodb:PutItem"]', '["*"]'),
        document('["dynamodb:PutItem"]', f"[{ARN}]"),
    ),
    "only-table-in-a-heredoc": (
        "DYN404",
        text('"dynamodb:PutItem"', '"arn:aws:dynamodb:*:*:table/*"'),
        text('"dynamodb:PutItem"', f'"${{{ARN}}}"'),
    ),
    "action": (
        "DYN405",
        document('["dynamodb:PutItem", "dynamodb:GetItems"]', f"[{ARN}]"),
        document('["dynamodb:PutItem", "dynamodb:GetItem"]', f"[{ARN}]"),
    ),
    "action-in-a-heredoc": (
        "DYN405",
        text('["dynamodb:Querry", "dynamodb:PutItem"]', '"*"'),
        text('["dynamodb:Query", "dynamodb:PutItem"]', '"*"'),
    ),
    "stream-alone": (
        "DYN406",
        document('["dynamodb:GetRecords"]', f"[{ARN}]"),
        document('["dynamodb:GetRecords"]', "[aws_dynamodb_table.t.stream_arn]"),
    ),
    "stream-beside-its-table": (
        "DYN406",
        encoded('["dynamodb:PutItem", "dynamodb:GetRecords"]', ARN),
        encoded('["dynamodb:PutItem", "dynamodb:GetRecords"]', f"[{ARN}, aws_dynamodb_table.t.stream_arn]"),
    ),
    "stream-in-a-heredoc": (
        "DYN406",
        text('"dynamodb:DescribeStream"', f'"${{{ARN}}}"'),
        text('"dynamodb:DescribeStream"', '"${aws_dynamodb_table.t.stream_arn}"'),
    ),
    "index": (
        "DYN408",
        document('["dynamodb:Query"]', f'[{ARN}, "${{{ARN}}}/index/by_id"]'),
        document('["dynamodb:Query"]', f'[{ARN}, "${{{ARN}}}/index/by-id"]'),
    ),
    "index-in-a-heredoc": (
        "DYN408",
        text('"dynamodb:Query"', f'"${{{ARN}}}/index/by-ids"'),
        text('"dynamodb:Query"', f'"${{{ARN}}}/index/by-id"'),
    ),
}
UNTOUCHED = {
    "a-list-from-a-local": (
        "DYN402",
        f"locals {{\n  arns = [{ARN}]\n}}\n" + document('["dynamodb:Query"]', "local.arns"),
    ),
    "a-list-made-by-for": ("DYN402", document('["dynamodb:Query"]', f"[for arn in [{ARN}] : arn]")),
    "an-argument-of-a-function": ("DYN402", encoded('"dynamodb:Query"', f"tolist([{ARN}])[0]").replace("[0]", "")),
    "actions-of-other-services": ("DYN404", document('["dynamodb:PutItem", "s3:GetObject"]', '["*"]')),
    "one-of-two-tables": (
        "DYN404",
        TABLE.replace('"t"', '"u"').replace('"orders"', '"u-table"') + document('["dynamodb:PutItem"]', '["*"]'),
    ),
    "an-action-from-a-local": (
        "DYN405",
        'locals {\n  actions = ["dynamodb:GetItems"]\n}\n' + document("local.actions", f"[{ARN}]"),
    ),
    "an-action-that-is-there-already": ("DYN405", document('["dynamodb:GetItem", "dynamodb:GetItems"]', f"[{ARN}]")),
    "an-operation-that-is-no-action": ("DYN405", document('["dynamodb:TransactGetItems"]', f"[{ARN}]")),
    "a-table-without-stream": (
        "DYN406",
        TABLE.replace('"t"', '"u"').replace("= true", "= false").replace('"orders"', '"u-table"')
        + document('["dynamodb:GetRecords"]', "[aws_dynamodb_table.u.arn]"),
    ),
    "an-index-by-format": ("DYN408", document('["dynamodb:Query"]', f'[format("%s/index/by_id", {ARN})]')),
}


def fixed(directory: Path, code: str, source: str, *, unsafe: bool = True) -> Fixed:
    path = (directory / "main.tf").as_posix()
    Path(path).write_text("", encoding="utf-8")
    rules = [rule for rule in load_rules() if rule.info.code == code]
    request = Request(everywhere(rules, frozenset({code})), Inputs(), date(2026, 1, 1))

    def run(texts: Mapping[str, bytes]) -> Report:
        return check(discover([str(directory)], overlay={path: (TABLE + source).encode(), **texts}), request)

    return fix_all(run({}), run, unsafe=unsafe)


@pytest.mark.parametrize(("code", "before", "after"), FIXED.values(), ids=FIXED)
def test_a_statement_is_mended_where_it_is_written(tmp_path: Path, code: str, before: str, after: str) -> None:
    done = fixed(tmp_path, code, before)
    assert [text.decode().removeprefix(TABLE) for text in done.texts.values()] == [after]
    assert [finding.rule.code for finding in done.report.findings] == []


@pytest.mark.parametrize(("code", "source"), UNTOUCHED.values(), ids=UNTOUCHED)
def test_what_is_written_elsewhere_or_means_more_is_left_alone(tmp_path: Path, code: str, source: str) -> None:
    done = fixed(tmp_path, code, source)
    assert {finding.rule.code for finding in done.report.findings} == {code}
    assert done.texts == {}


def test_only_naming_the_indexes_of_what_is_allowed_anyway_is_safe(tmp_path: Path) -> None:
    plain = document('["dynamodb:Query"]', f"[{ARN}]")
    lines = ('test     = "Bool"', 'variable = "aws:SecureTransport"', 'values   = ["true"]')
    condition = "\n    condition {\n" + "".join(f"      {line}\n" for line in lines) + "    }\n"
    assert fixed(tmp_path, "DYN402", plain, unsafe=False).texts
    assert not fixed(tmp_path, "DYN402", document('["dynamodb:Query"]', f"[{ARN}]", condition), unsafe=False).texts
    for code, before, _ in FIXED.values():
        assert code == "DYN402" or not fixed(tmp_path, code, before, unsafe=False).texts


@pytest.mark.terraform
@pytest.mark.parametrize(("code", "before", "after"), FIXED.values(), ids=FIXED)
def test_the_result_is_as_terraform_formats_it(tmp_path: Path, code: str, before: str, after: str) -> None:
    for number, source in enumerate((before, after)):
        (tmp_path / f"{code}-{number}.tf").write_text(source, encoding="utf-8")
    done = subprocess.run(["terraform", "fmt", "-check", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
