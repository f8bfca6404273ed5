"""Two places of the configuration decide which replicas a table has.

## Why it matters

The table's own `replica` blocks are the whole list of its replicas: what is not among them is to go. A replica that an
`aws_dynamodb_table_replica` makes is not among them, so the next plan of the table removes it, its data in that Region
included, and the one after makes it again. A table with replica resources has to ignore its `replica`.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "central"
  region = "eu-central-1"
}

resource "aws_dynamodb_table" "orders" { #~ DYN226
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
}

resource "aws_dynamodb_table_replica" "central" {
  provider = aws.central

  global_table_arn            = aws_dynamodb_table.orders.arn
  point_in_time_recovery      = true
  deletion_protection_enabled = true

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

Add `replica` to `ignore_changes` of the table, or write all replicas as blocks and delete the resources (with
`removed`, so that the replicas stay).

## References

- [aws_dynamodb_table_replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Fix, Severity, Table, Violation, ignored, rule


@rule("DYN226", visits=Table, severity=Severity.ERROR)
def replica_mixed_management(table: Table) -> Iterator[Violation]:
    """With a replica resource the table ignores its own list."""
    resources = [replica for replica in table.replicas if replica.standalone]
    if not resources or table.leaves_alone("replica"):
        return
    blocks = [replica for replica in table.replicas if not replica.standalone]
    edits = ignored(table.resource, "replica")
    yield Violation(
        f"{resources[0].address} makes a replica of {table.title}, whose own list "
        + ("does not hold it" if blocks else "is empty")
        + ": the next plan of the table removes it",
        at=table,
        label="two that decide about replicas",
        severity=Severity.ERROR if blocks else Severity.WARNING,
        help="add replica to lifecycle.ignore_changes of the table",
        fix=Fix("leave the replicas to their resources", edits) if edits else None,
    )
