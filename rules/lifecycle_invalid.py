"""The lifecycle block says something that it cannot say.

## Why it matters

`lifecycle` is read before anything is evaluated. `prevent_destroy` and `create_before_destroy` take a literal `true`
or `false` and no expression, so a module cannot leave them to its callers: `terraform init` says `Variables not
allowed`. `ignore_changes` takes names of the resource's own arguments and blocks; `terraform validate` refuses any
other name.

## Non-compliant

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

  lifecycle {
    ignore_changes = [read_capacity, write_capcity] #~ DYN147
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

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write the literal, or the argument's name as the provider spells it. To let callers choose protection, use
`deletion_protection_enabled`, which takes expressions and also holds outside Terraform.

## References

- [Terraform: lifecycle](https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule


@rule("DYN147", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def lifecycle_invalid(block: SchemaBlock) -> Iterator[Violation]:
    """Names in ignore_changes must be the resource's own; the switches must be literal."""
    if block.path or block.resource.lifecycle is None:
        return
    for name, span in block.resource.lifecycle.computed_switches:
        yield Violation(
            f"{name} takes a literal true or false and no expression: terraform init refuses it",
            at=span,
            label="not a literal",
            help="write true or false",
        )
    for ignored in block.resource.lifecycle.ignored:
        if not block.has(ignored.argument):
            near = block.near(ignored.argument)
            yield Violation(
                f'ignore_changes names "{ignored.argument}", which is nothing of {block.title}: '
                "terraform validate refuses it",
                at=ignored.span,
                label=f'did you mean "{near}"?' if near else "no such argument",
                help=f"write {near}" if near else "name an argument or block of the resource",
            )
