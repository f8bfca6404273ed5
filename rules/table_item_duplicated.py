"""Two items have one key.

## Why it matters

A table has one item for a key. The provider puts an item only where its key is not taken, so of two with one key the
second fails at `terraform apply`, whichever that is.

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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { S = "0001" }
    total   = { N = "5" }
  })
}

resource "aws_dynamodb_table_item" "second" { #~ DYN162
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { S = "0001" }
    total   = { N = "7" }
  })
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

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { S = "0001" }
    total   = { N = "5" }
  })
}

resource "aws_dynamodb_table_item" "second" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { S = "0002" }
    total   = { N = "7" }
  })
}
```

## How to fix

Keep one of the two, or give one another key.

## References

- [aws_dynamodb_table_item](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_item)
- [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN162", visits=Table, severity=Severity.ERROR)
def table_item_duplicated(table: Table) -> Iterator[Violation]:
    """No two items of a table may have one key."""
    for item, other in table.repeated_items:
        yield Violation(
            f"{item.address} has the key of {other.address}: the put fails at apply, for the key is taken",
            at=item,
            label="the same key",
            help="give it another key, or keep one of the two",
        )
