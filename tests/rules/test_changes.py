"""Rules about changes: what terraform plans for a change, and what two texts of it alone say, agree."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.plan_file import read_plan
from dynalint.findings import Report
from dynalint.fixes import apply_edits
from dynalint.packs import infos_of, load_rules
from dynalint.settings import everywhere
from dynalint.syntax.source import Source
from tests.oracle.record_plans import CASES, case_names, lay_out
from tests.rules.conftest import CheckChange

FOUND = {
    "billing-mode": "DYN711",
    "count-lowered": "DYN702",
    "count-zero": "DYN702",
    "gsi-attributes": "DYN705",
    "gsi-key-type": "DYN703",
    "gsi-projection": "DYN705",
    "gsi-renamed": "DYN705",
    "hash-key": "DYN701",
    "key-type": "DYN703",
    "lsi-added": "DYN701",
    "lsi-projection": "DYN704",
    "lsi-renamed": "DYN701",
    "lsi-sort-key": "DYN704",
    "module-removed": "DYN702",
    "name": "DYN701",
    "pitr-off": "DYN706",
    "protection-line-removed": "DYN706",
    "protection-off": "DYN706",
    "removed-and-destroyed": "DYN702",
    "renamed-without-moved": "DYN702",
    "replica-key": "DYN709",
    "replica-removed": "DYN709",
    "restore-tidied": "DYN701",
    "stream-off": "DYN710",
    "stream-view-type": "DYN710",
    "ttl-attribute": "DYN712",
}
IN_TEXT = {**FOUND, "pitr-block-removed": "DYN707", "ttl-block-removed": "DYN707"}
"""What no plan shows is seen in two texts alone."""


def family(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings if finding.rule.family == "7"]


def planned(directory: Path, *, source: bool) -> Report:
    """The report on the recorded plan, with the configuration that it was made of or without."""
    if source:
        lay_out("after", directory)
    else:
        (directory / "main.tf").write_text("locals {}\n", encoding="utf-8")
    rules = load_rules()
    chosen = frozenset(info.code for info in infos_of(rules) if not info.opt_in)
    plan = read_plan(Source("plan.json", (CASES / "plan.json").read_bytes()))
    return check(discover([str(directory)]), Request(everywhere(rules, chosen), Inputs(plan=plan), date(2026, 1, 1)))


def by_case(report: Report) -> dict[str, str]:
    found = [finding for finding in report.findings if finding.rule.family == "7"]
    return {address.split(".")[1]: finding.rule.code for finding in found for address in finding.addresses}


def test_a_plan_with_its_source(tmp_path: Path) -> None:
    assert by_case(planned(tmp_path, source=True)) == FOUND


def test_a_plan_alone_lacks_what_terraform_leaves_out_of_it(tmp_path: Path) -> None:
    silent = {"DYN703", "DYN704"}
    assert by_case(planned(tmp_path, source=False)) == {
        case: code for case, code in FOUND.items() if code not in silent
    }


@pytest.mark.parametrize("case", case_names())
def test_two_texts(case: str, tmp_path: Path, compare_directories: CheckChange) -> None:
    for side in ("before", "after"):
        shutil.copytree(CASES / case / side, tmp_path / side)
    report = compare_directories(tmp_path / "before", tmp_path / "after")
    assert family(report) == ([IN_TEXT[case]] if case in IN_TEXT else [])


KEYED = """
variable "key" {
  type = string
}

resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = var.key

  attribute {
    name = var.key
    type = "S"
  }
}
"""


def test_an_unknown_key_that_becomes_another_expression_is_undecided(check_change: CheckChange) -> None:
    report = check_change(KEYED, KEYED.replace("hash_key = var.key", 'hash_key = "id"'))
    assert family(report) == []
    assert "DYN701" in {doubt.rule.code for doubt in report.undecided}


def test_what_is_not_known_hides_no_other_cause(check_change: CheckChange) -> None:
    named = KEYED.replace('"orders"', '"orders-${var.key}"')
    after = named.replace('"orders-', '"purchases-').replace("hash_key = var.key", 'hash_key = "id"')
    report = check_change(named.replace("hash_key = var.key", 'hash_key = "pk"'), after)
    [told] = [finding.message for finding in report.findings if finding.rule.code == "DYN701"]
    assert "because hash_key changed" in told


def test_a_table_in_a_module_is_reported_with_its_call(check_change: CheckChange) -> None:
    module = KEYED.replace('"orders"', '"orders"')
    call = 'module "m" {\n  source = "./m"\n  key    = "%s"\n}\n'
    report = check_change(call % "id", call % "key", {"m/main.tf": module})
    [finding] = [finding for finding in report.findings if finding.rule.code == "DYN701"]
    assert finding.addresses == ("module.m.aws_dynamodb_table.t",)
    assert any("module" in step.message for step in finding.trace)


@pytest.mark.parametrize("count", ["var.n", "length(var.names)"])
def test_an_unknown_number_of_tables_is_not_taken_for_none(check_change: CheckChange, count: str) -> None:
    before = KEYED.replace('"t" {', '"t" {\n  count = 1\n')
    after = 'variable "n" {}\nvariable "names" {}\n' + KEYED.replace('"t" {', f'"t" {{\n  count = {count}\n')
    assert "DYN702" not in family(check_change(before, after))


@pytest.mark.parametrize(
    ("protection", "words"),
    [
        ("deletion_protection_enabled = true", "apply stops at its deletion protection"),
        ("lifecycle {\nprevent_destroy = true\n}", "prevent_destroy makes terraform plan refuse it"),
        ("point_in_time_recovery {\nenabled = true\n}", "point-in-time recovery can bring it back"),
        ("", "nothing on it prevents that"),
    ],
)
def test_a_replacement_says_what_stands_against_it(check_change: CheckChange, protection: str, words: str) -> None:
    before = KEYED.replace("var.key", '"id"').replace("  hash_key", f"  {protection}\n  hash_key")
    report = check_change(before, before.replace('"id"', '"key"'))
    [finding] = [finding for finding in report.findings if finding.rule.code == "DYN701"]
    assert words in finding.message


def test_prevent_destroy_that_is_taken_away_is_reported(check_change: CheckChange) -> None:
    before = KEYED.replace("  hash_key", "  lifecycle {\n    prevent_destroy = true\n  }\n  hash_key")
    assert family(check_change(before, KEYED)) == ["DYN706"]


@pytest.mark.parametrize(("version", "codes"), [("~> 6.0", ["DYN713"]), ("~> 5.0", [])])
def test_the_last_index_stays_under_provider_6(check_change: CheckChange, version: str, codes: list[str]) -> None:
    aws = f'aws = {{\n      source  = "hashicorp/aws"\n      version = "{version}"\n    }}'
    pin = f"terraform {{\n  required_providers {{\n    {aws}\n  }}\n}}\n"
    index = '  global_secondary_index {\n    name = "i"\n    hash_key = var.key\n    projection_type = "ALL"\n  }\n'
    before = KEYED.replace("  attribute {", f"{index}\n  attribute {{")
    assert family(check_change(pin + before, pin + KEYED)) == codes


def test_without_changes_a_comment_about_them_is_not_unused(tmp_path: Path) -> None:
    text = "# dynalint: ignore[DYN701] moved by hand\n" + KEYED.strip()
    (tmp_path / "main.tf").write_text(text, encoding="utf-8")
    rules = load_rules()
    chosen = frozenset(info.code for info in infos_of(rules))
    report = check(discover([str(tmp_path)]), Request(everywhere(rules, chosen), Inputs(), date(2026, 1, 1)))
    assert "DYN010" not in {finding.rule.code for finding in report.findings}


REMOVED = {
    "ttl": (
        'attribute_name = "expires"\n    enabled        = true',
        'attribute_name = "expires"\n    enabled        = false',
    ),
    "point_in_time_recovery": ("enabled = true", "enabled = false"),
    "server_side_encryption": (
        'enabled     = true\n    kms_key_arn = "arn:aws:kms:eu-west-1:1:key/1"',
        "enabled = false",
    ),
    "on_demand_throughput": (
        "max_read_request_units  = 5\n    max_write_request_units = 5",
        "max_read_request_units  = -1\n    max_write_request_units = -1",
    ),
}


@pytest.mark.parametrize(("section", "was", "becomes"), [(name, *pair) for name, pair in REMOVED.items()], ids=REMOVED)
def test_a_block_that_is_gone_comes_back_switched_off(
    check_change: CheckChange, section: str, was: str, becomes: str
) -> None:
    table = 'resource "aws_dynamodb_table" "t" {\n  name     = "orders"\n  hash_key = "id"\n%s}\n'
    before, after = table % f"\n  {section} {{\n    {was}\n  }}\n", table % ""
    report = check_change(before, after)
    [finding] = [finding for finding in report.findings if finding.rule.code == "DYN707"]
    assert finding.fix is not None
    assert not finding.fix.safe
    mended = apply_edits(after.encode(), finding.fix.edits).decode()
    assert mended == table % f"\n  {section} {{\n    {becomes}\n  }}\n"
    assert "DYN707" not in family(check_change(before, mended))


def test_an_expiry_whose_attribute_is_not_known_has_no_fix(check_change: CheckChange) -> None:
    table = 'variable "a" {}\nresource "aws_dynamodb_table" "t" {\n  name     = "orders"\n  hash_key = "id"\n%s}\n'
    report = check_change(table % "ttl {\n    attribute_name = var.a\n    enabled = true\n  }\n", table % "")
    assert [finding.fix for finding in report.findings if finding.rule.code == "DYN707"] == [None]
