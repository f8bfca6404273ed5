"""A stream does not say what it shows.

## Why it matters

A stream shows keys, the new image of an item, the old one, or both; there is no default. Provider 5 refuses the plan:
*stream_view_type is required when stream_enabled = true*, provider 6 refuses it at validate. An empty text is as good
as none.

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

  stream_enabled = true #~ DYN620

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

Set `stream_view_type`: `NEW_AND_OLD_IMAGES` serves every reader and is what replicas need, `KEYS_ONLY` is the least.
Changing it later makes a new stream with a new ARN.

## References

- [DynamoDB Streams](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html)
- [aws_dynamodb_table, stream_view_type](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#stream_view_type)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule


@rule("DYN620", visits=Table, severity=Severity.ERROR)
def stream_view_type_missing(table: Table) -> Iterator[Violation]:
    """A stream that is on has a view type."""
    on, view = table.stream.enabled, table.stream.view_type
    if not on.known or view.known:
        return
    edits: tuple[Edit, ...] = (Edit(view.literal, '"NEW_AND_OLD_IMAGES"'),) if view.literal else ()
    if view.value is None:
        edits = table.appended('  stream_view_type = "NEW_AND_OLD_IMAGES"')
    yield Violation(
        f"the stream of {table.title} is on and does not say what it shows: terraform refuses it",
        at=view if view.value is not None else on,
        label="shows what?",
        help='set stream_view_type, as "NEW_AND_OLD_IMAGES"',
        fix=Fix("show both images", edits, safe=False) if edits else None,
    )
