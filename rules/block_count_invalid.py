"""A block is there more often than allowed, or not at all.

## Why it matters

A table has one `ttl`, one `point_in_time_recovery`, one `server_side_encryption` block; an import has one source. A
second one, also one that a `dynamic` block makes, is refused by `terraform validate`: `Too many ttl blocks`. So is a
block that is required and missing: `Insufficient s3_bucket_source blocks`.

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

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  ttl { #~ DYN144
    attribute_name = "archivedAt"
    enabled        = true
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
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Keep one of the blocks. DynamoDB has no second TTL attribute: write the earlier of two times of expiry into one.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule


@rule("DYN144", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def block_count_invalid(block: SchemaBlock) -> Iterator[Violation]:
    """Nested blocks must be as many as the schema says."""
    for fault in block.wrong_counts:
        if fault.missing:
            yield Violation(
                f"{block.title} needs a {fault.name} block: terraform validate refuses it without",
                at=fault.at,
                label=f"{fault.name} is missing",
                help=f"write {fault.name} {{ … }}",
            )
        else:
            yield Violation(
                f"{block.title} has {fault.count} {fault.name} blocks and may have {fault.limit}: "
                "terraform validate refuses it",
                at=fault.at,
                label="one too many",
                help="keep one of them",
                fix=fault.fix,
            )
