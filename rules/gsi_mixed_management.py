"""A table has indexes of its own and as resources beside it.

## Why it matters

With `global_secondary_index` blocks the table owns the list of its indexes; an `aws_dynamodb_global_secondary_index`
adds one that is not on the list. The next apply of the table takes it away, the one after that brings it back.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.44"
    }
  }
}

variable "by_customer" {
  type    = bool
  default = true
}

resource "aws_dynamodb_table" "orders" { #~ DYN132
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
      name = "placedAt"
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.by_customer ? [1] : []

    content {
      name            = "by-date"
      projection_type = "KEYS_ONLY"

      key_schema {
        attribute_name = "placedAt"
        key_type       = "HASH"
      }
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_global_secondary_index" "by_customer" {
  count = var.by_customer ? 1 : 0

  table_name = aws_dynamodb_table.orders.name
  index_name = "by-customer"

  key_schema {
    attribute_name = "customerId"
    attribute_type = "S"
    key_type       = "HASH"
  }

  projection {
    projection_type = "KEYS_ONLY"
  }
}
```

## Compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.44"
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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_global_secondary_index" "by_customer" {
  count = var.by_customer ? 1 : 0

  table_name = aws_dynamodb_table.orders.name
  index_name = "by-customer"

  key_schema {
    attribute_name = "customerId"
    attribute_type = "S"
    key_type       = "HASH"
  }

  projection {
    projection_type = "KEYS_ONLY"
  }
}
```

## How to fix

Manage all global indexes of a table in one way. While moving from one to the other, let the table ignore
`global_secondary_index`.

## References

- [aws_dynamodb_global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import IndexKind, Severity, Table, Violation, rule


@rule("DYN132", visits=Table, severity=Severity.ERROR)
def gsi_mixed_management(table: Table) -> Iterator[Violation]:
    """Index resources, or blocks, unless the table ignores its blocks."""
    inline = table.of_kind(IndexKind.GLOBAL, standalone=False)
    own = table.of_kind(IndexKind.GLOBAL, standalone=True)
    if not (inline and own) or table.leaves_alone("global_secondary_index"):
        return
    yield Violation(
        f"{table.title} has global_secondary_index blocks, and {own[0].address} adds an index beside them: "
        "each apply undoes the other",
        at=table,
        label="manages its indexes itself",
        help="make all of them blocks, or all of them resources",
    )
