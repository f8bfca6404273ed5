"""A policy allows reading a stream on the ARN of the table.

## Why it matters

A stream is a resource of its own: `<table arn>/stream/<label>`. `GetRecords`, `GetShardIterator` and `DescribeStream`
on the ARN of the table allow nothing, and the consumer (a Lambda event source mapping, a pipe) is refused when it is
made or when it first polls. Terraform plans it without a word.

`ListStreams` is a **warning**: it works on `*` alone.

Where another statement of the same principal allows the action on the stream nothing is reported.

## Non-compliant

```hcl
data "aws_iam_policy_document" "consumer" {
  statement {
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"] #~ DYN406
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "consumer" {
  statement {
    actions   = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders/stream/*"]
  }

  statement {
    actions   = ["dynamodb:ListStreams"]
    resources = ["*"]
  }
}
```

## How to fix

Use `aws_dynamodb_table.orders.stream_arn`, or `"${aws_dynamodb_table.orders.arn}/stream/*"`, which holds after the
stream is made anew. Give `ListStreams` a statement of its own on `*`.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Change data capture for DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import IdleEntry, Severity, Statement, Violation, rule


@rule("DYN406", visits=Statement, severity=Severity.ERROR)
def iam_stream_grant_misplaced(statement: Statement) -> Iterator[Violation]:
    """What a statement allows of streams on resources that are none; one finding for all its actions."""
    if not statement.is_identity or not statement.allows:
        return
    idle = [entry for entry in statement.idle_entries if not entry.works_elsewhere]
    reads = [entry for entry in idle if entry.is_for("stream")]
    if reads:
        yield Violation(
            f"{_words(reads)} on {statement.resources_shown} allows nothing: a stream is a resource of its own, so "
            "that its readers are refused at run time",
            at=reads[0],
            label="works on streams alone",
            help="name the stream: TABLE.stream_arn, or the table's ARN followed by /stream/*",
            fix=statement.stream_fix(reads),
        )
    for entry in idle:
        if [action.name for action in entry.actions] == ["dynamodb:ListStreams"]:
            yield Violation(
                f"ListStreams on {statement.resources_shown} allows nothing: it works on * alone",
                at=entry,
                severity=Severity.WARNING,
                label="works on * alone",
                help='allow it in a statement of its own, with "*" as the resource',
            )


def _words(entries: list[IdleEntry]) -> str:
    return " and ".join(dict.fromkeys(entry.word for entry in entries))
