"""A provisioned table has the same capacity by day and by night.

## Why it matters

Capacity that nothing scales is paid when nobody comes and too little when everybody does. Auto scaling of reads and
writes needs a target and a policy each; they are found by reference, by a literal `table/NAME`, and through modules. Or
the table is billed by request, and AWS sees to it.

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
  name           = "orders"
  billing_mode   = "PROVISIONED"
  read_capacity  = 5
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

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "aws_appautoscaling_target" "read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "read" {
  name               = "orders-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.read.service_namespace
  resource_id        = aws_appautoscaling_target.read.resource_id
  scalable_dimension = aws_appautoscaling_target.read.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "write" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "write" {
  name               = "orders-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.write.service_namespace
  resource_id        = aws_appautoscaling_target.write.resource_id
  scalable_dimension = aws_appautoscaling_target.write.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}
```

## How to fix

Add a target and a policy for each dimension and ignore the capacities, or set `billing_mode = "PAY_PER_REQUEST"`. For a
load that is steady and known, suppress the rule and say so.

## References

- [Auto scaling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html)
- [aws_appautoscaling_target](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN645", visits=Table, severity=Severity.NOTE, equivalents=("CKV2_AWS_16",))
def autoscaling_missing(table: Table) -> Iterator[Violation]:
    """Nothing scales it; a table with some scaling is DYN643's, one with replicas DYN224's, one without DYN503's."""
    if any(replica.certain for replica in table.replicas) or any(table.scaling.targets()) or not table.is_provisioned:
        return
    if any(not field.is_unknown and (field.known or 0) < 1 for field in table.capacities):
        return
    if table.scaling.has_target("Read") or table.scaling.has_target("Write"):
        return
    yield Violation(
        f"{table.title} is provisioned, and nothing scales its capacity with the load",
        at=table,
        label="the same at any time",
        help='scale reads and writes, or set billing_mode = "PAY_PER_REQUEST"',
    )
