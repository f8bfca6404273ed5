"""One attribute has two types.

## Why it matters

An index resource of its own types its keys itself, beside the table and beside other index resources. An attribute
that two of them type differently passes `terraform plan` and fails when it is applied: `Invalid Key Schema Type
Change`.

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

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "placedAt"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "N"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_global_secondary_index" "by_date" {
  count = var.by_customer ? 1 : 0

  table_name = aws_dynamodb_table.orders.name
  index_name = "by-date"

  key_schema {
    attribute_name = "placedAt"
    attribute_type = "S" #~ DYN108
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
  range_key                   = "placedAt"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "N"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_global_secondary_index" "by_date" {
  count = var.by_customer ? 1 : 0

  table_name = aws_dynamodb_table.orders.name
  index_name = "by-date"

  key_schema {
    attribute_name = "placedAt"
    attribute_type = "N"
    key_type       = "HASH"
  }

  projection {
    projection_type = "KEYS_ONLY"
  }
}
```

## How to fix

Give the attribute the type that the table declares: that one cannot be changed any more.

## References

- [aws_dynamodb_global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN108", visits=Table, severity=Severity.ERROR)
def attribute_type_conflict(table: Table) -> Iterator[Violation]:
    """The types that index resources give must be those of the table and of each other."""
    for attribute, other in table.conflicting_attributes:
        yield Violation(
            f"attribute {attribute.name.shown} is of type {attribute.type.shown} here and of type "
            f"{other.type.shown} at {other.address}: terraform apply fails",
            at=attribute.type,
            label=f"{other.type.shown} elsewhere",
            help=f"write {other.type.shown}",
        )
