from __future__ import annotations

import pytest

from dynalint.dynamodb.fields import Absent, Known
from dynalint.dynamodb.table import Table
from dynalint.findings import Undecided
from tests.dynamodb.conftest import ModelOf

KEYED = """
resource "aws_dynamodb_table" "t" {
  name     = "orders"
  hash_key = "pk"

  attribute {
    name = "pk"
    type = "S"
  }
"""


def only_table(model_of: ModelOf, text: str) -> Table:
    [table] = model_of(text).tables
    return table


def test_billing_mode_is_provisioned_where_it_is_not_written_or_null(model_of: ModelOf) -> None:
    assert only_table(model_of, KEYED + "}").billing_mode.known == "PROVISIONED"
    assert only_table(model_of, KEYED + "billing_mode = null\n}").billing_mode.known == "PROVISIONED"


def test_an_empty_billing_mode_is_a_value_and_an_empty_key_is_none(model_of: ModelOf) -> None:
    table = only_table(model_of, KEYED + 'billing_mode = ""\nrange_key = ""\n}')
    assert table.billing_mode.known == ""
    assert table.range_key.state == Absent()


def test_values_are_converted_as_the_schema_does(model_of: ModelOf) -> None:
    table = only_table(model_of, KEYED + 'read_capacity = "5"\npoint_in_time_recovery {\nenabled = "true"\n}\n}')
    assert table.read_capacity.state == Known(5)
    assert table.point_in_time_recovery.enabled.known is True


def test_a_field_that_is_not_written_stands_at_the_header(model_of: ModelOf) -> None:
    table = only_table(model_of, KEYED + "}")
    assert table.range_key.at == table.at
    assert table.point_in_time_recovery.at == table.at


def test_an_unknown_field_raises_with_its_reason(model_of: ModelOf) -> None:
    table = only_table(model_of, 'variable "mode" {}\n' + KEYED + "billing_mode = var.mode\n}")
    with pytest.raises(Undecided, match=r"var\.mode"):
        _ = table.billing_mode.known


def test_a_block_of_an_empty_collection_is_absent_and_of_an_unknown_one_undecided(model_of: ModelOf) -> None:
    block = 'dynamic "point_in_time_recovery" {\nfor_each = %s\ncontent {\nenabled = true\n}\n}\n}'
    assert not only_table(model_of, KEYED + block % "[]").point_in_time_recovery.present
    table = only_table(model_of, 'variable "on" {}\n' + KEYED + block % "var.on ? [1] : []")
    with pytest.raises(Undecided, match=r"var\.on"):
        _ = table.point_in_time_recovery.present


def test_an_unreadable_override_file_leaves_missing_blocks_undecided(model_of: ModelOf) -> None:
    [table] = model_of(KEYED + "}", {"x_override.tf": "locals {\n"}).tables
    with pytest.raises(Undecided, match=r"x_override\.tf"):
        _ = table.point_in_time_recovery.present


def test_an_unreadable_file_that_is_no_override_hides_no_block(model_of: ModelOf) -> None:
    [table] = model_of(KEYED + "}", {"other.tf": 'resource "aws_dynamodb_table" "x" {\n'}).tables
    assert not table.point_in_time_recovery.present


def test_a_state_lock_table_is_known_by_its_key(model_of: ModelOf) -> None:
    lock = 'resource "aws_dynamodb_table" "t" {\nname = "lock"\nhash_key = "LockID"\n}'
    assert only_table(model_of, lock).is_state_lock
    assert not only_table(model_of, KEYED + "}").is_state_lock


def test_a_sensitive_name_is_not_told(model_of: ModelOf) -> None:
    text = 'variable "n" {\n  default   = "secret"\n  sensitive = true\n}\n' + KEYED.replace('"orders"', "var.n") + "}"
    table = only_table(model_of, text)
    assert "secret" not in table.title + table.name.shown


def test_a_block_is_added_in_front_of_the_closing_brace(model_of: ModelOf) -> None:
    text = KEYED + "}\n"
    [edit] = only_table(model_of, text).appended("  ttl {", "  }")
    fixed = text.encode()[: edit.span.start] + edit.text.encode() + text.encode()[edit.span.end :]
    assert fixed.decode() == KEYED + "\n  ttl {\n  }\n}\n"


def test_nothing_is_added_to_a_body_of_one_line(model_of: ModelOf) -> None:
    assert only_table(model_of, 'resource "aws_dynamodb_table" "t" { name = "x" }').appended("  ttl {", "  }") == ()


def test_related_resources_are_found_by_reference_and_by_name(model_of: ModelOf) -> None:
    text = (
        KEYED
        + """}
resource "aws_appautoscaling_target" "read" {
  resource_id = "table/${aws_dynamodb_table.t.name}"
}
resource "aws_appautoscaling_target" "index" {
  resource_id = "table/orders/index/by-customer"
}
resource "aws_dynamodb_table_replica" "eu" {
  global_table_arn = aws_dynamodb_table.t.arn
}
"""
    )
    table = only_table(model_of, text)
    assert [target.name for target in table.related["aws_appautoscaling_target"]] == ["read", "index"]
    assert [replica.address for replica in table.replicas] == ["aws_dynamodb_table_replica.eu"]
