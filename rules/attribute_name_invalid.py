"""The name of an attribute is empty or too long.

## Why it matters

The name of a key, and of an attribute that an index projects, has 1 to 255 characters. `terraform plan` does not check
that; AWS refuses the table.

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

  local_secondary_index {
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = [""] #~ DYN110
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

  local_secondary_index {
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total"]
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Give the attribute a name of 1 to 255 characters.

## References

- [AttributeDefinition](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html)
- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Known, Severity, Table, Violation, rule

LONGEST = 255


@rule("DYN110", visits=Table, severity=Severity.ERROR, equivalents=("aws_dynamodb_table_invalid_hash_key",))
def attribute_name_invalid(table: Table) -> Iterator[Violation]:
    """Names of keys and of projected attributes have a length; what is unknown is another rule's doubt."""
    for name in table.attribute_names:
        if isinstance(name.state, Known) and not 1 <= len(name.state.value) <= LONGEST:
            length = len(name.state.value)
            yield Violation(
                f"an attribute of {table.title} has a name of {length} characters, and AWS takes 1 to {LONGEST}: "
                "the apply fails",
                at=name,
                label="empty" if not length else f"{length} characters",
                help="give it a shorter name" if length else "give it a name",
            )
