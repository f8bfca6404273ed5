"""An on-demand table has provisioned capacity.

## Why it matters

A table that is billed by request has no capacity to set, and one that is written down is a contradiction: provider 5
refuses it in the plan of a new table (*read_capacity can not be set when billing_mode is "PAY_PER_REQUEST"*) and is
silent when a living one is switched over, provider 6 refuses it at validate. `0` and null are accepted.

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

  read_capacity  = 5 #~ DYN504
  write_capacity = 5

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

Delete the capacity. In a module that serves both modes, make it null:
`read_capacity = var.billing_mode == "PROVISIONED" ? var.read_capacity : null`. To bound what an on-demand table may
use, there is `on_demand_throughput`.

## References

- [Read and write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html)
- [aws_dynamodb_table, billing_mode](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#billing_mode)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, first_undecided, rule


@rule("DYN504", visits=Table, severity=Severity.ERROR)
def capacity_on_demand_conflict(table: Table) -> Iterator[Violation]:
    """Nothing but 0 or null beside PAY_PER_REQUEST."""
    if not any(field.is_set for field in table.capacities) or table.billing_mode.known != "PAY_PER_REQUEST":
        return
    given = [field for field in table.capacities if not field.is_unknown and field.known]
    if not given and (doubt := first_undecided(*table.capacities)):
        raise doubt
    if not given:
        return
    names = " and ".join(field.path for field in given)
    edits = tuple(Edit(field.at, "") for field in given) if all(field.literal for field in given) else ()
    yield Violation(
        f"{table.title} is billed by request and sets {names}: terraform refuses to make it so",
        at=given[0],
        label="no capacity to set",
        help="delete it, or make it null where the billing mode is PAY_PER_REQUEST",
        fix=Fix("delete the capacity", edits) if edits else None,
    )
