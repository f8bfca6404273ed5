"""A table names a key that does not encrypt it.

## Why it matters

`server_side_encryption` with `enabled = false` does not mean *unencrypted*: DynamoDB always encrypts, and this says
*with a key that AWS owns*. The provider then drops `kms_key_arn` without a word, so that the configuration shows a key
under your control and the table does not have it.

## Non-compliant

```hcl
resource "aws_kms_key" "orders" {
  description         = "Encrypts the orders table"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  server_side_encryption {
    enabled     = false
    kms_key_arn = aws_kms_key.orders.arn #~ DYN310
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
resource "aws_kms_key" "orders" {
  description         = "Encrypts the orders table"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `enabled = true` to use the key, or delete `kms_key_arn` if the key that AWS owns is meant.

## References

- [Encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html)
- [aws_dynamodb_table, server_side_encryption](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#server_side_encryption)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule("DYN310", visits=Table, severity=Severity.ERROR)
def encryption_key_ignored(table: Table) -> Iterator[Violation]:
    """A key beside enabled = false is never used."""
    encryption = table.encryption
    key, enabled = encryption.kms_key_arn, encryption.enabled
    if not key.is_set or not encryption.present or enabled.known is not False or not key.present:
        return
    literal = enabled.literal
    yield Violation(
        f"{table.title} names a KMS key beside enabled = false: the key is dropped, and AWS encrypts with "
        "one of its own",
        at=key,
        label="never used",
        help="set enabled = true to use the key, or delete kms_key_arn",
        fix=Fix("use the key", (Edit(literal, "true"),), safe=False) if literal else None,
    )
