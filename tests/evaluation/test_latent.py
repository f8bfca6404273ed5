"""Worlds that no caller takes today."""

from __future__ import annotations

from dynalint.evaluation.resources import Resource
from dynalint.evaluation.values import Unknown, value_identity
from tests.evaluation.conftest import Evaluate

MODULE = """
variable "gsi_name" { default = null }
variable "gsi_key" { default = null }
variable "key" { default = "id" }
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = var.key
  attribute {
    name = var.key
    type = "S"
  }
  dynamic "global_secondary_index" {
    for_each = var.gsi_name != null ? [1] : []
    content {
      name            = var.gsi_name
      hash_key        = var.gsi_key
      projection_type = "ALL"
    }
  }
}
"""
SAME_CONDITION = """
  dynamic "attribute" {
    for_each = var.gsi_name != null ? [1] : []
    content {
      name = var.gsi_key
      type = "S"
    }
  }
"""


def latent(evaluate: Evaluate, text: str) -> Resource:
    (resource,) = evaluate(text).latent
    return resource


def test_the_branch_not_taken_is_there_and_names_its_switch(evaluate: Evaluate) -> None:
    table = latent(evaluate, MODULE)
    assert table.world is not None
    assert table.world.switches == ("gsi_name",)
    (index,) = table.body.blocks_of("global_secondary_index")
    assert index.certain


def test_an_empty_input_of_the_branch_is_unknown_there(evaluate: Evaluate) -> None:
    (index,) = latent(evaluate, MODULE).body.blocks_of("global_secondary_index")
    key = index.value("hash_key")
    assert key is not None
    assert isinstance(key.data, Unknown)
    assert key.data.reason == "a caller may set var.gsi_key"


def test_other_inputs_keep_their_values(evaluate: Evaluate) -> None:
    value = latent(evaluate, MODULE).body.value("hash_key")
    assert value is not None
    assert value.data == "id"


def test_a_block_with_the_same_condition_brings_the_same_unknown(evaluate: Evaluate) -> None:
    text = MODULE.replace('  dynamic "global', SAME_CONDITION + '  dynamic "global')
    worlds = evaluate(text).latent
    table = next(item for item in worlds if item.body.blocks_of("global_secondary_index")[0].certain)
    (index,) = table.body.blocks_of("global_secondary_index")
    maybe = table.body.blocks_of("attribute")[1]
    name, key = maybe.value("name"), index.value("hash_key")
    assert name is not None
    assert key is not None
    assert value_identity(name) == value_identity(key) != ""


def test_an_input_that_fills_a_collection_leaves_it_open(evaluate: Evaluate) -> None:
    attributes = 'variable "attributes" { default = [] }\n' + MODULE.replace(
        '  dynamic "global',
        '  dynamic "attribute" {\n    for_each = var.attributes\n    content {\n      name = attribute.value\n'
        '      type = "S"\n    }\n  }\n  dynamic "global',
    )
    worlds = evaluate(attributes).latent
    table = next(item for item in worlds if item.world and item.world.switches == ("gsi_name",))
    assert table.body.openness("attribute") is not None


def test_a_table_that_no_default_makes_is_imagined(evaluate: Evaluate) -> None:
    table_text = 'resource "aws_dynamodb_table" "t" {\n  count = var.create ? 1 : 0\n  name = "x"\n}\n'
    text = 'variable "create" { default = false }\n' + table_text
    root = evaluate(text)
    assert root.resources == ()
    (table,) = root.latent
    assert table.world is not None
    assert table.world.switches == ("create",)


def test_a_branch_that_no_input_reaches_stays_out(evaluate: Evaluate) -> None:
    text = 'resource "aws_dynamodb_table" "t" {\n  count = 0\n  name = "x"\n}\n'
    assert evaluate(text).latent == ()
