"""A local secondary index is changed, and nothing will ever come of it.

## Why it matters

A local index is made with its table and stays as it was made. Where it keeps its name, the provider finds it unchanged
and plans nothing, whatever its projection or sort key now says; queries go on getting the old attributes, and those
that use the new key fail. (Another name, or an index more or less, replaces the whole table: that is
replacement-planned.)

Without a plan (`dynalint diff`) it is the text that is compared: what would happen if the earlier text were what
exists.

## Non-compliant

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"
  range_key    = "placedAt"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "total"
    type = "N"
  }

  local_secondary_index {
    name            = "by-total"
    range_key       = "total"
    projection_type = "KEYS_ONLY"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"
  range_key    = "placedAt"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "total"
    type = "N"
  }

  local_secondary_index { #~ DYN704
    name            = "by-total"
    range_key       = "total"
    projection_type = "ALL"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"
  range_key    = "placedAt"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "total"
    type = "N"
  }

  local_secondary_index {
    name            = "by-total"
    range_key       = "total"
    projection_type = "KEYS_ONLY"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"
  range_key    = "placedAt"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "total"
    type = "N"
  }

  local_secondary_index {
    name            = "by-total"
    range_key       = "total"
    projection_type = "KEYS_ONLY"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Write the index as it is. What it should have been is better made as a global secondary index, which can be added to a
living table; else it takes a new table.

## References

- [Local secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html)
- [aws_dynamodb_table, local_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#local_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN704", visits=TableChange, severity=Severity.ERROR)
def lsi_change_ignored(change: TableChange) -> Iterator[Violation]:
    """Each local index that keeps its name and is written otherwise than it is."""
    if not change.stays:
        return
    for index, changed in change.frozen_indexes:
        yield Violation(
            f"{index.title} of {change.title} stays as it is: {changed} in the text, and terraform plan will show no "
            "change of the index, now or ever",
            at=index,
            label="made with the table, and fixed since",
            help="write it as it is; make a global index for what is wanted now",
        )
