"""Somebody who may not Scan may scan with PartiQL.

## Why it matters

`SELECT * FROM "orders"` is a scan, and `PartiQLSelect` allows it: taking `Scan` away does not help where PartiQL is
allowed. The condition key `dynamodb:FullTableScan` tells the two apart.

Where iam-bulk-read speaks of the statement this rule is silent.

## Non-compliant

```hcl
data "aws_iam_policy_document" "console" {
  statement {
    actions   = ["dynamodb:PartiQLSelect"] #~ DYN415
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "console" {
  statement {
    actions   = ["dynamodb:PartiQLSelect"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]

    condition {
      test     = "Bool"
      variable = "dynamodb:FullTableScan"
      values   = ["false"]
    }
  }
}
```

## How to fix

Add the condition `Bool` `dynamodb:FullTableScan` `false`, or deny `PartiQLSelect` where it is `true`.

## References

- [IAM policies with PartiQL for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ql-iam.html)
- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule

SELECT = "dynamodb:PartiQLSelect"
KEY = "dynamodb:fulltablescan"


@rule("DYN415", visits=Statement, severity=Severity.NOTE)
def iam_partiql_scan(statement: Statement) -> Iterator[Violation]:
    """A statement that allows PartiQLSelect without a word on scans, to somebody who has no Scan."""
    if not statement.is_identity:
        return
    grant = next(statement.grants(SELECT), None)
    if grant is None or statement.bulk_reads:
        return
    holdings = statement.policy.holdings
    if any(holding.coverage("dynamodb:Scan").grants for holding in holdings):
        return
    if any(KEY in holding.conditions_of_denials(SELECT) for holding in holdings):
        return
    if any(condition.key.lower() == KEY for condition in statement.conditions):
        return
    yield Violation(
        f"PartiQLSelect on {grant.shown} allows a scan of it, although Scan is not allowed",
        at=grant,
        label="SELECT without a key is a scan",
        help='add the condition Bool "dynamodb:FullTableScan" = "false"',
    )
