"""A replica stands where none can be made.

## Why it matters

A global table has one copy in each Region, and the table itself is one of them. AWS refuses a replica in the table's
own Region and a second one in the same Region, and there is no Region that nobody has heard of. The plan passes: the
apply makes the table first, and then fails with half of the work done.

The Region of the table is that of its provider block, or its `region` argument (provider 6). A replica resource stands
in the Region of the provider that it uses.

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

  replica {
    region_name            = "eu-west-1" #~ DYN221
    point_in_time_recovery = true
    propagate_tags         = true
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

Name each Region other than the table's own, once. If the list of Regions is an input, leave the table's own out of it:
`setsubtract(var.regions, [var.home_region])`.

## References

- [Global tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html)
- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
- [aws_dynamodb_table_replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_replica)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Replica, Severity, Violation, first_undecided, is_region, rule, same_region


@rule("DYN221", visits=Replica, severity=Severity.ERROR)
def replica_region_invalid(replica: Replica) -> Iterator[Violation]:
    """Not the table's own Region, not one that is taken, and one that exists."""
    region, table = replica.region_name, replica.table
    if not region.is_set:
        return
    if not region.is_unknown and not is_region(region.known or ""):
        yield Violation(
            f"{region.shown} is no Region of AWS, so the replica cannot be made: the apply fails",
            at=region,
            label="no Region is called so",
            help="write the code of a Region, as eu-central-1",
        )
    elif table is None:
        return
    elif replica.repeats_region:
        yield Violation(
            f"{table.title} has a replica in {region.shown} already, and AWS makes one in a Region",
            at=region,
            label="the Region is taken",
            help="delete one of the two",
        )
    elif same_region(region, table.region):
        yield Violation(
            f"{table.title} itself is in {region.shown}, and AWS refuses a replica beside it: the apply fails",
            at=region,
            label="the table's own Region",
            help="leave the table's own Region out",
        )
    elif (doubt := first_undecided(region, table.region)) is not None:
        raise doubt
