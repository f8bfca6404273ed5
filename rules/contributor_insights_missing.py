"""Nobody sees which keys of a table are hot.

## Why it matters

When a table throttles although its capacity is not used, one key is too busy. Contributor Insights shows which, from
the moment it is on, and not for the time before. It is billed by the events it sees, so the rule is off by default.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN660
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

resource "aws_dynamodb_contributor_insights" "orders" {
  table_name = aws_dynamodb_table.orders.name
}
```

## How to fix

Add an `aws_dynamodb_contributor_insights` for the table, and one for each index that is queried much.

## References

- [Contributor Insights](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/contributorinsights.html)
- [aws_dynamodb_contributor_insights](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_contributor_insights)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Undecided, Violation, rule

INSIGHTS = "aws_dynamodb_contributor_insights"


@rule("DYN660", visits=Table, severity=Severity.NOTE, opt_in=True)
def contributor_insights_missing(table: Table) -> Iterator[Violation]:
    """One for the table or an index of it."""
    if table.is_state_lock or INSIGHTS in table.related:
        return
    if (doubt := table.related_open.get(INSIGHTS)) is not None:
        raise Undecided(doubt.reason, doubt.hint, table.at)
    yield Violation(
        f"nothing shows which keys of {table.title} are hot",
        at=table,
        label="no Contributor Insights",
        help="add aws_dynamodb_contributor_insights",
    )
