from __future__ import annotations

import pytest

from dynalint.dynamodb.attributes import KeyAttribute
from dynalint.dynamodb.table import Table
from dynalint.findings import Undecided
from tests.dynamodb.conftest import ModelOf


def table_of(model_of: ModelOf, body: str, before: str = "") -> Table:
    [table] = model_of(f'{before}\nresource "aws_dynamodb_table" "t" {{\nname = "t"\n{body}\n}}').tables
    return table


def attribute(name: str) -> str:
    return f'attribute {{\nname = {name}\ntype = "S"\n}}\n'


def many(collection: str, name: str = "attribute.value") -> str:
    return f'dynamic "attribute" {{\nfor_each = {collection}\ncontent {{\nname = {name}\ntype = "S"\n}}\n}}\n'


def declares(table: Table) -> bool:
    return table.declarations.declares(table.hash_key)


def test_names_are_compared_byte_for_byte(model_of: ModelOf) -> None:
    assert declares(table_of(model_of, 'hash_key = "pk"\n' + attribute('"pk"')))
    assert not declares(table_of(model_of, 'hash_key = "pk"\n' + attribute('"PK"')))


def test_equal_unknown_expressions_match(model_of: ModelOf) -> None:
    assert declares(table_of(model_of, "hash_key = var.k\n" + attribute("var.k"), 'variable "k" {}'))


def test_different_unknown_expressions_are_undecided(model_of: ModelOf) -> None:
    table = table_of(model_of, "hash_key = var.k\n" + attribute("var.a"), 'variable "k" {}\nvariable "a" {}')
    with pytest.raises(Undecided):
        declares(table)


def test_a_known_key_and_an_attribute_of_unknown_name_are_undecided(model_of: ModelOf) -> None:
    table = table_of(model_of, 'hash_key = "pk"\n' + attribute("var.a"), 'variable "a" {}')
    with pytest.raises(Undecided, match=r"var\.a"):
        declares(table)


def test_an_unknown_collection_of_attributes_is_undecided(model_of: ModelOf) -> None:
    table = table_of(model_of, 'hash_key = "pk"\n' + many("var.a"), 'variable "a" {}')
    with pytest.raises(Undecided, match=r"var\.a"):
        declares(table)


def test_an_unknown_number_of_attributes_of_another_name_decides(model_of: ModelOf) -> None:
    assert not declares(table_of(model_of, 'hash_key = "pk"\n' + many("var.a", '"sk"'), 'variable "a" {}'))


def test_two_variables_that_agree_by_default_match(model_of: ModelOf) -> None:
    before = 'variable "k" {\n  default = "id"\n}\nvariable "a" {\n  default = "id"\n}'
    assert declares(table_of(model_of, "hash_key = var.k\n" + attribute("var.a"), before))


def test_the_unused_attribute_of_nearly_the_same_name_is_suggested(model_of: ModelOf) -> None:
    table = table_of(model_of, 'hash_key = "order_id"\n' + attribute('"orderId"') + attribute('"zone"'))
    assert table.declarations.near(table.hash_key) == "orderId"


def test_an_index_resource_types_its_own_keys(model_of: ModelOf) -> None:
    text = """
resource "aws_dynamodb_global_secondary_index" "i" {
  table_name = "elsewhere"
  index_name = "by-customer"
  key_schema {
    attribute_name = "customer"
    attribute_type = "S"
    key_type       = "HASH"
  }
}
"""
    [key] = model_of(text).subjects(KeyAttribute)
    assert (key.name.known, key.type.known) == ("customer", "S")
