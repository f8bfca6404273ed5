"""A table is protected from deletion, and a replica of it is not.

## Why it matters

Deletion protection is a setting of each copy. A replica without it can be deleted in its Region by anybody with the
right to, and the applications there lose their data until it is copied anew.

A replica resource takes `deletion_protection_enabled` in every release of the provider, an inline replica from 6 on;
inline replicas are judged where the release is known to be one of these.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "central"
  region = "eu-central-1"
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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }

  lifecycle {
    ignore_changes = [replica]
  }
}

resource "aws_dynamodb_table_replica" "central" { #~ DYN225
  provider = aws.central

  global_table_arn       = aws_dynamodb_table.orders.arn
  point_in_time_recovery = true

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "central"
  region = "eu-central-1"
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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }

  lifecycle {
    ignore_changes = [replica]
  }
}

resource "aws_dynamodb_table_replica" "central" {
  provider = aws.central

  global_table_arn            = aws_dynamodb_table.orders.arn
  point_in_time_recovery      = true
  deletion_protection_enabled = true

  tags = { Team = "shop" }
}
```

## How to fix

Set `deletion_protection_enabled = true` for the replica, too.

## References

- [aws_dynamodb_table_replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica)
- [Deletion protection of replicas](https://github.com/hashicorp/terraform-provider-aws/issues/42846)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Replica, Severity, Violation, rule


@rule("DYN225", visits=Replica, severity=Severity.WARNING)
def replica_deletion_protection_missing(replica: Replica) -> Iterator[Violation]:
    """What the table has, its copies have too, where the provider can say so."""
    table, own = replica.table, replica.deletion_protection
    if table is None or not replica.takes_protection or own.known or not table.deletion_protection.known:
        return
    literal = own.literal
    yield Violation(
        f"{table.title} is protected from deletion, and {replica.title} is not",
        at=own,
        label="deletion protection is off in this Region",
        help="set deletion_protection_enabled = true here, too",
        fix=Fix("protect the replica", (Edit(literal, "true"),), safe=False) if literal else None,
    )
