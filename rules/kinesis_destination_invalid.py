"""Changes of a table are to go where they cannot.

## Why it matters

A streaming destination connects the name of a table with the ARN of a Kinesis data stream. The provider checks only
that the one is an ARN: a Firehose, the stream of a table or a Lambda pass, and so does the ARN of the table as its
name. And one pair can exist once. The apply fails.

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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_kinesis_streaming_destination" "orders" {
  table_name = aws_dynamodb_table.orders.name
  stream_arn = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/orders" #~ DYN627
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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_kinesis_streaming_destination" "orders" {
  table_name = aws_dynamodb_table.orders.name
  stream_arn = "arn:aws:kinesis:eu-west-1:111122223333:stream/orders"
}
```

## How to fix

Name the table by its `name` and the stream by the `arn` of an `aws_kinesis_stream`. A Firehose reads from that stream.

## References

- [Kinesis Data Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds.html)
- [aws_dynamodb_kinesis_streaming_destination](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_kinesis_streaming_destination)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dynalint import Field, KinesisDestination, Severity, Violation, arn_part, rule


@rule(
    "DYN627",
    visits=KinesisDestination,
    severity=Severity.ERROR,
    equivalents=(
        "aws_dynamodb_kinesis_streaming_destination_invalid_stream_arn",
        "aws_dynamodb_kinesis_streaming_destination_invalid_table_name",
    ),
)
def kinesis_destination_invalid(destination: KinesisDestination) -> Iterator[Violation]:
    """A Kinesis data stream, a name, and a pair of its own."""
    stream, name = destination.stream_arn, destination.table_name
    service = arn_part(stream, 2)
    if service is not None and service != "kinesis":
        yield _fault(
            stream, f"{destination.address} is to send changes to {service}, which takes none", "no Kinesis stream"
        )
    if destination.names_table:
        yield _fault(name, f"{destination.address} names its table by an ARN", "the name is wanted")
    if destination.repeats:
        yield _fault(stream, f"{destination.whose} sends its changes to this stream already", "declared twice")


def _fault(field: Field[Any], what: str, label: str) -> Violation:
    return Violation(
        f"{what}: the apply fails",
        at=field,
        label=label,
        help="connect the name of a table with the ARN of a Kinesis data stream, once",
    )
