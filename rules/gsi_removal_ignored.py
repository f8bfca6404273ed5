"""The last global index is taken away, and stays.

## Why it matters

Since version 6 of the provider the nested global indexes are optional and computed: a table without any is one whose
indexes are left alone. Taking the last block away plans nothing; the index goes on being written and paid, and its key
stays declared. Taking away one of several works.

This can be seen from two texts alone, with `dynalint diff`, and where the release of the provider is known.

## Non-compliant

As it is:

```hcl before
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.29"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index {
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.29"
    }
  }
}

resource "aws_dynamodb_table" "orders" { #~ DYN713
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.29"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.29"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Delete the index in the console or with `aws dynamodb update-table`, then take the block away; or make indexes with
`aws_dynamodb_global_secondary_index` resources, which are deleted like any other.

## References

- [The last index is not removed](https://github.com/hashicorp/terraform-provider-aws/issues/47490)
- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN713", visits=TableChange, severity=Severity.WARNING)
def gsi_removal_ignored(change: TableChange) -> Iterator[Violation]:
    """A table that loses all its nested global indexes under a provider that leaves them then."""
    if change.planned or not change.stays or not change.drops_all_indexes:
        return
    yield Violation(
        f"the last global index of {change.title} is gone from the text and stays on the table: since version 6 of the "
        "provider terraform plan shows no change",
        at=change,
        help="delete the index with aws dynamodb update-table, too",
    )
