"""A policy allows reading whole tables, on every table.

## Why it matters

`Scan` is not the only way to copy a table. An export writes all of it to a bucket that may be another account's, a
restore makes a second table out of a backup, PartiQL reads without a key, `GetRecords` sees every change, and
`BatchGetItem` fetches a hundred items a call. On `*` or `…:table/*` these reach every table there is.

Where iam-scan-broad or iam-full-access speak of the statement this rule is silent, and so it is where a condition on a
fixed `aws:ResourceTag/…` limits it.

## Non-compliant

```hcl
data "aws_iam_policy_document" "reporting" {
  statement {
    actions   = ["dynamodb:ExportTableToPointInTime"] #~ DYN412
    resources = ["*"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "reporting" {
  statement {
    actions   = ["dynamodb:ExportTableToPointInTime"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## How to fix

Name the tables that the job reads, and give the job a role of its own.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [DynamoDB data export to Amazon S3](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport_Requesting.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN412", visits=Statement, severity=Severity.WARNING)
def iam_bulk_read(statement: Statement) -> Iterator[Violation]:
    """A statement that allows copying any table, unless another rule says as much."""
    if not statement.is_identity or statement.member("NotAction") is not None:
        return
    wide = statement.bulk_reads
    if not wide or statement.narrows_items or statement.scans_everything or statement.full_access:
        return
    words = list(dict.fromkeys(grant.word for grant in wide))
    yield Violation(
        f"{' and '.join(words[:2])} on every table: whoever has it can copy any of them, resource is {wide[0].shown}",
        at=wide[0],
        label="reads whole tables",
        help="name the tables that the job reads",
    )
