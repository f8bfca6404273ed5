"""Somebody may use a table, but not the key that encrypts it.

## Why it matters

DynamoDB decrypts a table with a key of yours in the name of whoever asks: without `kms:Decrypt` on the key every read
and write ends in `AccessDeniedException`, although the policy allows it on the table.

Judged are tables whose key is in this configuration without a policy of its own (a key policy may allow it as well),
and principals that are in it too.

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
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "lambda.amazonaws.com" }
      },
    ]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"] #~ DYN417
        Resource = aws_dynamodb_table.orders.arn
      },
    ]
  })
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

resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "lambda.amazonaws.com" }
      },
    ]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:PutItem"]
        Resource = aws_dynamodb_table.orders.arn
      },
      {
        Effect   = "Allow"
        Action   = ["kms:Decrypt", "kms:DescribeKey"]
        Resource = aws_kms_key.orders.arn
      },
    ]
  })
}
```

## How to fix

Allow `kms:Decrypt` (and `kms:DescribeKey`) on the key, limited to DynamoDB with `kms:ViaService` if you like.

## References

- [Encryption at rest: usage notes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html)
- [How DynamoDB uses KMS](https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Policy, Severity, Violation, rule


@rule("DYN417", visits=Policy, severity=Severity.NOTE)
def iam_kms_grant_missing(policy: Policy) -> Iterator[Violation]:
    """Each table with a key of its own that the holders of a policy may use without the key."""
    if not policy.grants_to_holder or not policy.principals:
        return
    seen: set[str] = set()
    for grant in (grant for statement in policy.statements for grant in statement.item_grants):
        table = grant.table
        if table is None or table.address in seen or (key := table.own_key) is None:
            continue
        seen.add(table.address)
        if not policy.allows_everybody("kms:Decrypt"):
            yield Violation(
                f"{grant.word} is allowed on {table.title}, and kms:Decrypt on its key {key.address} is not: it ends "
                "in AccessDenied at run time",
                at=grant,
                label="the table without its key",
                help=f"allow kms:Decrypt on {key.address}.arn",
            )
