"""The billing mode changes.

## Why it matters

DynamoDB switches a living table, with some rules that no plan shows. To on-demand at most four times in 24 hours. To
PROVISIONED the provider sends one unit of each where no capacity is written, which throttles at once, and nothing at
all for global indexes, which the API then refuses. Autoscaling targets that are left over from a provisioned table
fail from then on.

Without a plan (`dynalint diff`) it is the text that is compared: what would happen if the earlier text were what
exists.

## Non-compliant

As it is:

```hcl before
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

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PROVISIONED" #~ DYN711
  hash_key     = "orderId"

  read_capacity  = 20
  write_capacity = 20

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

## Compliant

As it is:

```hcl before
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

As it is changed:

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

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Write the capacity of the table and of every global index together with `PROVISIONED`; delete the scaling targets and
policies together with a change to `PAY_PER_REQUEST`. If all is in place nothing is wrong with the change.

## References

- [Quotas of DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
- [Switching capacity modes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-switching-capacity-modes.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN711", visits=TableChange, severity=Severity.NOTE)
def billing_mode_change_planned(change: TableChange) -> Iterator[Violation]:
    """A billing mode that changes, with what to look at for the new one."""
    before, after = change.before.billing_mode, change.after.billing_mode
    if not change.stays or change.ignores("billing_mode") or not change.changes(before, after):
        return
    provisioned = after.known == "PROVISIONED"
    yield Violation(
        f"the billing mode of {change.title} {change.will} change from {before.shown} to {after.shown}",
        at=change.written.billing_mode,
        label=f"was {before.shown}",
        help="write the capacity of the table and of every global index with it"
        if provisioned
        else "delete its scaling targets and policies with it; four such changes in 24 hours are the most",
    )
