"""A table is to be made anew beside itself.

## Why it matters

With `create_before_destroy` Terraform makes the new table first and deletes the old one then. Two tables cannot have
one name, so a replacement fails at once: not dangerous, but what was to save time is in the way.

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
    create_before_destroy = true #~ DYN613
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
}
```

## How to fix

Delete `create_before_destroy`, or give the table a name that changes with what forces the replacement.

## References

- [The lifecycle meta-argument](https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN613", visits=Table, severity=Severity.WARNING)
def create_before_destroy_same_name(table: Table) -> Iterator[Violation]:
    """A name that is known now is the same after a replacement."""
    lifecycle = table.resource.lifecycle
    if lifecycle is None or lifecycle.creates_first is None or table.name.known is None:
        return
    yield Violation(
        f"a replacement of {table.title} would make the new table first, under a name that is taken: it fails",
        at=lifecycle.creates_first,
        label="beside itself",
        help="delete create_before_destroy, or let the name change with a replacement",
    )
