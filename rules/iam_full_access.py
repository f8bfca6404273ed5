"""A policy allows everything that can be done to DynamoDB tables.

## Why it matters

`dynamodb:*` is the items and the tables: whoever reads with it may also delete the table, switch off its backups,
change who may use it. An application that got it to be able to read and write can be made to do all of that by one
bug, and the log shows calls that nobody knew were allowed.

A pattern that takes in both sides says the same with other letters: `dynamodb:Delete*` was meant for `DeleteItem` and
allows `DeleteTable`; `dynamodb:Update*` allows `UpdateTable`, which can drop an index.

- **error**: on every table, because the resource is `*`, a NotResource or `…:table/*`;
- **warning**: on some tables or one.

A condition on a fixed `aws:ResourceTag/…` lowers the grade by one. `NotAction` is iam-notaction-allow's business.

## Non-compliant

```hcl
resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = "orders"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Delete*"] #~ DYN403
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## Compliant

```hcl
resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = "orders"

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

List the actions that the code calls. For a service that reads and writes items these are some of `GetItem`,
`BatchGetItem`, `Query`, `PutItem`, `UpdateItem`, `DeleteItem`, `BatchWriteItem` and `ConditionCheckItem`;
administration belongs to the role that runs Terraform.

## References

- [Identity-based policies for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html)
- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN403", visits=Statement, severity=Severity.ERROR, equivalents=("CKV_AWS_49", "CKV_AWS_63"))
def iam_full_access(statement: Statement) -> Iterator[Violation]:
    """A statement by one of whose patterns somebody may both use items and administer tables."""
    if not statement.is_identity or statement.full_access is None:
        return
    used, administered = statement.full_access
    wide = [grant for grant in (administered, used) if grant.is_on_all_tables]
    grade = (Severity.ERROR if wide else Severity.WARNING) - statement.narrows_items
    yield Violation(
        f'"{statement.selector(administered.action.name)}" allows {administered.word} as well as {used.word} on '
        f"{'every table' if wide else administered.shown}",
        at=administered,
        severity=Severity(grade),
        label="items and tables alike",
        help="list the actions that the code calls; tables are administered by the role that runs Terraform",
    )
