"""A policy of a table speaks of something else.

## Why it matters

A resource-based policy works on what it is attached to: a table with its indexes, or a stream. A statement whose
`Resource` is another table, or the table where the policy hangs on the stream, is accepted and has no effect: the
access that it was written for is denied, at run time.

If no statement fits the finding is an **error**, else a **warning**.

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
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.reader.arn }
      Action    = ["dynamodb:GetItem"]
      Resource  = "arn:aws:dynamodb:eu-west-1:111122223333:table/invoices" #~ DYN302
    }]
  })
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
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

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.reader.arn }
      Action    = ["dynamodb:GetItem"]
      Resource  = aws_dynamodb_table.orders.arn
    }]
  })
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}
```

## How to fix

Write the ARN that `resource_arn` names, by the same reference, and `"${…arn}/index/*"` for its indexes. A stream has a
policy of its own.

## References

- [Examples of resource-based policies](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-examples.html)
- [aws_dynamodb_resource_policy](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_resource_policy)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import OneTable, Policy, Severity, Statement, Violation, overlaps, rule


@rule("DYN302", visits=Policy, severity=Severity.ERROR)
def resource_policy_resource_mismatch(policy: Policy) -> Iterator[Violation]:
    """Each statement reaches something of what the policy is attached to."""
    owner = policy.whole_reach
    if not policy.is_tables_own or not isinstance(owner, OneTable):
        return
    astray = [statement for statement in policy.statements if _misses(statement, owner)]
    severity = Severity.ERROR if len(astray) == len(policy.statements) else Severity.WARNING
    for statement in astray:
        yield Violation(
            "the statement names nothing of the table that its policy is attached to, so it has no effect: access is "
            "denied at run time",
            at=statement.place_of("Resource"),
            label="of another resource",
            severity=severity,
            help="name the resource that resource_arn names, or its indexes",
        )


def _misses(statement: Statement, owner: OneTable) -> bool:
    return bool(statement.reaches) and not any(overlaps(reach, owner) for _, reach in statement.reaches)
