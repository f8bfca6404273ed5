"""A global table is made in the way of 2017.

## Why it matters

`aws_dynamodb_global_table` makes global tables of version 2017.11.29. They take twice the writes, demand that tables
and settings are kept equal by hand in every Region, and get none of what came since: AWS advises to use the current
version, which is a `replica` block in the table itself.

## Non-compliant

```hcl
resource "aws_dynamodb_global_table" "orders" { #~ DYN229
  name = "orders"

  replica {
    region_name = "eu-west-1"
  }

  replica {
    region_name = "eu-central-1"
  }
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

AWS converts a global table in place, from the console or with `UpdateTable`. Then take the resource out of the state
with a `removed` block, and write the replicas into the table.

## References

- [Global tables of version 2017.11.29](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables.V1.html)
- [aws_dynamodb_global_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import LegacyGlobalTable, Severity, Violation, rule


@rule("DYN229", visits=LegacyGlobalTable, severity=Severity.WARNING, equivalents=("CKV_AWS_165",))
def global_table_legacy(table: LegacyGlobalTable) -> Iterator[Violation]:
    """The resource is the finding."""
    yield Violation(
        f"{table.address} makes a global table of version 2017.11.29, which costs more writes and knows less",
        at=table,
        label="superseded in 2019",
        help="write replica blocks into the table itself",
    )
