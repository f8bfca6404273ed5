"""The item of a table item is not one.

## Why it matters

`item` is JSON text in the form of the DynamoDB API: an object in which every attribute says its type, `{"total": {"N":
"5"}}`. `terraform validate` refuses anything else: `Invalid format of "item"`. Plain JSON is the usual slip, and
numbers are the next: they travel as text, `{"N": "5"}`, and not as `{"N": 5}`.

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
    total   = { N = 5 } #~ DYN160
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
```

## How to fix

Write the type of each attribute: S, N, B, BOOL, NULL, L, M, SS, NS or BS, with numbers as text and bytes in Base64.

## References

- [aws_dynamodb_table_item](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_item)
- [AttributeValue](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValue.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableItem, Violation, rule


@rule("DYN160", visits=TableItem, unmade=True, severity=Severity.ERROR)
def table_item_malformed(item: TableItem) -> Iterator[Violation]:
    """The text must be an object of typed attributes."""
    for fault in item.faults:
        yield Violation(
            f"{fault.message}: terraform validate refuses it",
            at=fault.at,
            label="not in DynamoDB's form",
            help='write jsonencode({ NAME = { S = "text" }, COUNT = { N = "5" } })',
        )
