"""An index takes fewer writes than its table.

## Why it matters

A write to the table that touches an index is done when the index has it. If the index has fewer write units than the
table, the table's own writes are throttled once the index is full, although the table has capacity to spare: metrics of
the table look fine, and the requests fail. AWS advises as much write capacity for an index as for its table.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN645
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
    read_capacity   = 5
    write_capacity  = 1 #~ DYN509
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

Give the index the write capacity of the table, or scale both, or make the table `PAY_PER_REQUEST`. An index that only
few items are in may do with less: suppress the rule there and say so.

## References

- [Throttling and global secondary indexes](https://repost.aws/knowledge-center/dynamodb-gsi-throttling-table)
- [Provisioned throughput for indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Index, Severity, Violation, rule


@rule("DYN509", visits=Index, severity=Severity.WARNING)
def gsi_write_capacity_low(index: Index) -> Iterator[Violation]:
    """As much write capacity as the table, unless something scales one of the two."""
    table, own = index.table, index.capacities[1]
    if not index.is_global or table is None or not own.is_set or not table.is_provisioned:
        return
    units, of_table = own.known, table.write_capacity.known
    if units is None or of_table is None or not 1 <= units < of_table:
        return
    if table.scaling.has_target("Write", index) or table.scaling.has_target("Write"):
        return
    yield Violation(
        f"{index.title} takes {units} writes a second and {table.title} {of_table}: a full index throttles the table",
        at=own,
        label=f"fewer than the table's {of_table}",
        help=f"write {of_table}",
        fix=Fix("give the index the writes of the table", (Edit(own.literal, str(of_table)),), safe=False)
        if own.literal
        else None,
    )
