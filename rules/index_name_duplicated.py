"""Two indexes of a table have one name.

## Why it matters

The name of an index is how queries find it, and AWS refuses two of one name. Terraform does not notice: the provider
keeps local indexes in a set that knows them by name only, so that one of the two vanishes and the plan blames an
attribute that nothing uses; global ones pass the plan and fail when they are applied. Two global blocks that are equal
in everything collapse into one, which is only confusing: that is a note.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "paidAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-date" #~ DYN124
    range_key       = "paidAt"
    projection_type = "KEYS_ONLY"
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
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  attribute {
    name = "paidAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  local_secondary_index {
    name            = "by-payment"
    range_key       = "paidAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Give each index a name of its own. Callers of a module that takes a list of indexes cannot be trusted to: take a map
with the names as its keys.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN124", visits=Table, severity=Severity.ERROR)
def index_name_duplicated(table: Table) -> Iterator[Violation]:
    """Each index must have a name of its own."""
    for index, other in table.repeated_indexes:
        if index.is_global and other.is_global and index.equals(other):
            yield Violation(
                f"{index.title} of {table.title} is written twice, equal in everything: the provider makes one of it",
                at=index,
                label="written again",
                severity=Severity.NOTE,
                help="delete one of the two",
            )
            continue
        what = "AWS refuses it at apply"
        if not (index.is_global or other.is_global):
            what = "the provider drops one of them, and terraform plan blames an attribute that nothing uses"
        yield Violation(
            f"{table.title} has two indexes called {index.name.shown}: {what}",
            at=index.name,
            label="the name of another index",
            help="give it a name of its own",
        )
