"""Edge cases of the rules about items, DYN160 to DYN162."""

from __future__ import annotations

import json

import pytest

from dynalint.findings import Finding, Report
from tests.rules.conftest import CheckText

TABLE = """
resource "aws_dynamodb_table" "t" {
  name      = "ttt"
  hash_key  = "id"
  range_key = "at"
  attribute {
    name = "id"
    type = "S"
  }
  attribute {
    name = "at"
    type = "N"
  }
}
"""


def item(text: str, keys: str = 'hash_key = "id"\n  range_key = "at"', label: str = "i", of: str = "") -> str:
    name = of or "aws_dynamodb_table.t.name"
    return f'resource "aws_dynamodb_table_item" "{label}" {{\n  table_name = {name}\n  {keys}\n  item = {text}\n}}\n'


def of(report: Report, code: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.rule.code == code]


def doubts(report: Report) -> set[str]:
    return {doubt.rule.code for doubt in report.undecided if doubt.rule.code.startswith("DYN16")}


GOOD = '{"id": {"S": "x"}, "at": {"N": "1"}}'


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        '"x"',
        "1",
        "{",
        '{"a": {}}',
        '{"a": {"S": "x", "N": "1"}}',
        '{"a": {"S": 1}}',
        '{"a": {"N": 1}}',
        '{"a": {"BOOL": "true"}}',
        '{"a": {"NS": [1]}}',
        '{"a": {"SS": "x"}}',
        '{"a": {"M": {"b": "x"}}}',
        '{"a": {"L": [{"S": "x"}, 1]}}',
        '{"a": {"B": "!!"}}',
        '{"a": null}',
        '{"a": {"S": null}}',
        '{"a": {"s": "x"}}',
        '{"a": ["S"]}',
    ],
)
def test_text_that_the_provider_refuses_is_reported(check_text: CheckText, text: str) -> None:
    assert len(of(check_text(item(json.dumps(text), of='"x"')), "DYN160")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "null",
        "",
        '{"a": {"N": "x"}}',
        '{"a": {"NULL": false}}',
        '{"a": {"SS": []}}',
        '{"a": {"B": "YQ=="}}',
        '{"a": {"M": {"b": {"L": [{"BOOL": true}]}}}}',
    ],
)
def test_text_that_the_provider_takes_is_well_formed(check_text: CheckText, text: str) -> None:
    assert of(check_text(item(json.dumps(text), of='"x"')), "DYN160") == []


def test_an_item_that_count_leaves_out_is_still_validated(check_text: CheckText) -> None:
    text = item('"[]"', of='"x"').replace("{\n", "{\n  count = 0\n", 1)
    assert len(of(check_text(text), "DYN160")) == 1


def test_unknown_parts_of_an_item_are_no_faults(check_text: CheckText) -> None:
    text = 'jsonencode({ id = { S = var.v }, at = { N = "1" }, more = var.v })'
    report = check_text('variable "v" {}\n' + TABLE + item(text))
    assert (of(report, "DYN160"), of(report, "DYN161"), doubts(report)) == ([], [], set())


def test_an_unknown_item_is_undecided(check_text: CheckText) -> None:
    report = check_text('variable "v" {}\n' + TABLE + item("var.v"))
    assert (of(report, "DYN161"), doubts(report)) == ([], {"DYN160", "DYN161"})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"at": {"N": "1"}}', "has no attribute"),
        ('{"id": {"N": "1"}, "at": {"N": "1"}}', "declares S"),
        ('{"id": {"S": ""}, "at": {"N": "1"}}', "is empty"),
        ('{"id": {"S": "x"}, "at": {"N": "one"}}', "is no number"),
    ],
)
def test_an_item_without_the_key_of_its_table_is_reported(check_text: CheckText, text: str, words: str) -> None:
    [finding] = of(check_text(TABLE + item(json.dumps(text))), "DYN161")
    assert words in finding.message


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ('hash_key = "at"\n  range_key = "at"', "tainted"),
        ('hash_key = "id"', "does not name it"),
        ('hash_key = "id"\n  range_key = "other"', "tainted"),
    ],
)
def test_an_item_with_other_keys_than_its_table_is_reported(check_text: CheckText, keys: str, words: str) -> None:
    [finding] = of(check_text(TABLE + item(json.dumps(GOOD), keys)), "DYN161")
    assert words in finding.message


def test_an_item_whose_table_is_elsewhere_is_held_to_its_own_keys(check_text: CheckText) -> None:
    report = check_text(item(json.dumps(GOOD), of='"elsewhere"'))
    assert (of(report, "DYN161"), doubts(report)) == ([], {"DYN161"})
    assert len(of(check_text(item('"{}"', of='"elsewhere"')), "DYN161")) == 1


def test_a_key_of_the_same_unknown_input_is_the_tables(check_text: CheckText) -> None:
    table = TABLE.replace('"id"', "var.k")
    report = check_text('variable "k" {}\n' + table + item(json.dumps(GOOD), 'hash_key = var.k\n  range_key = "at"'))
    assert (of(report, "DYN161"), doubts(report)) == ([], set())


def test_two_items_of_one_key_clash(check_text: CheckText) -> None:
    more = '{"id": {"S": "x"}, "at": {"N": "1"}, "b": {"S": "y"}}'
    text = TABLE + item(json.dumps(GOOD)) + item(json.dumps(more), label="j")
    assert len(of(check_text(text), "DYN162")) == 1


def test_two_items_of_one_unknown_expression_clash(check_text: CheckText) -> None:
    text = 'jsonencode({ id = { S = var.v }, at = { N = "1" } })'
    report = check_text('variable "v" {}\n' + TABLE + item(text) + item(text, label="j"))
    assert len(of(report, "DYN162")) == 1


def test_items_of_different_sort_keys_are_two(check_text: CheckText) -> None:
    other = '{"id": {"S": "x"}, "at": {"N": "2"}}'
    assert of(check_text(TABLE + item(json.dumps(GOOD)) + item(json.dumps(other), label="j")), "DYN162") == []


def test_items_of_a_for_each_have_their_own_keys(check_text: CheckText) -> None:
    text = item('jsonencode({ id = { S = each.value }, at = { N = "1" } })')
    text = text.replace("{\n", '{\n  for_each = toset(["a", "b"])\n', 1)
    assert of(check_text(TABLE + text), "DYN162") == []
