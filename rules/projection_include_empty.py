"""An index projects the attributes of an empty list.

## Why it matters

`INCLUDE` projects the keys and the attributes that `non_key_attributes` lists. Without a list there is nothing to
include: `terraform plan` passes, and AWS refuses the table or the index when it is applied.

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
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "INCLUDE" #~ DYN121
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
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total"]
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

List the attributes that queries on the index need, or project `KEYS_ONLY`.

## References

- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN121", visits=Index, severity=Severity.ERROR)
def projection_include_empty(index: Index) -> Iterator[Violation]:
    """INCLUDE needs attributes to include."""
    if index.projection_type.known == "INCLUDE" and not index.non_key_attributes.known:
        yield Violation(
            f"{index.title} projects INCLUDE and lists no non_key_attributes: AWS refuses it at apply",
            at=index.projection_type,
            label="nothing to include",
            help='list non_key_attributes, or write projection_type = "KEYS_ONLY"',
        )
