"""A table has a name that DynamoDB does not take.

## Why it matters

A name has 3 to 255 characters out of letters, digits, `_`, `.` and `-`. The provider does not look at it, so that a
name made of parts, with a blank or a slash in one of them, gets as far as the apply. Of a name of which parts are not
known the others are judged.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "shop/orders" #~ DYN610
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

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "shop.orders"
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

Choose another name before the table is made: renaming a living one replaces it. Where the name is made of inputs, give
these a `validation`.

## References

- [Naming rules](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html)
- [aws_dynamodb_table, name](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#name)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint import Severity, TableName, Violation, pieces_of, rule

SHORTEST, LONGEST = 3, 255
REFUSED = re.compile(r"[^a-zA-Z0-9_.-]")


@rule(
    "DYN610",
    visits=TableName,
    severity=Severity.ERROR,
    equivalents=("aws_dynamodb_table_invalid_name", "aws_dynamodb_global_table_invalid_name"),
)
def table_name_invalid(named: TableName) -> Iterator[Violation]:
    """3 to 255 of letters, digits, underscore, dot and hyphen."""
    name = named.name
    if name.value is None or not name.is_set:
        return
    pieces = pieces_of(name.value)
    known = "".join(piece for piece in pieces if isinstance(piece, str))
    whole = not name.is_unknown
    refused = REFUSED.search(known)
    if refused:
        fault = f"{refused[0]!r} is none of the characters that a name may have"
    elif len(known) > LONGEST or (whole and len(known) < SHORTEST):
        fault = f"its length is {len(known)}, not {SHORTEST} to {LONGEST}"
    else:
        name.known  # noqa: B018 - a name that is not known as a whole is undecided
        return
    yield Violation(
        f"AWS refuses the name {name.shown}: {fault}",
        at=name,
        label="no name of a table",
        help="a name has 3 to 255 letters, digits, underscores, dots and hyphens",
    )
