"""An index is named that its table does not have.

## Why it matters

Auto scaling (`table/NAME/index/INDEX`) and contributor insights name an index by text, so a typo or an index that was
renamed goes unnoticed by `terraform validate` and `terraform plan`. The apply fails.

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
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_contributor_insights" "orders" {
  table_name = aws_dynamodb_table.orders.name
  index_name = "by-dates" #~ DYN136
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

resource "aws_dynamodb_contributor_insights" "orders" {
  table_name = aws_dynamodb_table.orders.name
  index_name = "by-date"
}
```

## How to fix

Name one of the indexes of the table. Take the name from one place, a local or an input, for both.

## References

- [aws_dynamodb_contributor_insights](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_contributor_insights)
- [aws_appautoscaling_target](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import NamedIndex, Severity, Violation, rule


@rule("DYN136", visits=NamedIndex, severity=Severity.ERROR)
def index_reference_unknown(named: NamedIndex) -> Iterator[Violation]:
    """An index that is named must be one of its table's."""
    if named.exists:
        return
    near = named.near
    yield Violation(
        f"{named.whose} has no index {named.shown}: the apply fails",
        at=named.field,
        label=f'did you mean "{near}"?' if near else "no index of this name",
        help=f"name {near}" if near else "name one of the indexes of the table",
        fix=named.fix,
    )
