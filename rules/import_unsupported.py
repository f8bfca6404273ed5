"""A table is imported with an index that an import does not make.

## Why it matters

An import from S3 makes the table with its keys and global indexes. The API has no local indexes there: the provider
leaves them out, their attributes stay over, and AWS refuses the table when it is applied. A local index cannot be
added later either.

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

  import_table {
    input_format = "DYNAMODB_JSON"

    s3_bucket_source {
      bucket = "orders-archive"
    }
  }

  local_secondary_index { #~ DYN163
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" } #~ DYN241
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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Make the index a global one, or make the table empty and load the data another way.

## References

- [TableCreationParameters](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TableCreationParameters.html)
- [aws_dynamodb_table, import_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#import_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import IndexKind, Severity, Table, Violation, rule


@rule("DYN163", visits=Table, severity=Severity.ERROR)
def import_unsupported(table: Table) -> Iterator[Violation]:
    """An imported table has no local indexes."""
    local = table.of_kind(IndexKind.LOCAL)
    if local and table.import_table.present:
        yield Violation(
            f"{table.title} is imported, and an import makes no local index: AWS refuses the table at apply",
            at=local[0],
            label="not made by an import",
            help="make it a global_secondary_index",
        )
