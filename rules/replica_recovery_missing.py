"""A replica cannot be restored to a point in time although the table can.

## Why it matters

Point-in-time recovery is a setting of each copy, and a replica has it off unless asked for, whatever the table has. On
the day when the table's Region is the one that is out of order, the replicas are what is left; and a mistaken delete is
replicated within a second, so that a copy without recovery is no second chance.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica { #~ DYN223
    region_name    = "eu-central-1"
    propagate_tags = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `point_in_time_recovery = true` in the replica. It is billed by the size of the copy. If one Region with recovery is
enough for you, suppress the rule at the others and say so.

## References

- [Point-in-time recovery](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html)
- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
- [aws_dynamodb_table_replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Replica, Severity, Violation, rule


@rule("DYN223", visits=Replica, severity=Severity.WARNING)
def replica_recovery_missing(replica: Replica) -> Iterator[Violation]:
    """What the table has, its copies have too."""
    table, own = replica.table, replica.point_in_time_recovery
    if table is None or table.is_state_lock or own.known or not table.point_in_time_recovery.is_on:
        return
    literal = own.literal
    yield Violation(
        f"{table.title} can be restored to a point in time, and {replica.title} cannot: it does not inherit that",
        at=own,
        label="recovery is off in this Region",
        help="set point_in_time_recovery = true; it is billed by the size of the copy",
        fix=Fix("switch recovery of the replica on", (Edit(literal, "true"),), safe=False) if literal else None,
    )
