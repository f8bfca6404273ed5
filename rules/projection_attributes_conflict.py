"""An index lists attributes that its projection does not take.

## Why it matters

`ALL` projects every attribute and `KEYS_ONLY` none but the keys; only `INCLUDE` takes a list. `terraform plan` passes,
and AWS refuses the table or index: `ProjectionType is ALL, but NonKeyAttributes is specified`.

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
    projection_type    = "ALL"
    non_key_attributes = ["total"] #~ DYN122
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

Delete the list if everything (or nothing) is meant; write `INCLUDE` if the list is.

## References

- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Index, Severity, Violation, rule


@rule("DYN122", visits=Index, severity=Severity.ERROR)
def projection_attributes_conflict(index: Index) -> Iterator[Violation]:
    """A list of attributes goes with INCLUDE only."""
    projection = index.projection_type.known
    if projection in ("ALL", "KEYS_ONLY") and index.non_key_attributes.known:
        yield Violation(
            f"{index.title} projects {projection} and lists non_key_attributes: AWS refuses it at apply",
            at=index.non_key_attributes,
            label=f"not with {projection}",
            help='delete the list, or write projection_type = "INCLUDE"',
            fix=_fix(index, projection),
        )


def _fix(index: Index, projection: str) -> Fix | None:
    """Of ALL the list says nothing more; of KEYS_ONLY the list is more likely meant than the word."""
    if index.block.condition is not None or index.at.path.endswith(".json"):
        return None
    if projection == "ALL":
        return Fix("delete non_key_attributes", (Edit(index.non_key_attributes.at, ""),))
    literal = index.projection_type.literal
    return Fix("project INCLUDE", (Edit(literal, '"INCLUDE"'),), safe=False) if literal else None
