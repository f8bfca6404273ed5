"""Edge cases of the rules about keys: DYN101, DYN102, DYN103, DYN104."""

from __future__ import annotations

import pytest

from dynalint.findings import Report
from tests.rules.conftest import CheckText

KEY_RULES = {"DYN101", "DYN102", "DYN103", "DYN104"}


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings if finding.rule.code in KEY_RULES]


def doubts(report: Report) -> set[str]:
    return {doubt.rule.code for doubt in report.undecided} & KEY_RULES


def table(body: str, before: str = "") -> str:
    return f'{before}\nresource "aws_dynamodb_table" "t" {{\n  name = "t"\n{body}\n}}\n'


def attribute(name: str, type_: str = '"S"') -> str:
    return f"  attribute {{\n    name = {name}\n    type = {type_}\n  }}\n"


def gsi(hash_key: str, for_each: str = "") -> str:
    body = f'name = "by-x"\nhash_key = {hash_key}\nprojection_type = "ALL"\n'
    if not for_each:
        return f"  global_secondary_index {{\n{body}}}\n"
    return f'  dynamic "global_secondary_index" {{\nfor_each = {for_each}\ncontent {{\n{body}}}\n}}\n'


NAME = 'variable "gsi_name" {\n  default = null\n}\nvariable "gsi_hash_key" {\n  default = null\n}\n'
ON = "var.gsi_name != null ? [1] : []"


def test_a_key_of_the_same_unknown_expression_is_clean(check_text: CheckText) -> None:
    report = check_text(table("hash_key = var.k\n" + attribute("var.k"), 'variable "k" {}'))
    assert (codes(report), doubts(report)) == ([], set())


def test_both_keys_of_a_table_are_reported(check_text: CheckText) -> None:
    assert codes(check_text(table('hash_key = "a"\nrange_key = "b"\n' + attribute('"A"')))) == ["DYN101", "DYN101"]


def test_a_key_with_blanks_is_another_key(check_text: CheckText) -> None:
    assert codes(check_text(table('hash_key = "a "\n' + attribute('"a"')))) == ["DYN101"]


def test_a_restored_table_that_names_no_key_is_clean(check_text: CheckText) -> None:
    assert codes(check_text(table('restore_source_name = "old"'))) == []


def test_a_restored_table_that_names_a_key_must_declare_it(check_text: CheckText) -> None:
    assert codes(check_text(table('restore_source_name = "old"\nhash_key = "a"'))) == ["DYN101"]


@pytest.mark.parametrize("key", ["", "hash_key = null", 'hash_key = ""', 'range_key = "a"'])
def test_a_table_without_hash_key_is_reported(check_text: CheckText, key: str) -> None:
    assert codes(check_text(table(f"{key}\n" + attribute('"a"')))) == ["DYN102"]


def test_an_import_needs_a_hash_key(check_text: CheckText) -> None:
    body = 'import_table {\n  input_format = "CSV"\n  s3_bucket_source {\n    bucket = "b"\n  }\n}\n'
    assert "DYN102" in codes(check_text(table(body)))


def test_a_restore_that_depends_on_an_input_leaves_a_missing_key_undecided(check_text: CheckText) -> None:
    report = check_text(table("restore_source_name = var.r", 'variable "r" {}'))
    assert (codes(report), doubts(report)) == ([], {"DYN102"})


@pytest.mark.parametrize("type_", ['"s"', '"STRING"', '"BOOL"', '"SS"', '"S "', '""', "true"])
def test_a_type_that_is_none_of_the_three_is_reported(check_text: CheckText, type_: str) -> None:
    assert codes(check_text(table('hash_key = "a"\n' + attribute('"a"', type_)))) == ["DYN103"]


def test_a_type_that_is_null_is_another_rules_matter(check_text: CheckText) -> None:
    assert "DYN103" not in codes(check_text(table('hash_key = "a"\n' + attribute('"a"', "null"))))


def test_a_bad_type_in_the_content_of_an_unknown_collection_is_reported(check_text: CheckText) -> None:
    dynamic = 'dynamic "attribute" {\nfor_each = var.a\ncontent {\nname = attribute.value\ntype = "STRING"\n}\n}\n'
    assert "DYN103" in codes(check_text(table('hash_key = "a"\n' + dynamic, 'variable "a" {}')))


def test_a_bad_type_is_reported_once_for_all_instances(check_text: CheckText) -> None:
    body = 'for_each = toset(["x", "y"])\nhash_key = "a"\n' + attribute('"a"', '"s"')
    [finding] = [item for item in check_text(table(body)).findings if item.rule.code == "DYN103"]
    assert finding.addresses == ('aws_dynamodb_table.t["x"]', 'aws_dynamodb_table.t["y"]')


def test_a_static_index_with_an_undeclared_key_is_reported(check_text: CheckText) -> None:
    assert codes(check_text(table('hash_key = "a"\n' + attribute('"a"') + gsi('"b"')))) == ["DYN104"]


def test_a_local_index_and_a_key_schema_are_looked_at(check_text: CheckText) -> None:
    local = '  local_secondary_index {\n    name = "l"\n    range_key = "r"\n    projection_type = "ALL"\n  }\n'
    schema = (
        '  global_secondary_index {\n    name = "g"\n    projection_type = "ALL"\n'
        '    key_schema {\n      attribute_name = "s"\n      key_type = "HASH"\n    }\n  }\n'
    )
    assert codes(check_text(table('hash_key = "a"\n' + attribute('"a"') + local + schema))) == ["DYN104", "DYN104"]


def test_an_empty_range_key_of_an_index_is_none(check_text: CheckText) -> None:
    index = gsi('"a"').replace("projection", 'range_key = ""\nprojection')
    assert codes(check_text(table('hash_key = "a"\n' + attribute('"a"') + index))) == []


def test_an_index_that_is_off_by_default_is_reported_with_the_input_that_turns_it_on(check_text: CheckText) -> None:
    report = check_text(table('hash_key = "a"\n' + attribute('"a"') + gsi("var.gsi_hash_key", ON), NAME))
    [finding] = [item for item in report.findings if item.rule.code == "DYN104"]
    assert finding.latent
    assert "var.gsi_name" in finding.message


def test_an_optional_index_with_an_equally_optional_attribute_is_clean(check_text: CheckText) -> None:
    optional = f'dynamic "attribute" {{\nfor_each = {ON}\ncontent {{\nname = var.gsi_hash_key\ntype = "S"\n}}\n}}\n'
    report = check_text(table('hash_key = "a"\n' + attribute('"a"') + optional + gsi("var.gsi_hash_key", ON), NAME))
    assert codes(report) == []


def test_an_optional_index_whose_key_an_open_collection_may_declare_is_clean(check_text: CheckText) -> None:
    more = 'dynamic "attribute" {\nfor_each = var.attributes\ncontent {\nname = attribute.value\ntype = "S"\n}\n}\n'
    before = NAME + 'variable "attributes" {\n  default = []\n}\n'
    report = check_text(table('hash_key = "a"\n' + attribute('"a"') + more + gsi("var.gsi_hash_key", ON), before))
    assert codes(report) == []


def test_an_index_and_an_attribute_over_one_unknown_collection_are_clean(check_text: CheckText) -> None:
    each = 'dynamic "attribute" {\nfor_each = var.g\ncontent {\nname = attribute.value.key\ntype = "S"\n}\n}\n'
    body = 'hash_key = "a"\n' + attribute('"a"') + each + gsi("global_secondary_index.value.key", "var.g")
    assert codes(check_text(table(body, 'variable "g" {}'))) == []


def test_a_module_call_that_turns_the_index_on_is_reported_with_the_call(check_text: CheckText) -> None:
    module = table('hash_key = "a"\n' + attribute('"a"') + gsi("var.gsi_hash_key", ON), NAME)
    call = 'module "m" {\n  source = "./m"\n  gsi_name = "x"\n  gsi_hash_key = "b"\n}\n'
    [finding] = [item for item in check_text(call, {"m/main.tf": module}).findings if item.rule.code == "DYN104"]
    assert not finding.latent
    assert any("module.m" in step.message for step in finding.trace)


def test_an_index_resource_brings_its_own_types(check_text: CheckText) -> None:
    index = (
        'resource "aws_dynamodb_global_secondary_index" "i" {\n  table_name = aws_dynamodb_table.t.name\n'
        '  index_name = "i"\n  key_schema {\n    attribute_name = "z"\n    attribute_type = "STRING"\n'
        '    key_type = "HASH"\n  }\n}\n'
    )
    assert codes(check_text(table('hash_key = "a"\n' + attribute('"a"')) + index)) == ["DYN103"]


def test_an_optional_index_may_take_its_key_from_an_attribute_that_nothing_else_uses(check_text: CheckText) -> None:
    before = 'variable "env" {\n  default = "dev"\n}'
    index = gsi("global_secondary_index.value", 'var.env == "prod" ? ["owner"] : []')
    report = check_text(table('hash_key = "id"\n' + attribute('"id"') + attribute('"owner"') + index, before))
    assert codes(report) == []


def test_an_optional_index_may_take_its_key_from_attributes_that_its_caller_passes(check_text: CheckText) -> None:
    before = NAME + 'variable "k" {}\nvariable "more" {\n  default = []\n}\n'
    names = "concat([var.k], var.more)"
    each = f'dynamic "attribute" {{\nfor_each = {names}\ncontent {{\nname = attribute.value\ntype = "S"\n}}\n}}\n'
    report = check_text(table("hash_key = var.k\n" + each + gsi("var.gsi_hash_key", ON), before))
    assert codes(report) == []


def test_an_optional_attribute_of_another_key_is_none_of_an_optional_index(check_text: CheckText) -> None:
    before = NAME + 'variable "r" {\n  default = null\n}\n'
    each = 'dynamic "attribute" {\nfor_each = var.r[*]\ncontent {\nname = var.r\ntype = "S"\n}\n}\n'
    body = 'hash_key = "a"\nrange_key = var.r\n' + attribute('"a"') + each
    assert codes(check_text(table(body + gsi("var.gsi_hash_key", ON), before))) == ["DYN104"]
