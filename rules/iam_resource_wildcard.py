"""A policy allows actions on every table that could be limited to one.

## Why it matters

`Resource = "*"` is every table of the account in every Region, those of other teams and those that do not exist yet.
An action on items or tables can be limited to a table; that this one is not is seldom a decision and often what was
left over from the first attempt that worked.

Actions that know no resource but `*` (`ListTables`, `DescribeLimits`, …) are left alone. Statements that
iam-scan-broad, iam-full-access, iam-notaction-allow or iam-bulk-read speak of are not reported a second time, and a
condition on a fixed `aws:ResourceTag/…` limits a statement well enough.

## Non-compliant

```hcl
data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"] #~ DYN404
    resources = ["*"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }

  statement {
    actions   = ["dynamodb:ListTables"]
    resources = ["*"]
  }
}
```

## How to fix

Name the tables, best by reference: `aws_dynamodb_table.orders.arn`. Put actions that only work on `*` into a statement
of their own.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Grant least privilege](https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Grant, Severity, Statement, Violation, rule

EQUIVALENTS = ("CKV_AWS_355", "CKV_AWS_356", "CKV_AWS_290", "CKV_AWS_111", "I3510")
SHOWN = 3


@rule("DYN404", visits=Statement, severity=Severity.WARNING, equivalents=EQUIVALENTS)
def iam_resource_wildcard(statement: Statement) -> Iterator[Violation]:
    """A statement that allows on all tables what can be allowed on one, unless another rule says so already."""
    if not statement.is_identity or statement.member("NotAction") is not None:
        return
    wide = statement.limitable
    if (
        not wide
        or statement.narrows_items
        or statement.bulk_reads
        or statement.scans_everything
        or statement.full_access
    ):
        return
    yield Violation(
        f"{_actions(wide)} on every table: its resource is {wide[0].shown}",
        at=wide[0],
        label="not limited to a table",
        help="name the tables that are meant, by reference where they are in this configuration",
        fix=wide[0].table_fix,
    )


def _actions(grants: list[Grant]) -> str:
    names = list(dict.fromkeys(grant.word for grant in grants))
    rest = f" and {len(names) - SHOWN} more actions" if len(names) > SHOWN else ""
    return f"{', '.join(names[:SHOWN])}{rest} {'is' if len(names) == 1 else 'are'} allowed"
