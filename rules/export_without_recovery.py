"""A table is exported that has no point-in-time recovery.

## Why it matters

An export reads the continuous backup of a table, not the table. Without point-in-time recovery there is none, and AWS
refuses the export at apply; Terraform does not connect the two resources.

## Non-compliant

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
    enabled = false #~ DYN202
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_table_export" "orders" {
  table_arn = aws_dynamodb_table.orders.arn #~ DYN243
  s3_bucket = "example-exports"
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

resource "aws_dynamodb_table_export" "orders" {
  table_arn = aws_dynamodb_table.orders.arn
  s3_bucket = "example-exports"
}
```

## How to fix

Switch point-in-time recovery of the table on. The export then reaches back no further than that moment.

## References

- [ExportTableToPointInTime](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ExportTableToPointInTime.html)
- [aws_dynamodb_table_export](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_export)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableExport, Violation, rule


@rule("DYN243", visits=TableExport, severity=Severity.ERROR)
def export_without_recovery(export: TableExport) -> Iterator[Violation]:
    """The exported table, if it is made here, has recovery on."""
    if export.table is not None and not export.table.point_in_time_recovery.is_on:
        yield Violation(
            f"{export.whose} has no point-in-time recovery, from which AWS exports: the apply fails",
            at=export.table_arn,
            label="no continuous backup",
            help="switch point-in-time recovery of the table on",
        )
