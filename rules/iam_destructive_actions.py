"""The role of running code may destroy tables or open them to others.

## Why it matters

Code that serves requests reads and writes items. That it may also delete the table, drop an index, switch off
point-in-time recovery, delete a backup or change who else has access is what turns a stolen session of it into a
disaster. Judged are roles that a service which runs code takes on: Lambda, EC2, ECS, EKS pods, App Runner, Batch,
SageMaker.

Where iam-full-access speaks of the statement this rule is silent.

## Non-compliant

```hcl
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
        Action   = ["dynamodb:GetItem", "dynamodb:DeleteTable"] #~ DYN411
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## Compliant

```hcl
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
        Action   = ["dynamodb:GetItem", "dynamodb:DeleteItem"]
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## How to fix

Take these actions away from the role. What makes tables and takes them away is Terraform's role, or that of a job of
its own.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Security best practices for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/best-practices-security-preventative.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN411", visits=Statement, severity=Severity.WARNING, equivalents=("CKV_AWS_289", "CKV_AWS_290"))
def iam_destructive_actions(statement: Statement) -> Iterator[Violation]:
    """A statement by which the role of an application may do what only administration needs."""
    holder = next((principal for principal in statement.policy.principals if principal.computes), None)
    if not statement.is_identity or holder is None or not statement.destructive or statement.full_access:
        return
    worst = statement.destructive[0]
    words = list(dict.fromkeys(grant.word for grant in statement.destructive))
    verb = "are" if len(words) > 1 else "is"
    yield Violation(
        f"{' and '.join(words)} on {worst.shown} {verb} allowed to {holder.address}, the role of code that serves "
        "requests",
        at=worst,
        label="administration",
        help="leave it to the role that runs Terraform",
    )
