"""An index has a projection that does not exist.

## Why it matters

`projection_type` is `ALL`, `KEYS_ONLY` or `INCLUDE`, in capitals. Anything else is refused: a literal by `terraform
validate`, a value that comes through a variable only by `terraform plan`.

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
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "keys_only" #~ DYN123
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
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write `KEYS_ONLY` for the keys, `INCLUDE` with `non_key_attributes` for some attributes, `ALL` for all of them.

## References

- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Index, Severity, Violation, rule

PROJECTIONS = ("ALL", "KEYS_ONLY", "INCLUDE")


@rule("DYN123", visits=Index, unmade=True, severity=Severity.ERROR)
def projection_type_invalid(index: Index) -> Iterator[Violation]:
    """A projection that is set must be one of the three."""
    if not index.projection_type.breaks(lambda word: word in PROJECTIONS):
        return
    meant = (index.projection_type.if_known or "").strip().upper()
    sure = meant in PROJECTIONS
    yield Violation(
        f"projection_type of {index.title} is {index.projection_type.shown}, and there are ALL, KEYS_ONLY and INCLUDE",
        at=index.projection_type,
        label=f'did you mean "{meant}"?' if sure else "no projection",
        help=f'write projection_type = "{meant}"' if sure else "write ALL, KEYS_ONLY or INCLUDE",
        fix=_fix(index, meant) if sure else None,
    )


def _fix(index: Index, meant: str) -> Fix | None:
    literal = index.projection_type.literal
    if literal is None or index.block.condition is not None:
        return None
    return Fix(f'write "{meant}"', (Edit(literal, f'"{meant}"'),))
