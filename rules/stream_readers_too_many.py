"""More read a stream than it serves.

## Why it matters

A shard of a stream serves two readers, and in a global table replication is one of them. Every further one throttles
the others: functions lag behind, and nothing in the configuration says why. AWS names two as the limit, one for a
global table.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN626
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
  for_each = toset(["mail", "search", "audit"])

  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = each.key
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
  for_each = toset(["mail", "search"])

  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = each.key
  starting_position = "LATEST"
}
```

## How to fix

Let one function read and pass on to the others, through EventBridge or SNS, or stream to Kinesis, which serves more.

## References

- [Lambda and DynamoDB: readers of a shard](https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN626", visits=Table, severity=Severity.WARNING)
def stream_readers_too_many(table: Table) -> Iterator[Violation]:
    """Two readers, or one beside replication."""
    readers = sum(1 for consumer in table.consumers if consumer.resource.certain)
    most = 1 if any(replica.certain for replica in table.replicas) else 2
    if readers > most:
        yield Violation(
            f"{readers} read the stream of {table.title}, and it serves {most}"
            + (" beside replication" if most == 1 else "")
            + ": they throttle each other",
            at=table,
            label="too many readers",
            help="let one read and pass on to the others, or stream to Kinesis",
        )
