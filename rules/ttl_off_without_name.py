"""Expiry is switched off without saying of what.

## Why it matters

To switch expiry off AWS wants the name of the attribute that it goes by. `ttl { enabled = false }` without a name does
no harm to a new table; on a living one whose expiry is on the apply fails, with a message about the length of a name.

Where it is the default of an input that nobody gives, it is a note: most such tables never had expiry.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    enabled = false #~ DYN633
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
resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = false
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Keep the name of the attribute, or leave the block out if the table never had expiry.

## References

- [Turning TTL off](https://github.com/hashicorp/terraform-provider-aws/issues/44730)
- [aws_dynamodb_table, ttl](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#ttl)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Field, Severity, Table, Violation, rule


@rule("DYN633", visits=Table, severity=Severity.WARNING)
def ttl_off_without_name(table: Table) -> Iterator[Violation]:
    """An explicit false with no name."""
    ttl = table.ttl
    if ttl.block is None or ttl.attribute_name.is_set or ttl.enabled.known is not False:
        return
    yield Violation(
        f"expiry of {table.title} is switched off without the attribute that it goes by: on a living table that fails",
        at=ttl.enabled,
        label="off, but what?",
        help="keep attribute_name beside enabled = false, or delete the block",
        severity=Severity.NOTE if _left_alone(ttl.enabled) else None,
    )


def _left_alone(enabled: Field[bool]) -> bool:
    """Whether an input switches it off that nobody gave: most such tables never had expiry."""
    ways = [step.text for step in enabled.trace.steps() if step.text] if enabled.trace else []
    return bool(ways) and all(way.startswith("default of ") for way in ways)
