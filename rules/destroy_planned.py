"""A table is going to be deleted.

## Why it matters

A block that is deleted, renamed without a `moved` block, or no longer reached by `count` or `for_each` takes its table
with it, items and indexes and stream. In a plan it is one line that begins with a minus; in a pull request a rename
looks like tidying up.

Deletion protection stops the apply, not the plan. A `removed` block with `destroy = false` lets Terraform forget the
table and is fine. A replica resource counts as well: the copy in its Region goes.

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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
# The table has got another name in Terraform. #~ DYN702
resource "aws_dynamodb_table" "all_orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
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
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
moved {
  from = aws_dynamodb_table.orders
  to   = aws_dynamodb_table.all_orders
}

resource "aws_dynamodb_table" "all_orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

For a new address write a `moved` block; it may be deleted when every state has seen it. For a table that Terraform
should no longer manage write a `removed` block with `destroy = false`. Where the table really is to go, switch its
deletion protection off in a change of its own, take a backup, then delete the block and suppress this finding with the
reason.

## References

- [Refactoring: moved blocks](https://developer.hashicorp.com/terraform/language/modules/develop/refactoring)
- [Removing resources](https://developer.hashicorp.com/terraform/language/resources/syntax#removing-resources)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import ResourceChange, Severity, Violation, rule

REASONS = {
    "delete_because_no_resource_config": "its block is gone",
    "delete_because_no_module": "the call of its module is gone",
    "delete_because_wrong_repetition": "count or for_each was added to its block, or taken away",
    "delete_because_count_index": "count no longer reaches it",
    "delete_because_each_key": "for_each no longer has its key",
    "delete_because_no_move_target": "a moved block names an address that is not there",
}


@rule("DYN702", visits=ResourceChange, severity=Severity.ERROR)
def destroy_planned(change: ResourceChange) -> Iterator[Violation]:
    """A table, replica or cluster that goes for good."""
    if not change.is_deleted or not (change.is_table or change.is_replica):
        return
    why = REASONS.get(change.change.reason, change.change.reason or "the plan says so")
    lost = "its items go with it" if change.is_table else "the copy in its Region goes with it"
    yield Violation(
        f"{change.title} {change.will} be deleted, and {lost}: {why}{change.rescue}",
        at=change,
        label=f"{change.address} is not here any more" if not change.planned else "",
        help="write a moved block for a new address, a removed block to keep the table without Terraform",
    )
