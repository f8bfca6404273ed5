"""A partition key has few values.

## Why it matters

A partition takes 1,000 writes a second, and all items of one key value are in one partition: a key like `status` or
`country` puts most of the load on one or two of them, and the table throttles long before its capacity is used. The
rule goes by the name of the key, and is off by default.

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

  attribute {
    name = "status"
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-status"
    hash_key        = "status" #~ DYN522
    projection_type = "KEYS_ONLY"
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

Take a key with many values, or add one to it (`status#2026-01-31#7`), and query the parts. A sort key does not spread
the load, but says that somebody thought of it: the rule is silent then.

## References

- [Designing partition keys](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint import Index, Known, Severity, Violation, rule

FEW = re.compile(
    r"(?i)(?:is|has)[_A-Z].*|.*(?:status|state|type|kind|category|country|region|gender|priority|level|stage|tier|flag)"
    r"|date|day|month|year|active|enabled|deleted|archived|visible"
)


@rule("DYN522", visits=Index, severity=Severity.NOTE, opt_in=True)
def low_cardinality_key(index: Index) -> Iterator[Violation]:
    """By the name of the partition key of a global index without a sort key."""
    key = index.hash_key
    if not index.is_global or index.range_key.is_set or not isinstance(key.state, Known):
        return
    if FEW.fullmatch(key.state.value):
        yield Violation(
            f"{index.title} is partitioned by {key.shown}, which sounds as if it had few values: "
            "its load meets in one place",
            at=key,
            label="few values?",
            help="take a key with many values, or add one to it",
        )
