"""The attribute by which items expire changes while expiry is on.

## Why it matters

DynamoDB wants expiry switched off before it takes another attribute, and one change an hour. The plan shows an update
in place, and the apply may fail half way, with expiry off or still by the old attribute.

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

  ttl {
    attribute_name = "deleteAfter" #~ DYN712
    enabled        = true
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

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Apply `enabled = false` with the old attribute first, wait an hour, then apply the new attribute with `enabled = true`.

## References

- [UpdateTimeToLive](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html)
- [Time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN712", visits=TableChange, severity=Severity.WARNING)
def ttl_change_planned(change: TableChange) -> Iterator[Violation]:
    """Another attribute, with expiry on before and after."""
    before, after = change.before.ttl, change.after.ttl
    if not change.stays or change.ignores("ttl") or before.enabled.known is not True or after.enabled.known is not True:
        return
    if change.changes(before.attribute_name, after.attribute_name):
        yield Violation(
            f"the attribute by which items of {change.title} expire {change.will} change while expiry is on, which "
            "DynamoDB may refuse at apply",
            at=change.written.ttl.attribute_name,
            label=f"was {before.attribute_name.shown}",
            help="switch expiry off with the old attribute first, wait an hour, then switch it on with the new one",
        )
