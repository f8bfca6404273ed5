"""An index resource is still an experiment in the provider that runs.

## Why it matters

`aws_dynamodb_global_secondary_index` came with release 6.28 as an experiment and became stable with 6.44. Before that
it is refused unless the environment variable `TF_AWS_EXPERIMENT_dynamodb_global_secondary_index` is set wherever
Terraform runs, even for an empty `for_each`, and its arguments were still changing.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.30.0"
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

resource "aws_dynamodb_global_secondary_index" "by_customer" { #~ DYN135
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

Require release 6.44 or later, or use `global_secondary_index` blocks until then.

## References

- [aws_dynamodb_global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_global_secondary_index)
- [provider pull request 47747](https://github.com/hashicorp/terraform-provider-aws/pull/47747)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN135", visits=Index, unmade=True, severity=Severity.WARNING)
def gsi_resource_experimental(index: Index) -> Iterator[Violation]:
    """An index resource needs a release in which it is stable."""
    if index.standalone and index.resource.releases.runs_between("6.28", "6.44"):
        yield Violation(
            f"{index.address} is an experiment before release 6.44 of the provider: terraform validate refuses it "
            "unless TF_AWS_EXPERIMENT_dynamodb_global_secondary_index is set",
            at=index,
            label="stable since 6.44",
            help='require version = ">= 6.44"',
        )
