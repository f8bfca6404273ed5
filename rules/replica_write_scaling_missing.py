"""A provisioned table with replicas does not scale its writes.

## Why it matters

Every replica takes every write, so AWS wants write capacity that can follow: *Table write capacity should either be
Pay-Per-Request or AutoScaled*. That goes for the table and for each of its global indexes. Terraform does not look, and
the apply that adds the replica fails, in most cases after the table itself has been made.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

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

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica { #~ DYN224
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

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

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica {
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

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

Make the table `PAY_PER_REQUEST`, or give its write capacity and that of each index an `aws_appautoscaling_target` with
a policy before the replica is added (`depends_on`).

## References

- [Global tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html)
- [Table write capacity should be autoscaled](https://github.com/hashicorp/terraform-provider-aws/issues/13097)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN224", visits=Table, severity=Severity.ERROR)
def replica_write_scaling_missing(table: Table) -> Iterator[Violation]:
    """Target and policy for the writes of the table and of each global index."""
    replica = next((replica for replica in table.replicas if replica.certain), None)
    if replica is None or not table.is_provisioned:
        return
    lacking = [] if table.scaling.is_scaled("Write") else [table.title]
    lacking += [
        index.title for index in table.indexes if index.is_global and not table.scaling.is_scaled("Write", index)
    ]
    if lacking:
        yield Violation(
            f"{table.title} is provisioned and has replicas, and nothing scales the writes of {' and '.join(lacking)}: "
            "AWS refuses the replica",
            at=replica,
            label="needs write capacity that follows",
            help="make the table PAY_PER_REQUEST, or scale the write capacity with a target and a policy",
        )
