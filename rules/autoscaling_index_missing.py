"""A table is scaled, and an index of it is not.

## Why it matters

An index has capacity of its own, and scaling the table does not scale it. When the load comes, the table follows and
the index does not: it falls behind, and throttles the writes of the table that was just scaled for them.

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

  global_secondary_index { #~ DYN501 #~ DYN644
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

Add a target and a policy for each dimension of the index (`table/NAME/index/INDEX`), or bill the table by request.

## References

- [Throttling and global secondary indexes](https://repost.aws/knowledge-center/dynamodb-gsi-throttling-table)
- [Auto scaling](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN644", visits=Index, severity=Severity.WARNING)
def autoscaling_index_missing(index: Index) -> Iterator[Violation]:
    """What the table has, each of its global indexes has."""
    table = index.table
    if table is None or not index.is_global or not any(table.scaling.targets()) or not table.is_provisioned:
        return
    lacking = [way for way in ("Read", "Write") if table.scaling.has_target(way) and not _scaled(index, way)]
    if lacking:
        ways = " and ".join(f"{way.lower()}s" for way in lacking)
        yield Violation(
            f"{table.title} is scaled, and the {ways} of {index.title} are not: it holds up the table when the load "
            "comes",
            at=index,
            label="does not follow",
            help="add a target and a policy for table/NAME/index/INDEX",
        )


def _scaled(index: Index, way: str) -> bool:
    return index.table is not None and index.table.scaling.has_target(way, index)
