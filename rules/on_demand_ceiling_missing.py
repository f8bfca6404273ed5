"""Nothing bounds what an on-demand table may cost.

## Why it matters

An on-demand table takes what comes, and bills it: a loop in a client is a bill at the end of the month.
`on_demand_throughput` bounds it, for the price of throttling what goes beyond. The rule is off by default, since many
would rather pay than throttle.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN524
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

  on_demand_throughput {
    max_read_request_units  = 4000
    max_write_request_units = 1000
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Add the block with several times the load that is normal.

## References

- [Maximum throughput for on-demand tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html)
- [aws_dynamodb_table, on_demand_throughput](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#on_demand_throughput)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN524", visits=Table, severity=Severity.NOTE, opt_in=True)
def on_demand_ceiling_missing(table: Table) -> Iterator[Violation]:
    """A table that is billed by request has the block."""
    if table.billing_mode.known == "PAY_PER_REQUEST" and not table.on_demand_throughput.present:
        yield Violation(
            f"{table.title} is billed by request without a ceiling",
            at=table,
            label="no ceiling",
            help="add on_demand_throughput with several times the normal load",
        )
