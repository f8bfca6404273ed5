"""What dynalint exists for, from Terraform text to verdict, on the command line."""

import json

import pytest

from tests.command_line import TABLE, Cli

Findings = list[dict[str, object]]


def report(cli: Cli, *arguments: str) -> dict[str, list[dict[str, object]]]:
    done = cli("check", "-o", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, list[dict[str, object]]] = json.loads(done.stdout)
    return found


def findings(cli: Cli, *arguments: str) -> Findings:
    return report(cli, *arguments)["findings"]


def said(found: Findings) -> list[str]:
    return [f"{item['code']} {item['path']}:{item['line']}" for item in found]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


# --- a dynamic index whose key nobody declares --------------------------------------------------------------------

OPTIONAL_INDEX = """\
variable "index" {
  type = object({
    name     = string
    hash_key = string
  })
  default = null
}

resource "aws_dynamodb_table" "this" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  dynamic "global_secondary_index" {
    for_each = var.index != null ? [var.index] : []

    content {
      name            = global_secondary_index.value.name
      hash_key        = global_secondary_index.value.hash_key
      projection_type = "ALL"
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  tags = {
    Owner = "orders"
  }
}
"""
TURNED_ON = """\
module "orders" {
  source = "./table"

  index = {
    name     = "by-customer"
    hash_key = "customer_id"
  }
}
"""
HASH_KEY_LINE = line_of(OPTIONAL_INDEX, "hash_key        =")


def test_an_index_off_by_default_whose_key_nobody_declares_is_reported_at_the_module(cli: Cli) -> None:
    cli.write({"table/main.tf": OPTIONAL_INDEX})
    (finding,) = findings(cli)
    assert said([finding]) == [f"DYN104 table/main.tf:{HASH_KEY_LINE}"]
    assert "var.index" in json.dumps(finding)


def test_and_at_a_call_that_turns_it_on(cli: Cli) -> None:
    cli.write({"table/main.tf": OPTIONAL_INDEX, "main.tf": TURNED_ON})
    (finding,) = findings(cli)
    assert finding["code"] == "DYN104"
    assert finding["addresses"] == ["module.orders.aws_dynamodb_table.this"]
    assert "customer_id" in str(finding["message"])
    places = {f"{step['path']}:{step['line']}" for step in finding["trace"]}  # type: ignore[attr-defined]
    assert {f"main.tf:{line_of(TURNED_ON, 'hash_key')}", "main.tf:1"} & places


def test_a_call_that_declares_the_key_is_clean(cli: Cli) -> None:
    declared = OPTIONAL_INDEX.replace(
        '  dynamic "global',
        '  dynamic "attribute" {\n    for_each = var.index != null ? [var.index.hash_key] : []\n\n    content {\n'
        '      name = attribute.value\n      type = "S"\n    }\n  }\n\n  dynamic "global',
        1,
    )
    cli.write({"table/main.tf": declared, "main.tf": TURNED_ON})
    assert said(findings(cli)) == []
    assert said(findings(cli, "table")) == []


# --- unknowns that are equal --------------------------------------------------------------------------------------


def test_a_key_that_is_an_input_without_value_matches_the_attribute_of_the_same_input(cli: Cli) -> None:
    text = 'variable "key" {\n  type = string\n}\n\n' + TABLE.replace('= "id"\n', "= var.key\n")
    cli.write({"main.tf": text})
    found = report(cli)
    assert (found["findings"], found["undecided"]) == ([], [])


def test_a_key_that_is_another_input_is_undecided_not_clean_and_not_wrong(cli: Cli) -> None:
    text = 'variable "key" {}\nvariable "name" {}\n' + TABLE.replace('= "id"\n  }', "= var.name\n  }", 1)
    cli.write({"main.tf": text.replace('hash_key     = "id"', "hash_key     = var.key")})
    found = report(cli)
    undecided = {item["code"]: item["reason"] for item in found["undecided"]}
    assert "DYN101" not in [item["code"] for item in found["findings"]]
    assert "var." in str(undecided["DYN101"])


# --- tags ---------------------------------------------------------------------------------------------------------

TAGS = '  tags = {\n    Owner = "orders"\n  }\n'


@pytest.mark.parametrize(
    "text",
    [
        'variable "tags" {\n  default = {}\n}\nlocals {\n  common = { Owner = "orders" }\n}\n'
        + TABLE.replace(TAGS, "  tags = merge(local.common, var.tags)\n"),
        'variable "tags" {}\nlocals {\n  common = { Owner = "orders" }\n}\n'
        + TABLE.replace(TAGS, "  tags = merge(local.common, var.tags)\n"),
        'provider "aws" {\n  default_tags {\n    tags = { Owner = "orders" }\n  }\n}\n' + TABLE.replace(TAGS, ""),
    ],
)
def test_tags_that_are_merged_or_come_from_the_provider_are_tags(cli: Cli, text: str) -> None:
    cli.write({"main.tf": text})
    assert said(findings(cli)) == []


def test_no_tags_are_reported(cli: Cli) -> None:
    cli.write({"main.tf": TABLE.replace(TAGS, "")})
    assert said(findings(cli)) == ["DYN601 main.tf:1"]


# --- the line that decides ----------------------------------------------------------------------------------------


def test_recovery_switched_off_in_a_variables_file_is_reported_with_that_line(cli: Cli) -> None:
    text = 'variable "recovery" {\n  default = true\n}\n' + TABLE.replace(
        "    enabled = true", "    enabled = var.recovery"
    )
    cli.write({"main.tf": text, "terraform.tfvars": "# for now\nrecovery = false\n"})
    (finding,) = findings(cli)
    assert said([finding]) == [f"DYN202 main.tf:{line_of(text, '  enabled =')}"]
    steps = [f"{step['path']}:{step['line']}" for step in finding["trace"]]  # type: ignore[attr-defined]
    assert "terraform.tfvars:2" in steps
    assert said(findings(cli, "terraform.tfvars")) == said([finding])


# --- policies -----------------------------------------------------------------------------------------------------

ROLE = """\
resource "aws_iam_role" "app" {
  name               = "app"
  assume_role_policy = "{}"

  inline_policy {
    name   = "tables"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }]
    })
  }
}
"""
HEREDOC = """\
resource "aws_iam_policy" "app" {
  name   = "app"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["dynamodb:*"],
          "Resource": ["*"]
        }
      ]
    }
  JSON
}
"""
DOCUMENT = """\
data "aws_iam_policy_document" "wide" {
  statement {
    actions   = ["dynamodb:*"]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "app" {
  source_policy_documents = [data.aws_iam_policy_document.wide.json]

  statement {
    actions   = ["s3:GetObject"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "app" {
  name   = "app"
  policy = data.aws_iam_policy_document.app.json
}
"""


@pytest.mark.parametrize("text", [ROLE, HEREDOC, DOCUMENT], ids=["inline_policy", "heredoc", "source document"])
def test_everything_on_everything_is_a_scan_of_everything(cli: Cli, text: str) -> None:
    cli.write({"main.tf": text})
    assert [item["code"] for item in findings(cli)] == ["DYN401", "DYN403"]


def test_the_indexes_of_one_table_are_not_everything(cli: Cli) -> None:
    policy = DOCUMENT.replace('["dynamodb:*"]', '["dynamodb:Query"]').replace(
        'resources = ["*"]', 'resources = ["${aws_dynamodb_table.orders.arn}/index/*"]', 1
    )
    cli.write({"main.tf": TABLE + policy})
    assert said(findings(cli)) == []


# --- the whole thing holds together -------------------------------------------------------------------------------


def test_nothing_is_reported_missing_whose_proof_may_be_unreadable(cli: Cli) -> None:
    cli.write({"main.tf": TABLE.replace(TAGS, ""), "provider.tf": 'provider "aws" {\n  default_tags {\n'})
    found = report(cli)
    assert [item["code"] for item in found["findings"]] == ["DYN001"]
    assert "DYN601" in [item["code"] for item in found["undecided"]]
