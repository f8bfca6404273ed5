"""An argument has a value that the provider refuses.

## Why it matters

The provider knows the words of every enumeration and the form of ARNs, times and durations, and refuses anything else:
a literal at `terraform validate`, a value that comes through a variable only at `terraform plan`, in whichever
environment sets it. Words are exact in letter case.

This rule speaks of the arguments that have no rule of their own. Types of keys, projections, billing modes, stream
views and recovery periods do.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  table_class                 = "STANDARD_IA" #~ DYN145

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

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  table_class                 = "STANDARD_INFREQUENT_ACCESS"

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

Write one of the words, or the form, that the message names. An encryption key is given by its ARN
(`aws_kms_key.NAME.arn`), not by its id or by the name of an alias.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [Amazon Resource Names](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Field, Fix, SchemaBlock, Severity, Violation, rule


@rule("DYN145", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def argument_value_invalid(block: SchemaBlock) -> Iterator[Violation]:
    """Each text that has to have a form must have it."""
    for field, form in block.formed:
        if not field.breaks(form.fits):
            continue
        name = field.path.rpartition(".")[2]
        meant = form.correction(field.if_known or "")
        yield Violation(
            f"{name} of {block.title} is {field.shown} and must be {form.wanted}: the provider refuses it",
            at=field,
            label=f'did you mean "{meant}"?' if meant else "not accepted",
            help=f'write {name} = "{meant}"' if meant else f"write {form.wanted}",
            fix=_fix(block, field, meant) if meant else None,
        )


def _fix(block: SchemaBlock, field: Field[str], meant: str) -> Fix | None:
    if field.literal is None or block.block.condition is not None:
        return None
    return Fix(f'write "{meant}"', (Edit(field.literal, f'"{meant}"'),))
