"""Point-in-time recovery is switched off.

## Why it matters

The block is there, and says no: a bad deploy or a mistaken delete of items is final. Often the `false` is not in the
table but in a default, in a tfvars file or at a module call, made for a test environment and copied into production
with the rest. The finding shows the line that decides.

Tables that lock Terraform's state (partition key `LockID`) are left out.

## Non-compliant

```hcl
variable "keep_history" {
  type    = bool
  default = false
}

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
    enabled = var.keep_history #~ DYN202
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
variable "keep_history" {
  type    = bool
  default = true
}

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
    enabled = var.keep_history
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `enabled = true` where the value is decided, or make `true` the default, so that whoever wants a table without
recovery has to say so. Where a table really needs none, suppress the rule there and give the reason.

## References

- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
- [aws_dynamodb_table, point_in_time_recovery](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#point_in_time_recovery)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule(
    "DYN202",
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
def point_in_time_recovery_disabled(table: Table) -> Iterator[Violation]:
    """A block must not say false, unless the table locks Terraform's state."""
    recovery = table.point_in_time_recovery
    if table.is_state_lock or not recovery.enabled.breaks(bool) or not recovery.present:
        return
    literal = recovery.enabled.literal
    yield Violation(
        f"point-in-time recovery of {table.title} is switched off, so nothing brings lost data back",
        at=recovery.enabled,
        label="false here",
        help="set enabled = true where the value is decided",
        fix=Fix("switch point-in-time recovery on", (Edit(literal, "true"),), safe=False) if literal else None,
    )
