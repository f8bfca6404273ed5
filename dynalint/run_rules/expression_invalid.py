"""An expression that DynamoDB depends on cannot be evaluated.

## Why it matters

`terraform validate` or `terraform plan` refuses it: it names something that is not declared, refers to itself, or
calls a function with arguments that the function must reject. What depends on it is not judged.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = local.partition_key #~ DYN020

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
locals {
  partition_key = "id"
}
```

## How to fix

The message names what is missing and, where there is one, the near name that was probably meant.

## References

- [Terraform: references to named values](https://developer.hashicorp.com/terraform/language/expressions/references)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

EXPRESSION_INVALID = run_rule("DYN020", "expression-invalid", Severity.ERROR, __doc__)
