"""A policy allows an action on resources that it does not work on.

## Why it matters

Every action works on certain kinds of resources: items are read and written on tables, backups are deleted on
`…/backup/…`, exports are described on `…/export/…`, lists work on `*` alone. An action on any other kind allows
nothing, and IAM does not say so: the call is denied at run time.

Reads of streams have a rule of their own, iam-stream-grant-misplaced. Where another statement of the same principal
allows the action where it works, nothing is reported.

## Non-compliant

```hcl
data "aws_iam_policy_document" "backups" {
  statement {
    actions   = ["dynamodb:DeleteBackup"] #~ DYN409
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "backups" {
  statement {
    actions   = ["dynamodb:DeleteBackup"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders/backup/*"]
  }
}
```

## How to fix

Look up what the action works on, and name that: the table for items, `/index/*` beside it for queries, `/backup/*`,
`/export/*` or `/import/*` below it, `*` in a statement of its own for lists.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN409", visits=Statement, severity=Severity.WARNING, equivalents=("I3510",))
def iam_action_resource_mismatch(statement: Statement) -> Iterator[Violation]:
    """Each action that works on nothing which the statement names."""
    if not statement.is_identity or not statement.allows:
        return
    for entry in statement.idle_entries:
        if entry.is_for("stream") or entry.word == "ListStreams" or entry.works_elsewhere:
            continue
        yield Violation(
            f"{entry.word} on {statement.resources_shown} allows nothing: it works on {entry.kinds}",
            at=entry,
            label=f"works on {entry.kinds}",
            help="name what the action works on, in a statement of its own if need be",
        )
