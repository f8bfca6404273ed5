"""Anybody with the right to delete tables can delete this one.

## Why it matters

With deletion protection on, DynamoDB refuses `DeleteTable` whoever asks for it: the console, a script, or a plan of
Terraform that replaces the table because somebody changed a key. It costs nothing, and it is the only protection that
acts where the table lives. `prevent_destroy` stops Terraform alone, and not the one who removes the block from the
source.

It is off by default, and removing the line later switches it off again. Tables that lock Terraform's state (partition
key `LockID`) are left out.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN210
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

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

Set `deletion_protection_enabled = true`. To take the table away later, set it to `false`, apply, and only then delete
the block. For stacks that come and go, make it an input, and suppress the rule where they say `false`.

## References

- [Deletion protection](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html)
- [aws_dynamodb_table, deletion_protection_enabled](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#deletion_protection_enabled)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule("DYN210", visits=Table, severity=Severity.WARNING)
def deletion_protection_missing(table: Table) -> Iterator[Violation]:
    """Protection must be on, unless the table locks Terraform's state."""
    protection = table.deletion_protection
    if table.is_state_lock or protection.known:
        return
    literal = protection.literal
    edits: tuple[Edit, ...] = (Edit(literal, "true"),) if literal else ()
    if protection.value is None:
        edits = table.appended("  deletion_protection_enabled = true")
    yield Violation(
        f"nothing keeps {table.title} from being deleted, by hand or by a plan that replaces it",
        at=protection,
        label="deletion protection is off",
        help="set deletion_protection_enabled = true; it costs nothing",
        fix=Fix("switch deletion protection on", edits, safe=False) if edits else None,
    )
