"""Auto scaling and Terraform both set the capacity of an index.

## Why it matters

Ignoring `read_capacity` and `write_capacity` of a table does not cover its indexes: their capacity is part of
`global_secondary_index`. The next apply sets a scaled index back to what is written down, and an index short of write
capacity throttles the table.

`ignore_changes` knows no single argument of a nested block: either all of `global_secondary_index` is ignored, edits of
its keys too, or the index is a resource of its own (`aws_dynamodb_global_secondary_index`, provider 6).

## Non-compliant

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

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN501 #~ DYN641
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
    read_capacity   = 5
    write_capacity  = 5
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

resource "aws_appautoscaling_target" "index_read" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}/index/by-customer"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "index_read" {
  name               = "by-customer-read"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.index_read.service_namespace
  resource_id        = aws_appautoscaling_target.index_read.resource_id
  scalable_dimension = aws_appautoscaling_target.index_read.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "index_write" {
  service_namespace  = "dynamodb"
  resource_id        = "table/${aws_dynamodb_table.orders.name}/index/by-customer"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  min_capacity       = 5
  max_capacity       = 100
}

resource "aws_appautoscaling_policy" "index_write" {
  name               = "by-customer-write"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.index_write.service_namespace
  resource_id        = aws_appautoscaling_target.index_write.resource_id
  scalable_dimension = aws_appautoscaling_target.index_write.scalable_dimension

  target_tracking_scaling_policy_configuration {
    target_value = 70

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
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

Bill the table by request, ignore `global_secondary_index` and change indexes in two steps, or use the index resource of
provider 6 and ignore its capacity there.

## References

- [Scaled indexes are planned back](https://github.com/hashicorp/terraform-provider-aws/issues/671)
- [Auto scaling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN641", visits=Index, severity=Severity.WARNING)
def autoscaling_resets_index_capacity(index: Index) -> Iterator[Violation]:
    """A scaled inline index whose table does not ignore its indexes."""
    table = index.table
    if table is None or not index.is_global or index.standalone or table.leaves_alone("global_secondary_index"):
        return
    if any(table.scaling.targets(index)) and table.is_provisioned:
        yield Violation(
            f"{index.title} is scaled, and the next apply sets it back: ignoring the capacity of {table.title} does "
            "not cover its indexes",
            at=index,
            label="scaled, and not ignored",
            help="ignore global_secondary_index, or make the index a resource of its own (provider 6)",
        )
