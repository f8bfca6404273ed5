"""More capacity is asked for than an account has.

## Why it matters

An account may give a table, and each of its global indexes, 40,000 read and 40,000 write units, unless AWS has raised
that. Beyond it the apply fails. An account with more says so in the settings:

```toml
[rules.capacity-above-quota]
units = 80000
```

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN645
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 50000 #~ DYN526
  write_capacity = 5
  hash_key       = "orderId"

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

Ask AWS to raise the quota and set the option, or ask for less.

## References

- [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dynalint import Severity, Table, Violation, rule


@dataclass(frozen=True, slots=True)
class Quota:
    """Read and write units that the account may give a table or index."""

    units: int = 40_000


@rule("DYN526", visits=Table, severity=Severity.ERROR, options=Quota)
def capacity_above_quota(table: Table, quota: Quota) -> Iterator[Violation]:
    """Of the table and of its global indexes."""
    owners = ((table.title, table.capacities), *((index.title, index.capacities) for index in table.indexes))
    for title, capacities in owners:
        for field in capacities:
            if field.is_set and (field.known or 0) > quota.units:
                yield Violation(
                    f"{title} is to have {field.known} units, and an account has {quota.units} a table: "
                    "the apply fails",
                    at=field,
                    label="above the quota",
                    help="ask AWS to raise the quota and set the option units of this rule",
                )
