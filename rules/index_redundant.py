"""An index gives nothing that the table or another index does not give.

## Why it matters

Each index is paid with every write and with its storage. One with the keys of the table answers what the table answers;
one with the keys of another index answers what that does; and one with a partition key alone is part of an index that
has the same partition key, a sort key, and at least its attributes. A local index on the table's own sort key is the
table once more: that is a **note**.

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

  global_secondary_index { #~ DYN501 #~ DYN520
    name            = "by-order"
    hash_key        = "orderId"
    projection_type = "ALL"
  }

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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Query the table, or the wider index, and delete this one. An index that is there for other consistency or capacity on
purpose gets a suppression with the reason.

## References

- [Best practices for secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN520", visits=Index, severity=Severity.WARNING)
def index_redundant(index: Index) -> Iterator[Violation]:
    """Compared with its table, and with the other indexes of the table."""
    table = index.table
    if table is None or not index.certain or not index.key_names:
        return
    named = index.name.identity  # two of one name are DYN124's
    others = (other for other in table.indexes_like(index) if other.answers_for(index))
    wider = next((other for other in others if not named or other.name.identity != named), None)
    if index.key_names == table.key_names:
        yield Violation(
            f"{index.title} has the keys of {table.title} itself, and answers what that answers",
            at=index,
            label="the table once more",
            severity=None if index.is_global else Severity.NOTE,
            help="query the table, and delete the index",
        )
    elif wider is not None:
        yield Violation(
            f"{index.title} answers nothing that {wider.title} does not answer, and is paid with every write",
            at=index,
            label="part of another index",
            help=f"query {wider.title}, and delete this one",
        )
