"""A table that is billed by request is to be scaled.

## Why it matters

An on-demand table has no capacity to scale. The target is registered all the same, and then every action of its
policies fails, with alarms that nobody understands. It is what stays behind when a table is switched to on-demand.

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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_appautoscaling_target" "read" { #~ DYN646
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
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

Delete targets and policies. In a module that serves both modes, make them with `count` by the billing mode.

## References

- [Read and write capacity](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/capacity-mode.html)
- [aws_appautoscaling_target](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import AutoScaling, Severity, Violation, rule


@rule("DYN646", visits=AutoScaling, severity=Severity.WARNING)
def autoscaling_on_demand(part: AutoScaling) -> Iterator[Violation]:
    """Targets of tables without provisioned capacity."""
    if part.is_target and part.table is not None and part.table.billing_mode.known == "PAY_PER_REQUEST":
        yield Violation(
            f"{part.whose} is billed by request, so there is nothing to scale: every action fails",
            at=part,
            label="no capacity to scale",
            help="delete the target and its policies",
        )
