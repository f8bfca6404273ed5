"""A policy allows Scan on more than it should.

## Why it matters

`Scan` reads a whole table, item by item, and bills for all of it. In a policy it is the difference between a service
that can look up what it knows the key of and one that can copy the table; and one forgotten `Scan` in a request path
eats the capacity of everybody else. Few services need it, and those on one table.

How bad it is depends on what the statement reaches:

- **error**: every table, because the resource is `*`, a NotResource, or `…:table/*`;
- **warning**: every table whose name fits a pattern, or `<table arn>/*`, which is every index, stream, backup and
  export of the table, where its indexes were meant;
- **note**: one exactly named table, with or without its indexes.

`dynamodb:*`, `*`, `dynamodb:S*` and a NotAction that leaves Scan out allow it as well. A Deny without condition on the
same resources takes it back. A condition on a fixed `aws:ResourceTag/…`, or on `dynamodb:Attributes` together with
`dynamodb:Select`, lowers the grade by one. Conditions on who asks and from where do not, and neither do
`dynamodb:LeadingKeys` and `dynamodb:FullTableScan`: they are no keys of Scan.

Policies of resources (trust policies, key policies, a table's own policy) are not judged here.

## Non-compliant

```hcl
resource "aws_iam_role_policy" "reader" {
  name = "reader"
  role = "reader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Scan"] #~ DYN401
        Resource = "*"
      },
    ]
  })
}

data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["dynamodb:Query", "dynamodb:S*"] #~ DYN401
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders-*"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "reader" {
  statement {
    actions = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [
      "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
      "arn:aws:dynamodb:eu-west-1:123456789012:table/orders/index/*",
    ]
  }
}
```

## How to fix

Name the actions that the code calls, and leave Scan out: most of what looks like a scan is a query on an index. Where a
job does need it (an export, a migration), give it a role of its own and name the table. For the indexes of a table
write `${aws_dynamodb_table.orders.arn}/index/*`.

## References

- [Identity-based policies for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/using-identity-based-policies.html)
- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Querying and scanning](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-query-scan.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import (
    AllTables,
    Edit,
    Everything,
    Fix,
    Grant,
    OneTable,
    Reach,
    Severity,
    Statement,
    TablesNamed,
    Unclear,
    Undecided,
    Violation,
    rule,
)

SCAN = "dynamodb:Scan"


@rule(
    "DYN401",
    visits=Statement,
    severity=Severity.ERROR,
    equivalents=("CKV_AWS_355", "CKV_AWS_356", "AWS-0057", "AVD-AWS-0057"),
)
def iam_scan_broad(statement: Statement) -> Iterator[Violation]:
    """The worst that a statement's resources make of a Scan that it allows."""
    if not statement.is_identity:
        return
    grants = list(statement.grants(SCAN))
    graded = [(grade, grant) for grant in grants if (grade := _grade(grant.reach))]
    if not graded:
        yield from _undecided(grants)
        return
    grade, worst = max(graded, key=lambda pair: pair[0])
    if statement.narrows_items:
        grade -= 1
    if grade < Severity.NOTE:
        return
    yield Violation(
        f"{_by(statement)} {_extent(worst)}",
        at=worst,
        severity=Severity(grade),
        label="allows Scan",
        help=_advice(worst.reach),
        trace=worst.pattern.trace if worst.pattern else None,
        fix=_fix(worst),
    )


def _grade(reach: Reach) -> int | None:
    match reach:
        case Everything() | AllTables():
            return Severity.ERROR
        case TablesNamed():
            return Severity.WARNING
        case OneTable() as table:
            return Severity.WARNING if table.is_wide else Severity.NOTE
        case _:
            return None


def _undecided(grants: list[Grant]) -> Iterator[Violation]:
    for grant in grants:
        if isinstance(grant.reach, Unclear):
            raise Undecided(grant.reach.because.reason, grant.reach.because.hint, grant.at)
    yield from ()


def _by(statement: Statement) -> str:
    selector = statement.selector(SCAN)
    match selector.lower():
        case "dynamodb:scan":
            return "Scan is allowed"
        case "notaction":
            return "Scan is allowed, because NotAction leaves it in,"
        case _:
            return f'"{selector}" allows Scan'


def _extent(grant: Grant) -> str:
    match grant.reach:
        case Everything() | AllTables():
            return f"on every table: its resource is {grant.shown}"
        case TablesNamed():
            return f"on every table whose name fits {grant.shown}"
        case OneTable() as table if table.is_wide:
            return f"on {grant.shown}, which is every index, stream, backup and export of the table"
        case _:
            return f"on {grant.shown}: whoever has it can read the whole table"


def _advice(reach: Reach) -> str:
    match reach:
        case OneTable() as table if table.is_wide:
            return "write …/index/* for the indexes of the table"
        case OneTable():
            return "leave Scan out if a query or a lookup by key will do"
        case _:
            return "leave Scan out, or name the one table that needs it"


def _fix(grant: Grant) -> Fix | None:
    """``/*`` to ``/index/*``, where no action of the statement works on anything but tables and indexes."""
    span = grant.written_below
    if span is None or not grant.statement.works_only_on({"table", "index"}):
        return None
    return Fix("limit it to the indexes of the table", (Edit(span, "/index/*"),))
