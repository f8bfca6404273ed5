"""A global secondary index is going to be deleted and built again.

## Why it matters

The name, the keys, the projection and the projected attributes of a global index cannot be changed. The provider
deletes the index and makes it anew, and the plan calls that an update in place. Until the new one has been filled from
the whole table, which takes hours for a big one and is paid as writes, every query on it fails.

Indexes that a plan prints as removed and added without a difference between the two are not touched, and not reported;
so is the order of projected attributes.

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

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index {
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
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

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN705
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "ALL"
  }

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
variable "customer_key" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.customer_key[*]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.customer_key[*]

    content {
      name            = "by-customer"
      hash_key        = global_secondary_index.value
      projection_type = "KEYS_ONLY"
    }
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
variable "customer_key" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.customer_key[*]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.customer_key[*]

    content {
      name            = "by-customer"
      hash_key        = global_secondary_index.value
      projection_type = "KEYS_ONLY"
    }
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Add a second index under another name, wait until it is filled, move the queries, then delete the first: two changes,
and no query fails. Where nobody queries the index, suppress the finding at the block with that reason.

## References

- [Managing global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.OnlineOps.html)
- [Indexes shown as removed and added](https://github.com/hashicorp/terraform-provider-aws/issues/36394)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN705", visits=TableChange, severity=Severity.WARNING)
def gsi_rebuild_planned(change: TableChange) -> Iterator[Violation]:
    """Each global index that has to be made anew."""
    if not change.stays or change.ignores("global_secondary_index"):
        return
    for old, new, changed in change.rebuilt_indexes:
        yield Violation(
            f"{old.title} of {change.title} {change.will} be deleted and built again, because {changed}: queries on it "
            "fail until it is filled",
            at=change.place_of(new),
            label="an update in place, says the plan",
            help="add a second index under another name, move the queries to it, then delete this one",
        )
