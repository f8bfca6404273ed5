"""A table is encrypted with a key that AWS owns.

## Why it matters

DynamoDB encrypts every table. With `server_side_encryption { enabled = true }` it uses the key `aws/dynamodb` of the
account, and CloudTrail shows each use; without, a key that AWS owns and nobody sees. Some rules of compliance ask for
the former. It costs a fee for each use, and opens nothing, so the rule is off by default; whoever wants a key under
their own control takes customer-managed-key-missing instead.

Tables that lock Terraform's state (partition key `LockID`) are left out.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN313
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

  server_side_encryption {
    enabled = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Add the block with `enabled = true`.

## References

- [Encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html)
- [aws_dynamodb_table, server_side_encryption](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#server_side_encryption)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule(
    "DYN313",
    visits=Table,
    severity=Severity.NOTE,
    equivalents=("ce089fd4-1406-47bd-8aad-c259772bb294", "AC_AWS_0457", "AWS.ADT.DP.MEDIUM.0025"),
    opt_in=True,
)
def kms_key_missing(table: Table) -> Iterator[Violation]:
    """Encryption by a key of the account, AWS-managed or the customer's."""
    encryption = table.encryption
    if not table.is_state_lock and not (encryption.present and encryption.enabled.known):
        yield Violation(
            f"{table.title} is encrypted with a key that AWS owns, whose use no log shows",
            at=encryption,
            label="an AWS-owned key",
            help="add server_side_encryption { enabled = true }",
        )
