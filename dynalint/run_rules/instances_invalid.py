"""A count or for_each cannot be used as it is.

## Why it matters

Terraform refuses a `count` that is negative, fractional or no number, a `for_each` over a list or a sensitive value,
and both at once. It does so before it looks at anything else in the block.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  for_each = ["eu", "us"] #~ DYN021
  name     = "orders-${each.key}"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
locals {
  regions = toset(["eu", "us"])
}
```

## How to fix

Give `for_each` a map or a set of strings (`toset([…])`), and `count` a whole number.

## References

- [Terraform: for_each](https://developer.hashicorp.com/terraform/language/meta-arguments/for_each)
- [Terraform: count](https://developer.hashicorp.com/terraform/language/meta-arguments/count)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

INSTANCES_INVALID = run_rule("DYN021", "instances-invalid", Severity.ERROR, __doc__)
