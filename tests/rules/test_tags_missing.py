"""Edge cases of DYN601."""

from __future__ import annotations

import pytest

from dynalint.findings import Report
from tests.rules.conftest import CheckText


def addresses(report: Report) -> list[str]:
    return [address for finding in report.findings if finding.rule.code == "DYN601" for address in finding.addresses]


def resource(type_: str, body: str = "") -> str:
    return f'resource "{type_}" "x" {{\n{body}\n}}\n'


def provider(alias: str = "") -> str:
    return f'provider "aws" {{\n{alias}\n  default_tags {{\n    tags = {{ a = "1" }}\n  }}\n}}\n'


@pytest.mark.parametrize("type_", ["aws_dynamodb_table", "aws_dynamodb_table_replica", "aws_dax_cluster"])
def test_untagged_resources_are_reported(check_text: CheckText, type_: str) -> None:
    assert addresses(check_text(resource(type_))) == [f"{type_}.x"]


def test_tags_of_locals_and_inputs_are_clean(check_text: CheckText) -> None:
    before = 'locals {\n  common = { a = "1" }\n}\nvariable "tags" {\n  default = {}\n}\n'
    assert addresses(check_text(before + resource("aws_dynamodb_table", "tags = merge(local.common, var.tags)"))) == []


def test_default_tags_alone_are_clean(check_text: CheckText) -> None:
    assert addresses(check_text(provider() + resource("aws_dynamodb_table"))) == []


def test_the_alias_that_a_table_uses_decides(check_text: CheckText) -> None:
    aliased = provider('alias = "eu"')
    assert addresses(check_text(aliased + resource("aws_dynamodb_table"))) == ["aws_dynamodb_table.x"]
    assert addresses(check_text(aliased + resource("aws_dynamodb_table", "provider = aws.eu"))) == []


def test_default_tags_reach_a_module_and_what_its_call_passes_decides(check_text: CheckText) -> None:
    module = {"m/main.tf": resource("aws_dynamodb_table")}
    assert addresses(check_text(provider() + 'module "m" {\n  source = "./m"\n}\n', module)) == []
    call = 'module "m" {\n  source = "./m"\n  providers = {\n    aws = aws.eu\n  }\n}\n'
    bare = 'provider "aws" {\n  alias = "eu"\n}\n'
    assert addresses(check_text(provider() + bare + call, module)) == ["module.m.aws_dynamodb_table.x"]


def test_unknown_tags_are_undecided(check_text: CheckText) -> None:
    report = check_text('variable "tags" {}\n' + resource("aws_dynamodb_table", "tags = var.tags"))
    assert addresses(report) == []
    assert "DYN601" in {doubt.rule.code for doubt in report.undecided}
