from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dynalint.cli.inspect_view import view_of
from dynalint.evaluation.inputs import Inputs
from dynalint.project import Project
from dynalint.reports.inspect_text import RootView, render

MAIN = """\
variable "environment" { default = "prod" }
variable "recovery" { type = bool }
variable "token" {
  default   = "s3cret"
  sensitive = true
}
variable "index" { default = null }

resource "aws_dynamodb_table" "orders" {
  name     = "orders-${var.environment}"
  hash_key = "pk"
  ttl {
    enabled        = true
    attribute_name = var.token
  }
  point_in_time_recovery { enabled = var.recovery }
  attribute {
    name = "pk"
    type = "S"
  }
  dynamic "global_secondary_index" {
    for_each = var.index[*]
    content {
      name            = global_secondary_index.value
      hash_key        = "pk"
      projection_type = "ALL"
    }
  }
  tags = { team = "shop", token = var.token }
}

resource "aws_iam_role_policy" "reader" {
  role   = "reader"
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = "dynamodb:Query", Resource = "${aws_dynamodb_table.orders.arn}/index/*" },
      { Effect = "Deny", Action = "*", Resource = ["arn:aws:s3:::x"] },
    ]
  })
}

output "name" { value = aws_dynamodb_table.orders.name }
"""


def seen(directory: Path, text: str = MAIN, *, show_sensitive: bool = False) -> RootView:
    (directory / "main.tf").write_text(text, "utf-8")
    inputs = Inputs(arguments=(), environment=None, everything=True)
    project = Project(str(directory))
    return view_of(str(directory), project, inputs, base=str(directory), show_sensitive=show_sensitive)


def test_a_root_module_as_people_see_it(tmp_path: Path, snapshot: Callable[[str, str], None]) -> None:
    snapshot("reports/inspect.txt", render([seen(tmp_path)], color=False, width=100))


def test_values_say_which_way_they_came(tmp_path: Path) -> None:
    (table,) = seen(tmp_path).tables
    settings = next(group for group in table.groups if group.title == "settings").settings
    name = settings[0]
    assert (name.text, name.origin) == ('"orders-prod"', "main.tf:10 ← main.tf:1 default of var.environment")


def test_unknown_values_say_why(tmp_path: Path) -> None:
    (table,) = seen(tmp_path).tables
    (enabled,) = next(group for group in table.groups if group.title == "point_in_time_recovery").settings
    assert enabled.unknown
    assert "var.recovery" in enabled.text


def test_sensitive_values_are_shown_only_when_asked_for(tmp_path: Path) -> None:
    assert "s3cret" not in render([seen(tmp_path)], color=False, width=None)
    assert 'token  "s3cret"' in render([seen(tmp_path, show_sensitive=True)], color=False, width=None)


def test_policies_are_read_down_to_the_tables_they_reach(tmp_path: Path) -> None:
    (policy,) = seen(tmp_path).policies
    holder, allow, deny = policy.groups
    assert holder.title == "held by role reader"
    assert [setting.text for setting in allow.settings] == ['"dynamodb:Query"', "aws_dynamodb_table.orders/index/*"]
    assert [setting.text for setting in deny.settings] == ['"*"', '"arn:aws:s3:::x"']


def test_what_terraform_would_refuse_is_told(tmp_path: Path) -> None:
    view = seen(tmp_path, 'resource "aws_dynamodb_table" "t" { name = var.nothing }\n')
    assert view.faults
    assert view.faults[0].startswith("main.tf:1: ")
