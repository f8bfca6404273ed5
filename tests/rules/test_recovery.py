"""Edge cases of DYN201 and DYN202."""

from __future__ import annotations

import pytest

from dynalint.findings import Finding, Report
from tests.rules.conftest import CheckText

RULES = {"DYN201", "DYN202"}


def found(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code in RULES]


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in found(report)]


def doubts(report: Report) -> set[str]:
    return {doubt.rule.code for doubt in report.undecided} & RULES


def table(body: str, before: str = "", key: str = "id") -> str:
    return f"""{before}
resource "aws_dynamodb_table" "t" {{
  name     = "t"
  hash_key = "{key}"

  attribute {{
    name = "{key}"
    type = "S"
  }}
{body}}}
"""


def recovery(enabled: str) -> str:
    return f"\n  point_in_time_recovery {{\n    enabled = {enabled}\n  }}\n"


def dynamic(collection: str) -> str:
    content = "content {\n      enabled = true\n    }"
    return f'\n  dynamic "point_in_time_recovery" {{\n    for_each = {collection}\n    {content}\n  }}\n'


def test_no_block_and_a_block_of_an_empty_collection_are_missing(check_text: CheckText) -> None:
    assert codes(check_text(table(""))) == ["DYN201"]
    assert codes(check_text(table(dynamic("[]")))) == ["DYN201"]


def test_a_block_of_a_filled_collection_is_there(check_text: CheckText) -> None:
    assert codes(check_text(table(dynamic("[1]")))) == []


def test_a_block_of_an_unknown_collection_is_undecided(check_text: CheckText) -> None:
    report = check_text(table(dynamic("var.on ? [1] : []"), 'variable "on" {}'))
    assert (codes(report), doubts(report)) == ([], {"DYN201"})


@pytest.mark.parametrize("enabled", ["false", '"false"', "!true", "null == 1"])
def test_false_in_any_form_is_disabled(check_text: CheckText, enabled: str) -> None:
    assert codes(check_text(table(recovery(enabled)))) == ["DYN202"]


def test_an_unknown_switch_is_undecided(check_text: CheckText) -> None:
    report = check_text(table(recovery("var.on"), 'variable "on" {}'))
    assert (codes(report), doubts(report)) == ([], {"DYN202"})


def test_the_tfvars_line_that_decides_is_in_the_trace(check_text: CheckText) -> None:
    variable = 'variable "on" {\n  type    = bool\n  default = true\n}\n'
    report = check_text(table(recovery("var.on"), variable), {"terraform.tfvars": "on = false\n"})
    [finding] = found(report)
    assert any(step.span.path.endswith("terraform.tfvars") for step in finding.trace)


def test_a_module_call_that_switches_it_off_is_in_the_trace(check_text: CheckText) -> None:
    module = table(recovery("var.on"), 'variable "on" {\n  default = true\n}\n')
    call = 'module "m" {\n  source = "./m"\n  on     = false\n}\n'
    [finding] = found(check_text(call, {"m/main.tf": module}))
    assert finding.addresses == ("module.m.aws_dynamodb_table.t",)
    assert any(step.span.path.endswith("main.tf") and "/m/" not in step.span.path for step in finding.trace)


def test_state_lock_tables_are_exempt(check_text: CheckText) -> None:
    assert codes(check_text(table("", key="LockID"))) == []
    assert codes(check_text(table(recovery("false"), key="LockID"))) == []


def test_restored_tables_are_not_exempt(check_text: CheckText) -> None:
    assert codes(check_text(table('restore_source_name = "old"\n'))) == ["DYN201"]


def test_the_fix_writes_the_block_as_terraform_formats_it(check_text: CheckText) -> None:
    text = table("")
    [finding] = found(check_text(text))
    assert finding.fix is not None
    assert finding.fix.safe
    [edit] = finding.fix.edits
    assert text[: edit.span.start] + edit.text + text[edit.span.end :] == table(recovery("true"))


def test_there_is_no_fix_beside_a_dynamic_block(check_text: CheckText) -> None:
    before = 'variable "on" {\n  default = false\n}\n'
    [finding] = found(check_text(table(dynamic("var.on ? [1] : []"), before)))
    assert finding.fix is None


def test_switching_a_literal_on_is_an_unsafe_fix(check_text: CheckText) -> None:
    [finding] = found(check_text(table(recovery("false"))))
    assert finding.fix is not None
    assert not finding.fix.safe
