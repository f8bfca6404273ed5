"""An input decides the type of a key and may be anything.

## Why it matters

A key has type `S`, `N` or `B`. A module that takes the type as an input and does not say so accepts `string` or
`NUMBER` from its callers; they see the refusal at `terraform plan`, at the resource inside the module, and not at the
value that they passed. A `validation` block says it where it can be read, and fails at the caller's value.

## Non-compliant

```hcl
variable "key_type" { #~ DYN109
  type    = string
  default = "S"
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = var.key_type
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
variable "key_type" {
  type    = string
  default = "S"

  validation {
    condition     = contains(["S", "N", "B"], var.key_type)
    error_message = "Write S (string), N (number) or B (binary)."
  }
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = var.key_type
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Add a `validation` block that admits the three letters. For a list or map of attributes, check every element:
`alltrue([for item in var.attributes : contains(["S", "N", "B"], item.type)])`.

## References

- [Terraform: custom conditions](https://developer.hashicorp.com/terraform/language/validate)
- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import KeyAttribute, Severity, Violation, rule


@rule("DYN109", visits=KeyAttribute, severity=Severity.NOTE)
def attribute_type_unvalidated(attribute: KeyAttribute) -> Iterator[Violation]:
    """Each input that reaches the type must be held to the three letters."""
    for loose in attribute.loose_inputs:
        yield Violation(
            f"var.{loose.name} decides the type of a key and no validation holds it to S, N and B: "
            "another value fails only at terraform plan, inside the module",
            at=loose.at,
            label="may be any text",
            help='add a validation block with contains(["S", "N", "B"], …)',
            fix=loose.fix,
        )
