"""A table is going to be replaced: deleted with its items, then made anew.

## Why it matters

`name`, `hash_key`, `range_key`, the set of local indexes and the arguments of a restore or an import cannot be changed
on a table that exists. Terraform shows `-/+`, one line among many, and the apply deletes the table before it makes the
new one, which is empty. Tidying up after a restore is such a change: taking `restore_date_time` or
`restore_to_latest_time` away replaces the restored table.

Deletion protection does not show in the plan. It stops the apply half way through, and switching it off in the same
apply comes too late. The message says what stands between the change and the loss.

A DAX cluster or a replica resource that is replaced is a **warning**: the data is elsewhere, the capacity is gone
meanwhile.

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
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id" #~ DYN701

  attribute {
    name = "id"
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

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Leave the arguments of a living table alone. For other keys or another name make a second table, copy the items (an
export and an import, or a backfill from the stream), move the readers and writers, and give the old table up last.
Where the address has changed and nothing else, write a `moved` block.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [A table with deletion protection is planned to be replaced](https://github.com/hashicorp/terraform-provider-aws/issues/48063)
- [Refactoring: moved blocks](https://developer.hashicorp.com/terraform/language/modules/develop/refactoring)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import ResourceChange, Severity, Violation, rule

REASONS = {
    "replace_because_tainted": "it is tainted",
    "replace_by_request": "-replace asks for it",
    "replace_by_triggers": "replace_triggered_by names something that changes",
}


@rule("DYN701", visits=ResourceChange, severity=Severity.ERROR)
def replacement_planned(change: ResourceChange) -> Iterator[Violation]:
    """A table, replica or cluster that is deleted and made anew, at the first argument that causes it."""
    if not change.is_replaced:
        return
    causes = " and ".join(dict.fromkeys(field.path for field in change.replacing))
    because = f"because {causes} changed" if causes else f"because {REASONS.get(change.change.reason, 'of its state')}"
    lost = "deleted with its items and made anew" if change.is_table else "deleted and made anew"
    yield Violation(
        f"{change.title} {change.will} be replaced, {lost}, {because}{change.rescue}",
        at=change.replacing[0] if change.replacing else change,
        severity=Severity.ERROR if change.is_table else Severity.WARNING,
        label="forces a replacement",
        help="leave it as it was; for other keys or another name make a second table and copy the items",
    )
