"""An input of a module is not acceptable.

## Why it matters

Terraform refuses a default that does not fit its variable's type, a value that fails the variable's own `validation`,
a module call that passes an input nobody declares or leaves out one that is required, and a `precondition` that is
false.

## Non-compliant

```hcl
variable "billing_mode" {
  type    = string
  default = "ON_DEMAND" #~ DYN022

  validation {
    condition     = contains(["PROVISIONED", "PAY_PER_REQUEST"], var.billing_mode)
    error_message = "Write PROVISIONED or PAY_PER_REQUEST."
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = var.billing_mode
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
variable "billing_mode" {
  type    = string
  default = "PAY_PER_REQUEST"
}
```

## How to fix

Change the value at the place of the finding; the message repeats what the module's author asks for.

## References

- [Terraform: input variables](https://developer.hashicorp.com/terraform/language/values/variables)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

INPUT_INVALID = run_rule("DYN022", "input-invalid", Severity.ERROR, __doc__)
