"""Time to live is on for no attribute.

## Why it matters

With `enabled = true` DynamoDB has to know which attribute holds the time of expiry. `terraform plan` refuses a name
that is null or empty, most often one that a caller of the module left out: *Attribute "ttl[0].attribute_name" must be
specified when "ttl[0].enabled" is "true"*.

## Non-compliant

```hcl
variable "ttl_attribute" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = var.ttl_attribute #~ DYN631
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
variable "ttl_attribute" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "ttl" {
    for_each = var.ttl_attribute[*]

    content {
      attribute_name = ttl.value
      enabled        = true
    }
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Name the attribute, or make the block only where there is a name. A table that is to have no expiry any more needs
`enabled = false` and still the name.

## References

- [Time to live](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html)
- [aws_dynamodb_table, ttl](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#ttl)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN631", visits=Table, severity=Severity.ERROR)
def ttl_attribute_missing(table: Table) -> Iterator[Violation]:
    """Enabled, and no name."""
    ttl = table.ttl
    if ttl.block is None or ttl.attribute_name.is_set or not ttl.enabled.known:
        return
    yield Violation(
        f"time to live of {table.title} is on and names no attribute: terraform plan refuses it",
        at=ttl.attribute_name,
        label="which attribute?",
        help="name the attribute that holds the epoch second of expiry",
    )
