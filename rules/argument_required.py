"""A required argument is missing, or null.

## Why it matters

`terraform validate` refuses a resource or block that lacks a required argument: `Missing required argument`. An
argument that is there but comes out null counts as missing too; where the null comes through a variable, only
`terraform plan` says so, in whichever environment leaves it null.

The name and keys of an index that exists whatever its inputs are belong to `gsi-unconditional`.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute { #~ DYN141
    name = "orderId"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
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
```

## How to fix

Write the argument. If it comes from an input that may be null, make the whole block conditional on that input, or give
the input `nullable = false`.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [Terraform: nullable inputs](https://developer.hashicorp.com/terraform/language/block/variable#nullable)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule


@rule("DYN141", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def argument_required(block: SchemaBlock) -> Iterator[Violation]:
    """Each required argument must be written, and not be null; what is unknown is written."""
    for field in block.required:
        name = field.path.rpartition(".")[2]
        if field.value is None:
            yield Violation(
                f"{block.title} needs the argument {name}: terraform validate refuses it without",
                at=block,
                label=f"{name} is missing",
                help=f"write {name} = …",
            )
        elif not field.is_set and not (field.inputs and block.is_unconditional_index):
            yield Violation(
                f"{name} of {block.title} is null{' ' + field.shown if field.inputs else ''}, and it is required: "
                "terraform plan refuses it",
                at=field,
                label="null, and required",
                help="give it a value, or make the block only where there is one",
            )
