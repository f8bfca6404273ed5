"""The indexes of a table project more attributes than AWS takes.

## Why it matters

All `non_key_attributes` of the `INCLUDE` indexes of a table together may be 100, and an attribute that two indexes
project counts twice. Terraform does not know it: the apply fails.

## Non-compliant

```hcl
locals {
  columns = [for number in range(60) : "column${number}"]
}

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

  attribute {
    name = "paidAt"
    type = "S"
  }

  local_secondary_index {
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = local.columns
  }

  local_secondary_index {
    name               = "by-payment"
    range_key          = "paidAt"
    projection_type    = "INCLUDE"
    non_key_attributes = local.columns #~ DYN128
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
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Project `ALL` where most attributes are wanted anyway, or list fewer.

## References

- [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Unknown, Violation, rule

MOST = 100


@rule("DYN128", visits=Table, severity=Severity.ERROR)
def projected_attributes_exceeded(table: Table) -> Iterator[Violation]:
    """The lists of all INCLUDE indexes together have a length."""
    total, doubts = 0, []
    for index in table.indexes:
        if isinstance(index.non_key_attributes.state, Unknown):
            doubts.append(index.non_key_attributes)
            continue
        before, total = total, total + len(index.non_key_attributes.known or ())
        if before <= MOST < total:
            yield Violation(
                f"the indexes of {table.title} project more than {MOST} attributes, counting each in every index: "
                "the apply fails",
                at=index.non_key_attributes,
                label=f"the {MOST + 1}th is among these",
                help='list fewer, or write projection_type = "ALL"',
            )
    if total <= MOST:
        for unknown in doubts:
            unknown.known  # noqa: B018 - raises Undecided with the reason
