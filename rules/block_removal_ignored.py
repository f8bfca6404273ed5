"""A block is taken away, and what it switched on stays on.

## Why it matters

The provider takes a `ttl`, `point_in_time_recovery`, `server_side_encryption` or `on_demand_throughput` block that is
not there for one that was left to AWS. Deleting it plans nothing: items go on expiring, the ceiling goes on
throttling, the encryption and its bill stay as they were, and the text says otherwise. It is the same with the
capacity of a provisioned table.

This can be seen from two texts alone, with `dynalint diff`: to a plan such a block never was.

## Non-compliant

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN707
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

As it is:

```hcl before
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = true
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  ttl {
    attribute_name = "expiresAt"
    enabled        = false
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write the block with the feature switched off (`enabled = false`, for expiry together with its attribute; -1 for a
ceiling), apply that, and delete the block later. To keep the feature, keep the block.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [Optional and computed attributes](https://developer.hashicorp.com/terraform/plugin/sdkv2/schemas/schema-behaviors#computed)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule

INSTEAD = {
    "ttl": "write it with enabled = false and its attribute",
    "point_in_time_recovery": "write it with enabled = false",
    "server_side_encryption": "write it with enabled = false",
    "on_demand_throughput": "write -1 for no ceiling",
}
CAPACITIES = ("read_capacity", "write_capacity")


@rule("DYN707", visits=TableChange, severity=Severity.WARNING)
def block_removal_ignored(change: TableChange) -> Iterator[Violation]:
    """Each feature that was on in the earlier text, and of which the later says nothing."""
    if change.planned or not change.stays:
        return
    for section, instead in INSTEAD.items():
        if change.drops(section):
            yield Violation(
                f"the {section} block of {change.title} is gone, and what it set stays: terraform plan shows no change",
                at=change,
                help=f"{instead}, apply that, then delete the block; or keep it",
                fix=change.disabling_fix(section),
            )
    lost = [name for name in CAPACITIES if change.drops_argument(name)]
    if lost and change.after.billing_mode.known == "PROVISIONED":
        yield Violation(
            f"{' and '.join(lost)} of {change.title} {'is' if len(lost) == 1 else 'are'} no longer written, and the "
            "table keeps what it has: terraform plan shows no change",
            at=change,
            help="write the capacity that the table is to have",
        )
