"""The key schema of an index cannot be.

## Why it matters

From release 6.29 of the provider a global index names its keys with `key_schema` blocks, or with `hash_key` and
`range_key`, but not with both: one to four partition keys (`HASH`), then up to four sort keys (`RANGE`). The provider
refuses anything else at `terraform validate`.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.29"
    }
  }
}

variable "by_customer" {
  type    = bool
  default = true
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.by_customer ? [1] : []

    content {
      name = "customerId"
      type = "S"
    }
  }

  dynamic "attribute" {
    for_each = var.by_customer ? [1] : []

    content {
      name = "placedAt"
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.by_customer ? [1] : []

    content {
      name            = "by-customer"
      projection_type = "KEYS_ONLY"

      key_schema { #~ DYN131
        attribute_name = "placedAt"
        key_type       = "RANGE"
      }

      key_schema {
        attribute_name = "customerId"
        key_type       = "HASH"
      }
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.29"
    }
  }
}

variable "by_customer" {
  type    = bool
  default = true
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.by_customer ? [1] : []

    content {
      name = "customerId"
      type = "S"
    }
  }

  dynamic "attribute" {
    for_each = var.by_customer ? [1] : []

    content {
      name = "placedAt"
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.by_customer ? [1] : []

    content {
      name            = "by-customer"
      projection_type = "KEYS_ONLY"

      key_schema {
        attribute_name = "customerId"
        key_type       = "HASH"
      }

      key_schema {
        attribute_name = "placedAt"
        key_type       = "RANGE"
      }
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write the `HASH` elements first, one at least, and leave `hash_key` and `range_key` out.

## References

- [aws_dynamodb_table, key_schema](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#key_schema)
- [aws_dynamodb_global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule

REFUSED = "terraform validate refuses it"


@rule("DYN131", visits=Index, severity=Severity.ERROR)
def gsi_key_schema_invalid(index: Index) -> Iterator[Violation]:
    """Partition keys first, one to four of them; and no other form beside the schema."""
    if not index.is_global:
        return
    if not index.key_schema:
        if not index.standalone and not index.hash_key.is_set and index.resource.releases.since("6.29"):
            yield Violation(
                f"{index.title} has neither key_schema nor hash_key: {REFUSED}",
                at=index,
                label="no key",
                help="write a key_schema block",
            )
        return
    for key in (index.hash_key, index.range_key):
        if not index.standalone and key.is_set:
            name = key.path.rpartition(".")[2]
            yield Violation(
                f"{index.title} has key_schema blocks and {name} as well: {REFUSED}",
                at=key,
                label="beside key_schema",
                help=f"delete {name}",
            )
    if not index.key_schema_open:
        yield from _ordered(index)


def _ordered(index: Index) -> Iterator[Violation]:
    """Each element in its place, and of each kind at most four."""
    counts = {"HASH": 0, "RANGE": 0}
    for element in index.key_schema:
        kind = element.type.known
        if kind not in counts:
            continue
        counts[kind] += 1
        wrong = "comes after a sort key" if kind == "HASH" and counts["RANGE"] else ""
        wrong = wrong or (f"is the fifth {kind}" if counts[kind] == 5 else "")
        wrong = wrong or ("comes first and is no HASH" if kind == "RANGE" and not counts["HASH"] else "")
        if wrong:
            yield Violation(
                f"key {element.name.shown} of {index.title} {wrong}: {REFUSED}",
                at=element,
                label="not here",
                help="one to four HASH elements come first, then up to four RANGE elements",
            )
            return
