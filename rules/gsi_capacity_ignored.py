"""An index of an on-demand table has provisioned capacity.

## Why it matters

The provider never sends the capacity of an index whose table is billed by request, and AWS answers with 0. So nothing
is wrong with the table, but every plan from then on shows the same change of the index, and one day a change that
matters is overlooked among them.

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
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
    read_capacity   = 5 #~ DYN508
    write_capacity  = 5
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

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

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

Delete the capacity of the index, or make it null where the table is billed by request.

## References

- [A plan that never gets empty](https://github.com/hashicorp/terraform-provider-aws/issues/12928)
- [aws_dynamodb_table, global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#global_secondary_index)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Index, Severity, Violation, first_undecided, rule


@rule("DYN508", visits=Index, severity=Severity.WARNING)
def gsi_capacity_ignored(index: Index) -> Iterator[Violation]:
    """No capacity above 0 beside PAY_PER_REQUEST."""
    table, capacities = index.table, index.capacities
    if not index.is_global or index.standalone or table is None or not any(field.is_set for field in capacities):
        return
    if table.billing_mode.known != "PAY_PER_REQUEST":
        return
    given = [field for field in capacities if not field.is_unknown and (field.known or 0) > 0]
    if not given and (doubt := first_undecided(*capacities)):
        raise doubt
    if given:
        edits = tuple(Edit(field.at, "") for field in given) if all(field.literal for field in given) else ()
        yield Violation(
            f"{table.title} is billed by request, so the capacity of {index.title} is never sent, and every "
            "plan shows it",
            at=given[0],
            label="never sent",
            help="delete it, or make it null where the table is billed by request",
            fix=Fix("delete the capacity", edits) if edits else None,
        )
