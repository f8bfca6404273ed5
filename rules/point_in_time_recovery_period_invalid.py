"""The recovery period is no number of days that can be kept.

## Why it matters

DynamoDB keeps the states of a table for 1 to 35 days. Any other number is refused by `terraform validate` where it is a
literal, and only by `terraform plan` where it comes from a variable: for whoever calls the module, in the middle of
their work.

Where recovery is switched off the period is sent nowhere. Then the rule leaves a note, since somebody who reads
`recovery_period_in_days = 7` will believe in seven days.

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
    recovery_period_in_days = 90 #~ DYN203
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
    enabled                 = true
    recovery_period_in_days = 14
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write a number from 1 to 35, or leave the argument out for 35. What has to be kept for longer belongs in AWS Backup.

## References

- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
- [aws_dynamodb_table, point_in_time_recovery](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#point_in_time_recovery)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule("DYN203", visits=Table, severity=Severity.ERROR, unmade=True)
def point_in_time_recovery_period_invalid(table: Table) -> Iterator[Violation]:
    """From 1 to 35 days, and only where recovery is on."""
    recovery = table.point_in_time_recovery
    period = recovery.recovery_period
    if not recovery.block or not period.is_set:
        return
    days = period.known
    if days is not None and not 1 <= days <= 35:
        yield Violation(
            f"recovery of {table.title} cannot reach back {days} days: terraform refuses anything but 1 to 35",
            at=period,
            label="not from 1 to 35",
            help="write a number of days from 1 to 35, or leave it out for 35",
        )
    elif recovery.enabled.known is False:
        written = period.literal is not None
        yield Violation(
            f"point-in-time recovery of {table.title} is off, so a period of {period.shown} days means nothing",
            at=period,
            label="never sent",
            severity=Severity.NOTE,
            help="delete it, or switch recovery on",
            fix=Fix("delete the period that is ignored", (Edit(period.at, ""),)) if written else None,
        )
