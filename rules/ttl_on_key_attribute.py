"""Items expire by an attribute that is a key.

## Why it matters

Expiry reads an attribute of type Number that holds an epoch second. A key of type S or B is never one, so that nothing
ever expires, without a word from anybody: that is an **error**. With a numeric key it works, and means that the key of
each item is the time of its death, which is seldom meant: a **warning**.

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
    attribute_name = "orderId" #~ DYN632
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

Give items an attribute of their own for it, that is not declared in the table.

## References

- [Time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html)
- [aws_dynamodb_table, ttl](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#ttl)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN632", visits=Table, severity=Severity.ERROR)
def ttl_on_key_attribute(table: Table) -> Iterator[Violation]:
    """The TTL attribute is none of those declared."""
    ttl = table.ttl
    name = ttl.attribute_name
    if ttl.block is None or not name.identity:
        return
    attribute = next((item for item in table.attributes if item.name.identity == name.identity), None)
    if attribute is None or not ttl.enabled.known:
        return
    numeric = attribute.type.known == "N"
    yield Violation(
        f"items of {table.title} are to expire by {name.shown}, "
        + ("which is a key as well" if numeric else f"a key of type {attribute.type.known}: nothing ever expires"),
        at=name,
        label="a key of the table",
        severity=Severity.WARNING if numeric else None,
        help="give items a Number of their own for it, the epoch second of expiry",
    )
