"""The recovery window is shorter than you want it to be.

## Why it matters

A mistake is often found weeks later. DynamoDB keeps 35 days unless `recovery_period_in_days` says less, and less is not
cheaper: recovery is billed by the size of the table. The rule is for those who have a minimum, and off by default; its
option is

```toml
[rules.point-in-time-recovery-window-short]
minimum = 35
```

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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7 #~ DYN204
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

Delete the argument, or raise it.

## References

- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
- [aws_dynamodb_table, point_in_time_recovery](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#point_in_time_recovery)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dynalint import Severity, Table, Violation, rule


@dataclass(frozen=True, slots=True)
class RecoveryWindow:
    """The fewest days that a table has to be kept for."""

    minimum: int = 35


@rule("DYN204", visits=Table, severity=Severity.NOTE, options=RecoveryWindow, opt_in=True)
def point_in_time_recovery_window_short(table: Table, window: RecoveryWindow) -> Iterator[Violation]:
    """Where recovery is on, it reaches back far enough."""
    recovery = table.point_in_time_recovery
    if table.is_state_lock or not recovery.is_on:
        return
    days = recovery.recovery_period.known
    if days is not None and 1 <= days < window.minimum:
        yield Violation(
            f"{table.title} can be restored to the last {days} days, and not to {window.minimum}",
            at=recovery.recovery_period,
            label="a short window",
            help="delete it for 35 days; a longer window costs no more",
        )
