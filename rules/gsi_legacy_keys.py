"""An index names its keys in the old form.

## Why it matters

Since release 6.29 of the provider `hash_key` and `range_key` inside a `global_secondary_index` are deprecated in
favour of `key_schema`; `terraform validate` warns. The keys of the table itself and of local indexes are not meant. Up
to release 6.35 the switch itself had a fault (`provider-bug-known`), and users saw it planned as a rebuild of the
index: look at the plan before you apply it.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.36"
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

  dynamic "global_secondary_index" {
    for_each = var.by_customer ? [1] : []

    content {
      name            = "by-customer"
      hash_key        = "customerId" #~ DYN134
      projection_type = "KEYS_ONLY"
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
      version = ">= 6.36"
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

  dynamic "global_secondary_index" {
    for_each = var.by_customer ? [1] : []

    content {
      name            = "by-customer"
      projection_type = "KEYS_ONLY"

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

## How to fix

Write `key_schema { attribute_name = … key_type = "HASH" }`, and look for a rebuilt index in the plan.

## References

- [aws_dynamodb_table, key_schema](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#key_schema)
- [provider issue 46197](https://github.com/hashicorp/terraform-provider-aws/issues/46197)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN134", visits=Index, severity=Severity.NOTE)
def gsi_legacy_keys(index: Index) -> Iterator[Violation]:
    """A nested global index should name its keys with key_schema once the provider has that."""
    if index.is_global and not index.standalone and index.hash_key.is_set and index.resource.releases.since("6.29"):
        yield Violation(
            f"hash_key in {index.title} is deprecated since release 6.29 of the provider",
            at=index.hash_key,
            label="deprecated in an index",
            help="write key_schema blocks; look at the plan, which may rebuild the index",
        )
