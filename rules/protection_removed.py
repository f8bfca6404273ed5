"""Deletion protection or point-in-time recovery is switched off.

## Why it matters

Both are switched off in place, by one word in a plan with many lines. Deletion protection goes already when its line
is deleted, for it is off by default. With point-in-time recovery the history goes: switched on again, it begins anew,
and what happened before cannot be undone any more.

The two often go just before the table does. A `prevent_destroy` that is taken away is told from two texts alone, for no
plan shows it. A recovery block that is deleted, and not switched off, changes nothing: block-removal-ignored says so.

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
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = false #~ DYN706
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

Leave both on. To delete a table on purpose switch the protection off in a change of its own, whose only line that is,
and say so in a suppression.

## References

- [Deletion protection](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html#WorkingWithTables.Basics.DeletionProtection)
- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN706", visits=TableChange, severity=Severity.ERROR)
def protection_removed(change: TableChange) -> Iterator[Violation]:
    """Each protection that was on and is switched off."""
    before, after = change.before, change.after
    protection = after.deletion_protection
    if change.turns(before.deletion_protection, protection) and not change.ignores("deletion_protection_enabled"):
        how = "switched off" if change.written.deletion_protection.value else "switched off, for its line is gone"
        yield Violation(
            f"deletion protection of {change.title} {change.will} be {how}",
            at=change.written.deletion_protection,
            label="was true",
            help="leave it on: a table that is to go loses it in a change of its own",
        )
    recovery = after.point_in_time_recovery
    if (
        (recovery.block is not None or change.planned)
        and change.turns(before.point_in_time_recovery.enabled, recovery.enabled)
        and not change.ignores("point_in_time_recovery")
    ):
        yield Violation(
            f"point-in-time recovery of {change.title} {change.will} be switched off: its history is lost for good",
            at=change.written.point_in_time_recovery.enabled,
            label="was true",
            help="leave it on",
        )
    if change.gives_up_prevent_destroy:
        yield Violation(
            f"prevent_destroy of {change.title} is taken away: a plan that deletes the table is no longer refused",
            at=change.resource.lifecycle.span if change.resource.lifecycle else change,
            help="leave it, unless the table is to go",
        )
