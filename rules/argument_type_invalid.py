"""An argument has a value of the wrong type.

## Why it matters

Terraform converts what it can: `"5"` is a number, `"true"` a bool, `5` a text. What it cannot convert it refuses, a
literal at `terraform validate` and a value that comes through a variable at `terraform plan`: a word for a number or a
bool, a fraction where the provider counts in whole numbers, a single text for a list, an object where JSON text is
wanted.

## Non-compliant

```hcl
resource "aws_dax_subnet_group" "orders" {
  name       = "orders"
  subnet_ids = "subnet-0a1b2c3d" #~ DYN142
}
```

## Compliant

```hcl
resource "aws_dax_subnet_group" "orders" {
  name       = "orders"
  subnet_ids = ["subnet-0a1b2c3d"]
}
```

## How to fix

Write a value of the type that the message names. Wrap a single element in brackets where a list or set is wanted, and
an object in `jsonencode(…)` where the argument is JSON text.

## References

- [Terraform: type conversion](https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion)
- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule


@rule("DYN142", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def argument_type_invalid(block: SchemaBlock) -> Iterator[Violation]:
    """Each value must convert to the type that the schema has for its argument."""
    for fault in block.mistyped:
        yield Violation(
            f"{fault.name} of {block.title} needs a {fault.wanted}, and {fault.shown} is none: Terraform refuses it",
            at=fault.field,
            label=fault.reason,
            help=fault.advice,
        )
