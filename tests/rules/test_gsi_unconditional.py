"""Grades of DYN501."""

from __future__ import annotations

import pytest

from dynalint.findings import Report, Severity
from tests.rules.conftest import CheckText

TABLE = """
resource "aws_dynamodb_table" "t" {
  name     = "t"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }

%s
}
"""


def grades(report: Report) -> list[Severity]:
    return [finding.severity for finding in report.findings if finding.rule.code == "DYN501"]


def static(hash_key: str = '"id"', name: str = '"by-id"', more: str = "") -> str:
    return f'global_secondary_index {{\nname = {name}\nhash_key = {hash_key}\nprojection_type = "ALL"\n{more}}}'


def dynamic(collection: str) -> str:
    content = 'name = global_secondary_index.value\nhash_key = "id"\nprojection_type = "ALL"'
    return f'dynamic "global_secondary_index" {{\nfor_each = {collection}\ncontent {{\n{content}\n}}\n}}'


def variable(name: str, default: str) -> str:
    return f'variable "{name}" {{\n  default = {default}\n}}\n'


def test_literals_in_a_root_module_are_a_note(check_text: CheckText) -> None:
    assert grades(check_text(TABLE % static())) == [Severity.NOTE]


def test_a_module_that_is_called_gets_a_warning(check_text: CheckText) -> None:
    report = check_text('module "m" {\n  source = "./m"\n}\n', {"m/main.tf": TABLE % static()})
    assert grades(report) == [Severity.WARNING]


def test_arguments_that_read_an_input_are_a_warning(check_text: CheckText) -> None:
    assert grades(check_text(variable("n", '"x"') + TABLE % static(name="var.n"))) == [Severity.WARNING]


@pytest.mark.parametrize(
    ("before", "index"),
    [
        (variable("k", "null"), static(hash_key="var.k")),
        (variable("n", "null"), static(name="var.n")),
        (variable("g", "{}"), static(hash_key="try(var.g.key, null)")),
        (variable("g", "null"), static(hash_key="local.k") + "\n}\nlocals {\n  k = var.g"),
    ],
)
def test_a_required_argument_that_an_input_leaves_null_is_an_error(
    check_text: CheckText, before: str, index: str
) -> None:
    assert grades(check_text(before + TABLE % index)) == [Severity.ERROR]


def test_a_range_key_may_be_null(check_text: CheckText) -> None:
    index = static(more="range_key = var.r\n")
    assert grades(check_text(variable("r", "null") + TABLE % index)) == [Severity.WARNING]


def test_a_call_that_leaves_the_key_null_is_an_error(check_text: CheckText) -> None:
    module = 'variable "k" {\n  type = string\n}\n' + TABLE % static(hash_key="var.k")
    assert grades(check_text('module "m" {\n  source = "./m"\n  k = null\n}\n', {"m/main.tf": module})) == [
        Severity.ERROR
    ]


@pytest.mark.parametrize("collection", ['toset(["a"])', "local.names"])
def test_a_constant_collection_is_as_good_as_static(check_text: CheckText, collection: str) -> None:
    report = check_text('locals {\n  names = ["a"]\n}\n' + TABLE % dynamic(collection))
    assert grades(report) == [Severity.NOTE]


@pytest.mark.parametrize("default", ['["a"]', "[]"])
def test_a_collection_that_reads_an_input_is_conditional(check_text: CheckText, default: str) -> None:
    assert grades(check_text(variable("g", default) + TABLE % dynamic("var.g"))) == []


def test_local_indexes_are_none_of_it(check_text: CheckText) -> None:
    local = 'local_secondary_index {\nname = "l"\nrange_key = "id"\nprojection_type = "ALL"\n}'
    assert grades(check_text(TABLE % local)) == []


@pytest.mark.parametrize(
    ("count", "expected"), [("", [Severity.NOTE]), ("count = 1", [Severity.NOTE]), ("count = var.on", [])]
)
def test_index_resources_are_judged_by_their_own_condition(
    check_text: CheckText, count: str, expected: list[Severity]
) -> None:
    index = f"""
resource "aws_dynamodb_global_secondary_index" "i" {{
  {count}
  table_name = aws_dynamodb_table.t.name
  index_name = "i"
  key_schema {{
    attribute_name = "x"
    attribute_type = "S"
    key_type       = "HASH"
  }}
}}
"""
    assert grades(check_text(variable("on", "1") + TABLE % "" + index)) == expected
