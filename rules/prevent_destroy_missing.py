"""Terraform itself may destroy a table.

## Why it matters

With `prevent_destroy` Terraform refuses a plan that would destroy the table, replacement included: somebody who changes
a key finds out before anything happens, and not at the apply. It guards against Terraform alone, and goes with the
block when that is deleted, so it comes on top of deletion protection and does not replace it. The rule is off by
default, since the argument takes no expression: a module that sets it sets it for every caller.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN211
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
    prevent_destroy = true
  }
}
```

## How to fix

Add `prevent_destroy = true` to `lifecycle`. It has to be written as a literal.

## References

- [The lifecycle meta-argument](https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Fix, Severity, Table, Violation, rule

BLOCK = ("  lifecycle {", "    prevent_destroy = true", "  }")


@rule("DYN211", visits=Table, severity=Severity.NOTE, opt_in=True)
def prevent_destroy_missing(table: Table) -> Iterator[Violation]:
    """A literal true, where the source is at hand."""
    lifecycle = table.resource.lifecycle
    if lifecycle is None or lifecycle.prevents_destroy or table.is_state_lock:
        return
    edits = () if lifecycle.written else table.appended(*BLOCK)
    yield Violation(
        f"terraform destroys or replaces {table.title} if a plan says so",
        at=lifecycle.span,
        label="nothing stops a destroy",
        help="add prevent_destroy = true to lifecycle",
        fix=Fix("make terraform refuse to destroy the table", edits) if edits else None,
    )
