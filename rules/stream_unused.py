"""A stream is on that nobody here reads.

## Why it matters

A stream costs what is read of it, so an unread one is no bill, but a question: was something forgotten, or is the
reader in another configuration? The rule is off by default.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true #~ DYN625
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

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
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = "orders"
  starting_position = "LATEST"
}
```

## How to fix

Add the reader, or switch the stream off; if the reader is elsewhere, say so in a suppression.

## References

- [DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Undecided, Violation, rule

READERS = ("aws_lambda_event_source_mapping", "aws_pipes_pipe", "aws_dynamodb_table_replica")


@rule("DYN625", visits=Table, severity=Severity.NOTE, opt_in=True)
def stream_unused(table: Table) -> Iterator[Violation]:
    """No mapping, pipe or replica of this configuration."""
    if not table.stream.enabled.known or table.consumers or table.replicas:
        return
    doubt = next((table.related_open[kind] for kind in READERS if kind in table.related_open), None)
    if doubt is not None:
        raise Undecided(doubt.reason, doubt.hint, table.at)
    yield Violation(
        f"the stream of {table.title} is on, and nothing in this configuration reads it",
        at=table.stream.enabled,
        label="unread",
        help="add the reader, or switch the stream off",
    )
