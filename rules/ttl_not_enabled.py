"""Items have a time to live that nobody keeps.

## Why it matters

`ttl` with a name alone reads as if items expired. They do not: `enabled` is false unless it is set, and neither
Terraform nor AWS says a word. The table grows, and with it what it costs; sessions and tokens that should be gone are
still there.

An explicit `enabled = false` is a decision, and clean.

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
    attribute_name = "expiresAt" #~ DYN630
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
    enabled        = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `enabled = true`. Items that are overdue are then deleted within some days: see that none are among them that
should stay.

## References

- [Time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html)
- [aws_dynamodb_table, ttl](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#ttl)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN630", visits=Table, severity=Severity.ERROR)
def ttl_not_enabled(table: Table) -> Iterator[Violation]:
    """A named attribute without enabled."""
    ttl = table.ttl
    name = ttl.attribute_name
    if ttl.block is None or ttl.enabled.is_set or not name.is_set:
        return
    yield Violation(
        f"items of {table.title} do not expire: ttl names {name.shown} and is not enabled, which is false by default",
        at=name,
        label="nothing expires",
        help="set enabled = true, or enabled = false if that is meant",
    )
