"""A replica does not get the tags of its table.

## Why it matters

Tags of a table stay in its Region, and `default_tags` do not reach a `replica` block either. The copy then is on the
bill without an owner, and rules of access and backup that go by tags do not see it. `propagate_tags = true` copies the
tags of the table.

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

  replica { #~ DYN227
    region_name            = "eu-central-1"
    point_in_time_recovery = true
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

Set `propagate_tags = true`, or tag the copy with `aws_dynamodb_tag` in its Region where it is to have other tags.

## References

- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
- [aws_dynamodb_tag](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_tag)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Replica, Severity, Violation, rule


@rule("DYN227", visits=Replica, severity=Severity.NOTE)
def replica_tags_missing(replica: Replica) -> Iterator[Violation]:
    """Where the table has tags, an inline replica gets them, or has some of its own."""
    table, copies = replica.table, replica.propagate_tags
    if table is None or replica.standalone or table.has_separate_tags or copies.known or not table.tags.some:
        return
    literal = copies.literal
    yield Violation(
        f"{table.title} has tags, and {replica.title} gets none of them, default_tags neither",
        at=copies,
        label="without tags",
        help="set propagate_tags = true",
        fix=Fix("copy the tags of the table", (Edit(literal, "true"),), safe=False) if literal else None,
    )
