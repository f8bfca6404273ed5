"""A table cannot be restored to a point in time.

## Why it matters

Point-in-time recovery keeps every state of a table for up to 35 days. It is off unless asked for, and then a bad
deploy, a wrong script or a mistaken delete of items is final: there is nothing to restore from. It has to be on before
the accident, since it knows nothing of the time before it was switched on. A restored table does not inherit it.

Tables that lock Terraform's state (partition key `LockID`) are left out: what they hold is worthless a minute later.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN201
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

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

  tags = { Team = "shop" }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }
}
```

## How to fix

Add the block with `enabled = true`. It is billed by the size of the table. `dynalint --fix` adds it where the table is
not already given the block by a `dynamic` one.

To switch recovery off on purpose, write the block with `enabled = false`: deleting the block from a live table leaves
recovery as it was, and the plan shows nothing.

## References

- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
- [aws_dynamodb_table, point_in_time_recovery](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#point_in_time_recovery)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Fix, Severity, Table, Violation, rule

BLOCK = ("  point_in_time_recovery {", "    enabled = true", "  }")


@rule(
    "DYN201",
    visits=Table,
    severity=Severity.ERROR,
    equivalents=(
        "CKV_AWS_28",
        "AWS-0024",
        "AVD-AWS-0024",
        "aws-dynamodb-enable-recovery",
        "741f1291-47ac-4a85-a07b-3d32a9d6bd3e",
        "AC_AWS_0458",
        "AWS.DynamoDb.Logging.Medium.007",
        "aws-dynamodb-point-in-time-recovery-disabled",
    ),
)
def point_in_time_recovery_missing(table: Table) -> Iterator[Violation]:
    """There must be a block, unless the table locks Terraform's state."""
    recovery = table.point_in_time_recovery
    if table.is_state_lock or recovery.present:
        return
    edits = () if recovery.is_dynamic else table.appended(*BLOCK)
    yield Violation(
        f"{table.title} has no point_in_time_recovery block, so nothing brings lost data back",
        at=table,
        label="recovery is off by default",
        help="add point_in_time_recovery { enabled = true }; it is billed by the size of the table",
        fix=Fix("switch point-in-time recovery on (billed by the size of the table)", edits) if edits else None,
    )
