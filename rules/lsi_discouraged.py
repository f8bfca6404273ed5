"""A table has a local index.

## Why it matters

A local index can only be made with the table and never be removed, and it bounds all items of one partition key to 10
GB together: beyond that writes are refused. A global index has neither limit. What a local one gives is consistent
reads. The rule is off by default.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "customerId"
  range_key    = "orderId"

  attribute {
    name = "customerId"
    type = "S"
  }

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "N"
  }

  local_secondary_index { #~ DYN523
    name            = "by-time"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Use a global index with the same partition key, unless reads through it have to be consistent.

## References

- [Local secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN523", visits=Index, severity=Severity.NOTE, opt_in=True)
def lsi_discouraged(index: Index) -> Iterator[Violation]:
    """Any local index."""
    if not index.is_global:
        yield Violation(
            f"{index.title} is local: it cannot be removed, and bounds the items of one partition key to 10 GB",
            at=index,
            label="for as long as the table lives",
            help="use a global index, unless reads have to be consistent",
        )
