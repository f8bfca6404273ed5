"""A stream is to show something that does not exist.

## Why it matters

A stream shows `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or `NEW_AND_OLD_IMAGES`, written exactly so. Any other word is
refused: by `terraform validate` where it is a literal, by `terraform plan` where it comes from a variable.

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
  stream_view_type = "new_image" #~ DYN622

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
  stream_view_type = "NEW_IMAGE"

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write one of the four words, in capitals.

## References

- [StreamSpecification](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_StreamSpecification.html)
- [aws_dynamodb_table, stream_view_type](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#stream_view_type)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule

VIEWS = ("KEYS_ONLY", "NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES")


@rule(
    "DYN622",
    visits=Table,
    severity=Severity.ERROR,
    equivalents=("aws_dynamodb_table_invalid_stream_view_type",),
    unmade=True,
)
def stream_view_type_invalid(table: Table) -> Iterator[Violation]:
    """One of the four words, or nothing."""
    view = table.stream.view_type
    if not view.breaks(lambda word: word in ("", *VIEWS)):
        return
    word = (view.if_known or "").upper()
    meant = word if word in VIEWS else None
    yield Violation(
        f"{view.shown} is nothing that a stream shows, so terraform refuses {table.title}",
        at=view,
        label="no view type",
        help=f'write "{meant}"' if meant else f"write one of {', '.join(VIEWS)}",
        fix=Fix("write it in capitals", (Edit(view.literal, f'"{meant}"'),)) if meant and view.literal else None,
    )
