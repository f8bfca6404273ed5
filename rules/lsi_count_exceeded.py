"""A table has more local indexes than AWS makes.

## Why it matters

A table has five local secondary indexes at most. AWS raises that limit for nobody, and Terraform does not know it: the
apply fails.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "key1"
    type = "S"
  }

  attribute {
    name = "key2"
    type = "S"
  }

  attribute {
    name = "key3"
    type = "S"
  }

  attribute {
    name = "key4"
    type = "S"
  }

  attribute {
    name = "key5"
    type = "S"
  }

  attribute {
    name = "key6"
    type = "S"
  }

  local_secondary_index {
    name            = "by-key1"
    range_key       = "key1"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-key2"
    range_key       = "key2"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-key3"
    range_key       = "key3"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-key4"
    range_key       = "key4"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-key5"
    range_key       = "key5"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index { #~ DYN126
    name            = "by-key6"
    range_key       = "key6"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "key1"
    type = "S"
  }

  local_secondary_index {
    name            = "by-key1"
    range_key       = "key1"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Make the others global secondary indexes.

## References

- [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import IndexKind, Severity, Table, Violation, rule

MOST = 5


@rule("DYN126", visits=Table, severity=Severity.ERROR)
def lsi_count_exceeded(table: Table) -> Iterator[Violation]:
    """There are five local indexes at most."""
    count = table.index_count(IndexKind.LOCAL, MOST)
    if count > MOST:
        yield Violation(
            f"{table.title} has {count} local indexes, and AWS makes {MOST} at most: the apply fails",
            at=table.of_kind(IndexKind.LOCAL)[MOST],
            label="one too many",
            help="make it a global_secondary_index",
        )
