"""The name of an index is none that AWS takes.

## Why it matters

The name of an index has 3 to 255 characters out of letters, digits, `_`, `.` and `-`. Neither `terraform validate` nor
`terraform plan` checks that; AWS refuses the table or the index.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by date" #~ DYN125
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name            = "by-date"
    range_key       = "placedAt"
    projection_type = "KEYS_ONLY"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write a name of 3 to 255 letters, digits, underscores, periods and hyphens.

## References

- [Naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN125", visits=Index, severity=Severity.ERROR)
def index_name_invalid(index: Index) -> Iterator[Violation]:
    """A name must be of the form that AWS takes."""
    name = index.name.known
    if name is not None and not re.fullmatch(r"[a-zA-Z0-9_.-]{3,255}", name):
        short = not 3 <= len(name) <= 255
        yield Violation(
            f"{index.title} has a name that AWS refuses at apply: it takes 3 to 255 letters, digits, _, . and -",
            at=index.name,
            label=f"{len(name)} characters" if short else "not all of them are allowed",
            help="write a name of this form",
        )
