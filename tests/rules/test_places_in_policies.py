"""Where the findings about a statement stand: at the line of it that decides, wherever its values come from."""

from __future__ import annotations

import pytest

from dynalint.packs import load_rules
from dynalint.testing import found, marked

BEFORE = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = "id"

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

variable "actions" {
  default = ["dynamodb:GetItem", "dynamodb:Scan"]
}
"""
BY_VARIABLE = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = var.actions #~ DYN401
    resources = ["*"]
  }
}
"""
OBJECT_BY_VARIABLE = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = var.actions #~ DYN401
      Resource = "*"
    }
  })
}
"""
DYNAMIC = """
data "aws_iam_policy_document" "d" {
  dynamic "statement" {
    for_each = ["*"]

    content {
      actions   = ["dynamodb:GetItem", "dynamodb:Scan"] #~ DYN401
      resources = [statement.value]
    }
  }
}
"""
SORTED = """
data "aws_iam_policy_document" "d" {
  statement {
    actions = ["dynamodb:Query"]
    resources = [
      "arn:aws:dynamodb:eu-west-1:123456789012:table/a",
      aws_dynamodb_table.t.arn, #~ DYN402
      "arn:aws:dynamodb:eu-west-1:123456789012:table/b",
    ]
  }
}
"""
IN_ORDER = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect = "Allow"
        Action = ["dynamodb:Query"]
        Resource = [
          "arn:aws:dynamodb:eu-west-1:123456789012:table/a",
          aws_dynamodb_table.t.arn, #~ DYN402
        ]
      },
    ]
  })
}
"""
NOT_RESOURCES = """
data "aws_iam_policy_document" "d" {
  statement {
    actions       = ["dynamodb:GetItem"]
    not_resources = [aws_dynamodb_table.t.arn] #~ DYN413
  }
}
"""
PRINCIPALS = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = ["*"]

    principals { #~ DYN301
      type        = "AWS"
      identifiers = ["*"]
    }
  }
}

resource "aws_dynamodb_resource_policy" "t" {
  resource_arn = aws_dynamodb_table.t.arn
  policy       = data.aws_iam_policy_document.d.json
}
"""
PRINCIPAL_IN_TEXT = """
resource "aws_dynamodb_resource_policy" "t" {
  resource_arn = aws_dynamodb_table.t.arn
  policy       = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": "dynamodb:GetItem",
        "Principal": "*", #~ DYN301
        "Resource": "*"
      }
    }
  EOT
}
"""
CONDITION = """
resource "aws_iam_policy" "p" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = "dynamodb:GetItem"
      Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/a"
      Condition = {
        Bool = { "aws:SecureTransport" = "true" }
        StringEquals = {
          "aws:PrincipalTag/team" = "a"
          "dynamodb:LeadingKeys"  = "b" #~ DYN414
        }
      }
    }
  })
}
"""
DYNAMIC_CONDITION = """
data "aws_iam_policy_document" "d" {
  statement {
    actions   = ["dynamodb:GetItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/a"]

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["true"]
    }

    dynamic "condition" {
      for_each = ["b"]

      content { #~ DYN414
        test     = "StringEquals"
        variable = "dynamodb:LeadingKeys"
        values   = [condition.value]
      }
    }
  }
}
"""
CASES = {
    name: text for name, text in globals().items() if name.isupper() and isinstance(text, str) and name != "BEFORE"
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_a_finding_stands_where_it_is_decided(text: str) -> None:
    code = next(item.partition("~")[2] for item in marked(text))
    rules = [rule for rule in load_rules() if rule.info.code == code]
    plain = "\n".join(line.partition(" #~")[0] for line in (BEFORE + text).splitlines())
    assert found(plain, *rules) == marked(BEFORE + text)


def test_an_element_in_json_syntax_is_found_too() -> None:
    statement = '{\n"actions": "${var.actions}", "resources": ["*"]}'
    policies = f'{{"data": {{"aws_iam_policy_document": {{"d": {{"statement":\n{statement}}}}}}}}}'
    rules = [rule for rule in load_rules() if rule.info.code == "DYN401"]
    assert found({"main.tf": BEFORE, "policies.tf.json": policies}, *rules) == ["3 ~DYN401"]
