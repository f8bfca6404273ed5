"""A declaration clashes with another, or has nothing to refer to.

## Why it matters

Terraform refuses two resources or modules with one address, a `provider` argument that names an alias nobody
configures, and resource types that do not exist. It does so before it evaluates anything.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table" "orders" { #~ DYN023
  name         = "orders-archive"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
locals {
  tables = ["orders", "orders-archive"]
}
```

## How to fix

Rename one of the two, or declare what the reference names.

## References

- [Terraform: resource syntax](https://developer.hashicorp.com/terraform/language/block/resource)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

DECLARATION_INVALID = run_rule("DYN023", "declaration-invalid", Severity.ERROR, __doc__)
