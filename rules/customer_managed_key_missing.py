"""A table is encrypted, but not with a key of yours.

## Why it matters

DynamoDB encrypts every table, by default with a key that AWS owns and nobody sees. A customer-managed key can do three
things that this one cannot: its policy decides who may read the data on top of who may read the table, CloudTrail shows
its use, and disabling it shuts the data off at once. It costs a fee a month and a fee a request, and a table whose key
is gone is lost. Whether that is worth it is your decision; the rule is for those who have made it, and off by default.

A reference to a key, or an input that holds one, counts as a key. Tables that lock Terraform's state (partition key
`LockID`) are left out.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN312
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

Make an `aws_kms_key` with rotation, and give its ARN to the table and keys of their own to its replicas. Whoever uses
the table then needs `kms:Decrypt` on the key.

## References

- [Encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html)
- [aws_dynamodb_table, server_side_encryption](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#server_side_encryption)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule(
    "DYN312",
    visits=Table,
    severity=Severity.NOTE,
    equivalents=(
        "CKV_AWS_119",
        "AWS-0025",
        "AVD-AWS-0025",
        "aws-dynamodb-table-customer-key",
        "aws-dynamodb-table-unencrypted",
    ),
    opt_in=True,
)
def customer_managed_key_missing(table: Table) -> Iterator[Violation]:
    """Encryption is enabled and a key is named; what is not known counts as named."""
    encryption = table.encryption
    if table.is_state_lock or (encryption.present and encryption.enabled.known and encryption.kms_key_arn.is_set):
        return
    yield Violation(
        f"{table.title} is encrypted, but not with a customer-managed key",
        at=encryption,
        label="a key of AWS encrypts it",
        help="give server_side_encryption the ARN of a KMS key of yours",
    )
