"""A stream is described, and not switched on.

## Why it matters

`stream_view_type` alone makes no stream: `stream_enabled` is false unless it is set. Provider 5 says nothing, so that
whoever reads the configuration believes in a stream, and what is to read it finds none. Provider 6 refuses it at
validate.

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

  stream_view_type = "NEW_AND_OLD_IMAGES" #~ DYN621

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
```

## How to fix

Set `stream_enabled = true`, or delete the view type. In a module that makes the stream optional, let one input decide
both: `stream_enabled = var.stream_view_type != null`.

## References

- [DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)
- [aws_dynamodb_table, stream_enabled](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#stream_enabled)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule("DYN621", visits=Table, severity=Severity.ERROR)
def stream_view_type_orphan(table: Table) -> Iterator[Violation]:
    """A view type needs a stream that is on."""
    on, view = table.stream.enabled, table.stream.view_type
    if not view.is_set or on.known or not view.known:
        return
    edits: tuple[Edit, ...] = (Edit(on.literal, "true"),) if on.literal else ()
    if on.value is None:
        edits = table.appended("  stream_enabled = true")
    off = "false" if on.is_set else "not set"
    yield Violation(
        f"{table.title} says what its stream shows and has none: stream_enabled is {off}",
        at=view,
        label="of no stream",
        help="set stream_enabled = true, or delete the view type",
        fix=Fix("switch the stream on", edits, safe=False) if edits else None,
    )
