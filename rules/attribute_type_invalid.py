"""A key attribute has a type that keys cannot have.

## Why it matters

A key is a string (`S`), a number (`N`) or binary data (`B`); the provider takes exactly these three, in capitals.
Anything else, `STRING`, `s`, `BOOL` or `SS`, is refused: a literal by `terraform validate`, a value that comes through
a variable only by `terraform plan`, in whichever environment sets it.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "STRING" #~ DYN103
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write `S`, `N` or `B`. Only key attributes are declared: a boolean, a list or a map that is no key needs no `attribute`
block, and cannot be one. A date used as a key is a string (ISO 8601 sorts well) or a number (epoch seconds).

## References

- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
- [AttributeDefinition](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, KeyAttribute, Severity, Violation, rule

TYPES = ("S", "N", "B")
MEANT = {"S": "S", "STRING": "S", "N": "N", "NUMBER": "N", "B": "B", "BINARY": "B"}


@rule("DYN103", visits=KeyAttribute, unmade=True, severity=Severity.ERROR, latent=True)
def attribute_type_invalid(attribute: KeyAttribute) -> Iterator[Violation]:
    """A type that is set must be S, N or B."""
    if not attribute.type.breaks(lambda word: word in TYPES):
        return
    meant = MEANT.get((attribute.type.if_known or "").strip().upper())
    yield Violation(
        f"attribute {attribute.name.shown} has type {attribute.type.shown}, and a key is of type S, N or B",
        at=attribute.type,
        label=f'did you mean "{meant}"?' if meant else "no type of a key",
        help=f'write type = "{meant}"'
        if meant
        else 'write "S" for text, "N" for numbers, "B" for bytes; an attribute that is no key is not declared',
        fix=_fix(attribute, meant) if meant else None,
    )


def _fix(attribute: KeyAttribute, meant: str) -> Fix | None:
    literal = attribute.type.literal
    if literal is None or attribute.block.condition is not None:
        return None
    return Fix(f'write the type as "{meant}"', (Edit(literal, f'"{meant}"'),))
