"""A local index on a table without a sort key.

## Why it matters

A local secondary index is another order of the items that share a partition key. A table without a sort key has one
item for each partition key, so there is nothing to order, and AWS refuses it: `Table KeySchema does not have a range
key, which is required when specifying a LocalSecondaryIndex`. Neither `terraform validate` nor `terraform plan`
notices. Local indexes cannot be added later, and neither can a sort key: both replace the table.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  local_secondary_index { #~ DYN120
    name            = "by-date"
    range_key       = "placedAt"
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
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Give the table a sort key while it is new, or make the index a global one.

## References

- [Local secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html)
- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN120", visits=Index, severity=Severity.ERROR)
def lsi_without_range_key(index: Index) -> Iterator[Violation]:
    """A table with local indexes needs a sort key; a restored one brings its own."""
    table = index.table
    if index.is_global or table is None or table.range_key.present or table.is_restored:
        return
    yield Violation(
        f"{index.title} is local, and {table.title} has no range_key: AWS refuses the table at apply",
        at=index,
        label="needs a table with a sort key",
        help="give the table a range_key, or make this a global_secondary_index",
    )
