"""A key of the table is not among its declared attributes.

## Why it matters

DynamoDB learns the type of a key from the `attribute` blocks, so every key needs one of exactly its name. Without it
`terraform validate` passes and `terraform plan` fails (`all indexes must match a defined attribute`), and it points at
the table's header, not at the name that is wrong. Names are compared byte for byte: `UserId` is not `userId`.

In a module the mistake may lie dormant: the key comes from an input that is empty by default, and the first caller who
sets it cannot plan. Such a key is reported too, with the input that brings it out.

A key and an attribute that are made of the same expression match, whatever its value turns out to be.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "order_id" #~ DYN101

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

Add an `attribute` block with the key's name and its type (`S`, `N` or `B`), or correct whichever of the two names is
misspelt. For a key that is optional, make the `attribute` block depend on the same input, with `dynamic "attribute"`.

## References

- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
- [Core components: primary key](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html#HowItWorks.CoreComponents.PrimaryKey)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN101", visits=Table, severity=Severity.ERROR, equivalents=("E3039",), latent=True)
def key_attribute_undefined(table: Table) -> Iterator[Violation]:
    """Each key that is set must be declared."""
    for argument, key in (("hash_key", table.hash_key), ("range_key", table.range_key)):
        if key.is_set and not table.declarations.declares(key):
            yield Violation(
                f"{argument} {key.shown} of {table.title} is declared by no attribute block, "
                "so terraform plan refuses it",
                at=key,
                label="no attribute of this name",
                help=table.declarations.advice(key),
                fix=table.declaration_fix(key),
            )
