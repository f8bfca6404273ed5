"""The provider that runs has a known fault which this table meets.

## Why it matters

Some releases of the provider have faults that tables like this one run into:

- 6.29 to 6.35: removing one of several indexes with `key_schema` deletes and rebuilds all of them.
- 6.29 to 6.41: `range_key = ""` in an index, which means none, is taken for a key, and `terraform plan` fails with
  `Unmatched indexes: [""]`.

Known are faults that are mended; the rule speaks only where the release is certain.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.33.0"
    }
  }
}

variable "by_customer" {
  type    = bool
  default = true
}

resource "aws_dynamodb_table" "orders" { #~ DYN150
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
```

## Compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.42"
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
```

## How to fix

Move to a release that does not have the fault: `terraform init -upgrade` with a requirement that leaves the bad ones
out.

## References

- [provider issue 46601](https://github.com/hashicorp/terraform-provider-aws/issues/46601)
- [provider issue 46285](https://github.com/hashicorp/terraform-provider-aws/issues/46285)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import IndexKind, Severity, Table, Violation, rule


@rule("DYN150", visits=Table, severity=Severity.WARNING)
def provider_bug_known(table: Table) -> Iterator[Violation]:
    """Two faults, each in the releases that have it."""
    releases = table.resource.releases
    indexes = table.of_kind(IndexKind.GLOBAL, standalone=False)
    if releases.runs_between("6.29", "6.36") and sum(bool(index.key_schema) for index in indexes) > 1:
        yield Violation(
            f"releases 6.29 to 6.35 of the provider rebuild all indexes of {table.title} when one of them is removed",
            at=table,
            label="several indexes with key_schema",
            help='require version = ">= 6.36"',
        )
    for index in indexes if releases.runs_between("6.29", "6.42") else ():
        if index.has_empty_range_key:
            yield Violation(
                f'releases 6.29 to 6.41 of the provider take range_key = "" of {index.title} for a key: '
                "terraform plan fails",
                at=index.range_key,
                label="empty, and taken for a key",
                help="write null, or leave it out",
            )
