"""One attribute is declared twice.

## Why it matters

The provider keeps the declarations of a table in a set that knows them by name only. Of two with one name one stays
and the other vanishes without a word: S before N before B, in whatever order they are written. If the types differ,
the key may end up with the type that nobody wanted, and the type of a key can never be changed.

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

  attribute { #~ DYN106
    name = "orderId"
    type = "N"
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

Declare each attribute once, however many keys it is part of. Where the blocks are made by `dynamic`, group what they
are made of by name first.

## References

- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
- [provider issue 31730](https://github.com/hashicorp/terraform-provider-aws/issues/31730)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN106", visits=Table, severity=Severity.WARNING)
def attribute_duplicated(table: Table) -> Iterator[Violation]:
    """No two declarations may have one name."""
    for repeated in table.redeclared_attributes:
        name, type_ = repeated.attribute.name.shown, repeated.kept.type.shown
        yield Violation(
            f"attribute {name} of {table.title} is declared twice; "
            + (
                "one of the two is enough"
                if repeated.is_exact
                else f"type {type_} stays, and this {repeated.attribute.type.shown} vanishes without a word"
            ),
            at=repeated.attribute,
            label="declared again" if repeated.is_exact else f"the table gets {type_}",
            help="keep the declaration that is meant",
            fix=repeated.fix,
        )
