"""The stream is switched off, or made anew under another ARN.

## Why it matters

A stream has one view type for life. For another the provider switches the stream off and on again: the new one has
another ARN, and everything that reads the old one (a Lambda event source mapping with a written ARN, a connector, a
policy that names its label) reads on until the old stream is empty and then stops, without an error. What was not read
within 24 hours is lost.

Without a plan (`dynalint diff`) it is the text that is compared: what would happen if the earlier text were what
exists.

## Non-compliant

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES" #~ DYN710

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Let consumers refer to `aws_dynamodb_table.orders.stream_arn`, so that they move with the stream; let them read the old
one to its end; apply when missing some changes does no harm. `"${aws_dynamodb_table.orders.arn}/stream/*"` in a policy
holds for both.

## References

- [Change data capture for DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)
- [UpdateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTable.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN710", visits=TableChange, severity=Severity.WARNING)
def stream_recreated_planned(change: TableChange) -> Iterator[Violation]:
    """A stream that goes, or changes its view type."""
    if not change.stays or change.before.stream.enabled.known is not True:
        return
    if change.after.stream.enabled.known is not True:
        yield Violation(
            f"the stream of {change.title} {change.will} be switched off: its consumers stop, without an error",
            at=change.written.stream.enabled,
            help="take its consumers away first",
        )
    elif change.changes(change.before.stream.view_type, change.after.stream.view_type):
        yield Violation(
            f"the stream of {change.title} {change.will} be made anew with another ARN, because its view type changes: "
            "consumers of the old one stop, without an error",
            at=change.written.stream.view_type,
            label=f"was {change.before.stream.view_type.shown}",
            help="let consumers refer to stream_arn, and read the old stream to its end",
        )
