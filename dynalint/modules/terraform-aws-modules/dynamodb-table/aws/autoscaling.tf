# Targets and policies of Application Auto Scaling.

locals {
  scaled = var.create_table # before 1.2.0
  scaled = var.create_table && var.autoscaling_enabled # since 1.2.0
}

resource "aws_appautoscaling_target" "table_read" {
  count = local.scaled && length(var.autoscaling_read) > 0 ? 1 : 0

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.this[0].name}" # before 1.2.0
  resource_id        = "table/${aws_dynamodb_table.autoscaled[0].name}" # since 1.2.0, before 3.3.0
  resource_id        = "table/${try(aws_dynamodb_table.autoscaled[0].name, aws_dynamodb_table.autoscaled_gsi_ignore[0].name)}" # since 3.3.0
  min_capacity       = var.read_capacity
  max_capacity       = var.autoscaling_read["max_capacity"]
}

resource "aws_appautoscaling_target" "table_write" {
  count = local.scaled && length(var.autoscaling_write) > 0 ? 1 : 0

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.this[0].name}" # before 1.2.0
  resource_id        = "table/${aws_dynamodb_table.autoscaled[0].name}" # since 1.2.0, before 3.3.0
  resource_id        = "table/${try(aws_dynamodb_table.autoscaled[0].name, aws_dynamodb_table.autoscaled_gsi_ignore[0].name)}" # since 3.3.0
  min_capacity       = var.write_capacity
  max_capacity       = var.autoscaling_write["max_capacity"]
}

resource "aws_appautoscaling_target" "index_read" {
  for_each = local.scaled ? var.autoscaling_indexes : {}

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.this[0].name}/index/${each.key}" # before 1.2.0
  resource_id        = "table/${aws_dynamodb_table.autoscaled[0].name}/index/${each.key}" # since 1.2.0, before 3.3.0
  resource_id        = "table/${try(aws_dynamodb_table.autoscaled[0].name, aws_dynamodb_table.autoscaled_gsi_ignore[0].name)}/index/${each.key}" # since 3.3.0
  min_capacity       = each.value["read_min_capacity"]
  max_capacity       = each.value["read_max_capacity"]
}

resource "aws_appautoscaling_target" "index_write" {
  for_each = local.scaled ? var.autoscaling_indexes : {}

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.this[0].name}/index/${each.key}" # before 1.2.0
  resource_id        = "table/${aws_dynamodb_table.autoscaled[0].name}/index/${each.key}" # since 1.2.0, before 3.3.0
  resource_id        = "table/${try(aws_dynamodb_table.autoscaled[0].name, aws_dynamodb_table.autoscaled_gsi_ignore[0].name)}/index/${each.key}" # since 3.3.0
  min_capacity       = each.value["write_min_capacity"]
  max_capacity       = each.value["write_max_capacity"]
}

resource "aws_appautoscaling_policy" "table_read_policy" {
  count = local.scaled && length(var.autoscaling_read) > 0 ? 1 : 0

  name               = "DynamoDBReadCapacityUtilization:${aws_appautoscaling_target.table_read[0].resource_id}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.table_read[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.table_read[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.table_read[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = merge(var.autoscaling_defaults, var.autoscaling_read)["target_value"]
    scale_in_cooldown  = merge(var.autoscaling_defaults, var.autoscaling_read)["scale_in_cooldown"]
    scale_out_cooldown = merge(var.autoscaling_defaults, var.autoscaling_read)["scale_out_cooldown"]

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "table_write_policy" {
  count = local.scaled && length(var.autoscaling_write) > 0 ? 1 : 0

  name               = "DynamoDBWriteCapacityUtilization:${aws_appautoscaling_target.table_write[0].resource_id}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.table_write[0].service_namespace
  scalable_dimension = aws_appautoscaling_target.table_write[0].scalable_dimension
  resource_id        = aws_appautoscaling_target.table_write[0].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = merge(var.autoscaling_defaults, var.autoscaling_write)["target_value"]
    scale_in_cooldown  = merge(var.autoscaling_defaults, var.autoscaling_write)["scale_in_cooldown"]
    scale_out_cooldown = merge(var.autoscaling_defaults, var.autoscaling_write)["scale_out_cooldown"]

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "index_read_policy" {
  for_each = local.scaled ? var.autoscaling_indexes : {}

  name               = "DynamoDBReadCapacityUtilization:${aws_appautoscaling_target.index_read[each.key].resource_id}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.index_read[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.index_read[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.index_read[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = merge(var.autoscaling_defaults, each.value)["target_value"]
    scale_in_cooldown  = merge(var.autoscaling_defaults, each.value)["scale_in_cooldown"]
    scale_out_cooldown = merge(var.autoscaling_defaults, each.value)["scale_out_cooldown"]

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "index_write_policy" {
  for_each = local.scaled ? var.autoscaling_indexes : {}

  name               = "DynamoDBWriteCapacityUtilization:${aws_appautoscaling_target.index_write[each.key].resource_id}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.index_write[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.index_write[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.index_write[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = merge(var.autoscaling_defaults, each.value)["target_value"]
    scale_in_cooldown  = merge(var.autoscaling_defaults, each.value)["scale_in_cooldown"]
    scale_out_cooldown = merge(var.autoscaling_defaults, each.value)["scale_out_cooldown"]

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}
