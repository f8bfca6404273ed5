"""An index of a provisioned table has no capacity.

## Why it matters

An index of a provisioned table has read and write units of its own, and inherits nothing. `terraform plan` does not
look at them; the apply fails with *write capacity must be > 0 when billing mode is PROVISIONED*. A table without
`billing_mode` is provisioned. A restore needs them too, although the table itself may then do without.

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

  global_secondary_index { #~ DYN501 #~ DYN502
    name            = "by-customer"
    hash_key        = "customerId"
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
variable "indexes" {
  type    = set(string)
  default = ["customerId"]
}

# dynalint:ignore[autoscaling-missing] the load is steady
resource "aws_dynamodb_table" "orders" {
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
  write_capacity = 5
  hash_key       = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.indexes

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.indexes

    content {
      name            = "by-${global_secondary_index.value}"
      hash_key        = global_secondary_index.value
      projection_type = "KEYS_ONLY"
      read_capacity   = 5
      write_capacity  = 5
    }
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Give the index `read_capacity` and `write_capacity`: as much write capacity as the table, since an index that falls
behind holds up the table's writes. Or make the table `PAY_PER_REQUEST`, and leave capacity to AWS.

## References

- [Provisioned throughput for indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html)
- [aws_dynamodb_table, global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#global_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Index, Severity, Violation, first_undecided, rule


@rule("DYN502", visits=Index, severity=Severity.ERROR)
def gsi_capacity_missing(index: Index) -> Iterator[Violation]:
    """Both capacities of a provisioned table's index are at least 1."""
    if not index.is_global or index.table is None or not index.table.is_provisioned:
        return
    lacking = [field for field in index.capacities if not field.is_unknown and (field.known or 0) < 1]
    if not lacking and (doubt := first_undecided(*index.capacities)):
        raise doubt
    if not lacking:
        return
    names = " and ".join(field.path.rpartition(".")[2] for field in lacking)
    yield Violation(
        f"{index.title} of {index.table.title} has no {names}, and the table is provisioned: the apply fails",
        at=lacking[0],
        label="at least 1 unit",
        help="give the index read_capacity and write_capacity, as much write capacity as the table has",
        fix=_as_the_table(index),
    )


def _as_the_table(index: Index) -> Fix | None:
    """The table's own literal numbers in place of those that are too small."""
    table = index.table
    if table is None or index.standalone:
        return None
    pairs = tuple(zip(index.capacities, table.capacities, strict=True))
    if not all(own.literal and like.literal and like.known for own, like in pairs):
        return None
    edits = tuple(Edit(own.literal, str(like.known)) for own, like in pairs if own.literal and (own.known or 0) < 1)
    return Fix("give the index the capacity of the table", edits, safe=False)
