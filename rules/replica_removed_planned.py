"""A replica is going to be deleted, or deleted and made anew.

## Why it matters

Taking a `replica` block away deletes the copy in that Region, with all that is in it; readers there fail at once.
Another key deletes the copy too and makes it anew, which copies the whole table again. The plan calls both an update
in place.

A replica resource that goes is destroy-planned's business.

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

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
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
resource "aws_dynamodb_table" "orders" { #~ DYN709
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
```

## Compliant

As it is:

```hcl before
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

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
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

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Move the readers and writers of that Region first. For another key add a replica elsewhere, or accept the time without
one and say so in a suppression.

## References

- [Deleting a replica](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html)
- [ReplicationGroupUpdate](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ReplicationGroupUpdate.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN709", visits=TableChange, severity=Severity.ERROR)
def replica_removed_planned(change: TableChange) -> Iterator[Violation]:
    """Each nested replica that goes, or gets another key."""
    if not change.stays or change.ignores("replica"):
        return
    for lost, instead in change.lost_replicas:
        what = "be deleted with its items" if instead is None else "be deleted and made anew, because its key changes"
        yield Violation(
            f"the replica of {change.title} in {lost.region_name.shown} {change.will} {what}",
            at=change.written_replica(lost) or change,
            help="move its readers and writers first",
        )
