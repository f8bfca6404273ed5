"""A provisioned table has no capacity.

## Why it matters

A table without `billing_mode` is provisioned, and then needs at least one read and one write unit. Provider 5 says so
in the plan: *read_capacity must be at least 1 when billing_mode is "PROVISIONED"*. Provider 6 does not look at what is
absent, and AWS refuses the apply. Who left `billing_mode` out most often wanted a table that takes what comes:
`PAY_PER_REQUEST`.

A restore may leave capacity out; an import may not.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN503
  name         = "orders"
  billing_mode = "PROVISIONED"
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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Set `billing_mode = "PAY_PER_REQUEST"`, or give the table `read_capacity` and `write_capacity` and something that scales
them.

## References

- [Read and write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html)
- [aws_dynamodb_table, billing_mode](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#billing_mode)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, first_undecided, rule


@rule("DYN503", visits=Table, severity=Severity.ERROR)
def capacity_missing(table: Table) -> Iterator[Violation]:
    """Both capacities of a provisioned table are at least 1, unless it is restored."""
    lacking = [field for field in table.capacities if not field.is_unknown and (field.known or 0) < 1]
    if not table.is_provisioned or table.is_restored:
        return
    if not lacking and (doubt := first_undecided(*table.capacities)):
        raise doubt
    if not lacking:
        return
    names = " and ".join(field.path for field in lacking)
    why = "" if table.billing_mode.value else ", as it is without billing_mode"
    yield Violation(
        f"{table.title} is provisioned{why}, and needs at least 1 unit of {names}: plan or apply fails",
        at=lacking[0],
        label="at least 1 unit",
        help='set billing_mode = "PAY_PER_REQUEST", or give the table read_capacity and write_capacity',
        fix=_on_demand(table, bare=not any(field.is_set for field in table.capacities)),
    )


def _on_demand(table: Table, *, bare: bool) -> Fix | None:
    """The table on demand, where no capacity is written that would then be too much."""
    mode = table.billing_mode
    edits: tuple[Edit, ...] = (Edit(mode.literal, '"PAY_PER_REQUEST"'),) if mode.literal else ()
    if mode.value is None:
        edits = table.appended('  billing_mode = "PAY_PER_REQUEST"')
    return Fix("bill the table by request", edits, safe=False) if edits and bare else None
