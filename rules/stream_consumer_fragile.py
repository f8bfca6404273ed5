"""One bad record holds up a stream.

## Why it matters

A function that fails on a record of a stream gets the same batch again, until it succeeds or the record is 24 hours
old, and everything behind it in the shard waits. `maximum_retry_attempts`, splitting the batch and a destination for
what was given up keep the rest flowing. The rule is off by default.

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

resource "aws_lambda_event_source_mapping" "orders" { #~ DYN624
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
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
  event_source_arn               = aws_dynamodb_table.orders.stream_arn
  function_name                  = "orders"
  starting_position              = "LATEST"
  maximum_retry_attempts         = 5
  bisect_batch_on_function_error = true

  destination_config {
    on_failure {
      destination_arn = "arn:aws:sqs:eu-west-1:111122223333:orders-failed"
    }
  }
}
```

## How to fix

Set the three. A queue of failed batches needs somebody who looks at it.

## References

- [Lambda and DynamoDB: errors](https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html)
- [aws_lambda_event_source_mapping](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_event_source_mapping)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, StreamConsumer, Violation, rule


@rule("DYN624", visits=StreamConsumer, severity=Severity.NOTE, opt_in=True)
def stream_consumer_fragile(consumer: StreamConsumer) -> Iterator[Violation]:
    """A mapping of a table's stream has an end to retries, smaller batches, and a place for what fails."""
    if not consumer.is_mapping or consumer.table is None:
        return
    lacking = []
    retries = consumer.maximum_retry_attempts.known
    if retries is None or retries < 0:
        lacking.append("maximum_retry_attempts")
    if not consumer.splits_batches.known:
        lacking.append("bisect_batch_on_function_error")
    if not consumer.failure_destination.present:
        lacking.append("destination on failure")
    if lacking:
        yield Violation(
            f"{consumer.address} has no {', no '.join(lacking)}: one bad record holds up the stream for a day",
            at=consumer,
            label="stops at the first bad record",
            help="bound the retries, split batches, and name a destination for what fails",
        )
