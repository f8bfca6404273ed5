"""A table does not say how it is billed.

## Why it matters

Without `billing_mode` a table is provisioned. Whoever reads the configuration has to know that, and many take it for
on-demand. One line makes it a choice.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN525 #~ DYN645
  name           = "orders"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "orderId"

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
}
```

## How to fix

Write `billing_mode = "PROVISIONED"`, which changes nothing, or `"PAY_PER_REQUEST"` without the capacities.

## References

- [Read and write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html)
- [aws_dynamodb_table, billing_mode](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#billing_mode)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Fix, Severity, Table, Violation, rule


@rule("DYN525", visits=Table, severity=Severity.NOTE)
def billing_mode_implicit(table: Table) -> Iterator[Violation]:
    """Nothing is written; a null is a choice of the caller's."""
    if table.billing_mode.value is not None or table.is_restored:
        return
    edits = table.appended('  billing_mode = "PROVISIONED"')
    yield Violation(
        f"{table.title} does not say how it is billed, and is provisioned by default",
        at=table,
        label="provisioned by default",
        help='write billing_mode = "PROVISIONED" or "PAY_PER_REQUEST"',
        fix=Fix("write the mode that it has", edits) if edits else None,
    )
