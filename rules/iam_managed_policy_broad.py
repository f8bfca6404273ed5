"""Somebody gets a managed policy that allows everything in DynamoDB.

## Why it matters

`AmazonDynamoDBFullAccess` is every action on every table, the deletion of tables and a good part of other services
with it; `AdministratorAccess` is all of it in all services. Attached to an application, one bug is enough.
`AmazonDynamoDBReadOnlyAccess` is a **note**: it lets the holder read every table there is.

## Non-compliant

```hcl
resource "aws_iam_role_policy_attachment" "orders" {
  role       = "orders"
  policy_arn = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess" #~ DYN410
}
```

## Compliant

```hcl
resource "aws_iam_role_policy_attachment" "orders" {
  role       = "orders"
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
```

## How to fix

Write a policy for the tables and actions that the holder needs, and attach that.

## References

- [AWS managed policies for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ddb-security-iam.awsmanpol.html)
- [Identity-based policies for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Attachment, Severity, Violation, rule

BROAD = {
    "AmazonDynamoDBFullAccess": (Severity.WARNING, "every action on every table"),
    "AmazonDynamoDBFullAccess_v2": (Severity.WARNING, "every action on every table"),
    "AdministratorAccess": (Severity.WARNING, "everything in every service, DynamoDB included"),
    "AmazonDynamoDBReadOnlyAccess": (Severity.NOTE, "reading every table"),
}


@rule("DYN410", visits=Attachment, severity=Severity.WARNING, equivalents=("CKV_AWS_274", "CKV_AWS_275"))
def iam_managed_policy_broad(attachment: Attachment) -> Iterator[Violation]:
    """An attachment of one of AWS's policies that are wider than any application needs."""
    if attachment.name in BROAD:
        severity, allows = BROAD[attachment.name]
        yield Violation(
            f"{attachment.name} allows {allows}",
            at=attachment,
            severity=severity,
            label="a managed policy for people, not for applications",
            help="write a policy that names the tables and the actions",
        )
