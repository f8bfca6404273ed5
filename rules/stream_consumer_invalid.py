"""What is to read a stream does not get one.

## Why it matters

An event source mapping reads the stream of a table, not the table: it needs `stream_arn`, which is another ARN than
`arn`, and a `starting_position` of `LATEST` or `TRIM_HORIZON`. Without a stream `stream_arn` is empty. Terraform plans
all of it; the apply fails.

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

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn  = aws_dynamodb_table.orders.arn #~ DYN623
  function_name     = "orders"
  starting_position = "LATEST"
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

Name the `stream_arn` of a table whose stream is on, and say where reading begins.

## References

- [Lambda and DynamoDB](https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html)
- [aws_lambda_event_source_mapping](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, StreamConsumer, Violation, rule

POSITIONS = ("LATEST", "TRIM_HORIZON")


@rule("DYN623", visits=StreamConsumer, severity=Severity.ERROR)
def stream_consumer_invalid(consumer: StreamConsumer) -> Iterator[Violation]:
    """A stream that is on, by its own ARN, from a position that streams have."""
    table, start = consumer.table, consumer.starting_position
    if table is None:
        return
    if consumer.names_table:
        yield Violation(
            f"{consumer.address} is to read {table.title} itself, and not its stream: the apply fails",
            at=consumer.source,
            label="the ARN of the table",
            help="name its stream_arn",
        )
    elif not table.stream.enabled.known:
        yield Violation(
            f"{consumer.address} is to read the stream of {table.title}, which has none",
            at=consumer.source,
            label="of no stream",
            help="set stream_enabled = true and a stream_view_type in the table",
        )
    if start.known not in POSITIONS:
        yield Violation(
            f"{consumer.address} does not say where to begin in a stream: {start.shown} is no such place",
            at=start,
            label="LATEST or TRIM_HORIZON",
            help='set starting_position = "LATEST" or "TRIM_HORIZON"',
        )
