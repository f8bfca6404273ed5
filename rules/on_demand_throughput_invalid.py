"""A ceiling of on-demand throughput is no number that AWS takes.

## Why it matters

`on_demand_throughput` bounds what an on-demand table or index may use, and with it what it may cost. Terraform looks at
none of its numbers. AWS takes 1 or more, and -1 for *no ceiling*. A 0, which looks like *nothing at all* or like
*unlimited*, is never sent and does nothing. And an index of a provisioned table has no such ceiling.

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

  on_demand_throughput {
    max_read_request_units  = 4000
    max_write_request_units = -5 #~ DYN506
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
    max_write_request_units = -1
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write the most units a second that you want to pay for, or -1 for none. Removing the block from a living table does not
lift the ceiling: set -1 and apply first.

## References

- [Maximum throughput for on-demand tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html)
- [aws_dynamodb_table, on_demand_throughput](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#on_demand_throughput)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Field, Index, Severity, Table, Violation, rule


@rule("DYN506", visits=Table, severity=Severity.ERROR)
def on_demand_throughput_invalid(table: Table) -> Iterator[Violation]:
    """1 or more, or -1; and none for an index of a provisioned table."""
    throughput = table.on_demand_throughput
    if throughput.block is not None:
        yield from _ceilings(table.title, (throughput.max_read, throughput.max_write))
    for index in table.indexes:
        if index.ceiling:
            yield from _of_index(table, index)


def _of_index(table: Table, index: Index) -> Iterator[Violation]:
    if not table.billing_mode.is_unknown and table.is_provisioned:
        yield Violation(
            f"{index.title} has an on-demand ceiling, and {table.title} is provisioned: AWS refuses it at apply",
            at=index.ceiling[0],
            label="no such ceiling here",
            help="delete on_demand_throughput of the index",
        )
    else:
        yield from _ceilings(index.title, index.ceiling)


def _ceilings(title: str, fields: tuple[Field[int], ...]) -> Iterator[Violation]:
    for field in fields:
        units = field.known
        if units is None or units >= 1 or units == -1:
            continue
        yield Violation(
            f"{title} has a ceiling of {units} request units, which "
            + ("is never sent: there is no ceiling" if units == 0 else "AWS refuses at apply"),
            at=field,
            label="1 or more, or -1 for none",
            severity=Severity.WARNING if units == 0 else None,
            help="write the most request units a second, or -1 for no ceiling",
        )
