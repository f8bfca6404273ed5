"""Later edits of a table will do nothing.

## Why it matters

`ignore_changes` is for what others set, as auto scaling sets capacity. What it names is taken from the configuration
once, when the table is made; whoever edits it later sees a plan without changes, and believes that all is well. With
`attribute` or `global_secondary_index` a new index never comes, with `point_in_time_recovery` or
`server_side_encryption` protection stays off however often it is switched on. `all` hides everything: a **warning**.

`global_secondary_index` of a table whose indexes are scaled is left alone: provider 5 has no better way there.

## Non-compliant

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

  tags = { Team = "shop" }

  lifecycle {
    ignore_changes = [point_in_time_recovery] #~ DYN651
  }
}
```

## Compliant

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

  tags = { Team = "shop" }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}
```

## How to fix

Take it off the list, or say in a suppression who sets it instead.

## References

- [The lifecycle meta-argument](https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule

HIDDEN = ("attribute", "global_secondary_index", "point_in_time_recovery", "server_side_encryption")


@rule("DYN651", visits=Table, severity=Severity.NOTE)
def ignore_changes_hides_edits(table: Table) -> Iterator[Violation]:
    """What people edit on purpose, and everything."""
    lifecycle = table.resource.lifecycle
    if lifecycle is None:
        return
    if lifecycle.ignored_all is not None:
        yield Violation(
            f"terraform ignores all changes of {table.title}: no edit of it ever does anything",
            at=lifecycle.ignored_all,
            label="everything",
            severity=Severity.WARNING,
            help="name what others set, as read_capacity and write_capacity",
        )
    scaled = any(any(table.scaling.targets(index)) for index in table.indexes)
    for item in lifecycle.ignored:
        if item.argument in HIDDEN and not (scaled and item.argument == "global_secondary_index"):
            yield Violation(
                f"edits of {item.argument} of {table.title} will do nothing, and no plan will say so",
                at=item.span,
                label="ignored from the first apply on",
                help="take it off the list, or suppress the rule and say who sets it",
            )
