"""An index holds all attributes of its table.

## Why it matters

With `ALL` an index is a second copy of the table: its storage is paid twice, and so is every write, also of attributes
that no query through the index looks at. The rule is off by default, since for some queries that is what is wanted.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "ALL" #~ DYN521
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

Project `KEYS_ONLY`, or `INCLUDE` with what the queries show. Changing it on a living index rebuilds it.

## References

- [Best practices for secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes-general.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN521", visits=Index, severity=Severity.NOTE, opt_in=True)
def gsi_projection_all(index: Index) -> Iterator[Violation]:
    """Global indexes with ALL."""
    if index.is_global and index.projection_type.known == "ALL":
        yield Violation(
            f"{index.title} holds all attributes of its table: storage and writes are paid twice",
            at=index.projection_type,
            label="a second copy",
            help="project KEYS_ONLY, or INCLUDE with what the queries need",
        )
