# Targets and policies of Application Auto Scaling, for the table and for each of the named indexes.

variable "dynamodb_table_name" {
  type = string
}

variable "dynamodb_table_arn" {
  type = string
}

variable "dynamodb_indexes" {
  type    = list(string)
  default = []
}

variable "autoscale_min_read_capacity" {
  type    = number
  default = 5
}

variable "autoscale_max_read_capacity" {
  type    = number
  default = 20
}

variable "autoscale_read_target" {
  type    = number
  default = 50
}

variable "autoscale_min_write_capacity" {
  type    = number
  default = 5
}

variable "autoscale_max_write_capacity" {
  type    = number
  default = 20
}

variable "autoscale_write_target" {
  type    = number
  default = 50
}

variable "autoscale_min_read_capacity_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_max_read_capacity_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_read_target_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_min_write_capacity_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_max_write_capacity_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_write_target_index" { # since 0.14.0
  type    = number
  default = null
}

variable "autoscale_scale_in_cooldown" { # since 0.15.0
  type    = number
  default = null
}

variable "autoscale_scale_out_cooldown" { # since 0.15.0
  type    = number
  default = null
}

locals {
  scaled_indexes = toset(var.dynamodb_indexes) # before 0.13.1
  scaled_indexes = module.this.enabled ? toset(var.dynamodb_indexes) : toset([]) # since 0.13.1
}

resource "aws_appautoscaling_target" "read_target" {
  count = module.this.enabled ? 1 : 0

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${var.dynamodb_table_name}"
  min_capacity       = var.autoscale_min_read_capacity
  max_capacity       = var.autoscale_max_read_capacity
  tags               = module.this.tags # since 0.15.0
}

resource "aws_appautoscaling_target" "read_target_index" {
  for_each = local.scaled_indexes

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  resource_id        = "table/${var.dynamodb_table_name}/index/${each.key}"
  min_capacity       = var.autoscale_min_read_capacity # before 0.14.0
  min_capacity       = coalesce(var.autoscale_min_read_capacity_index, var.autoscale_min_read_capacity) # since 0.14.0
  max_capacity       = var.autoscale_max_read_capacity # before 0.14.0
  max_capacity       = coalesce(var.autoscale_max_read_capacity_index, var.autoscale_max_read_capacity) # since 0.14.0
  tags               = module.this.tags # since 0.15.0
}

resource "aws_appautoscaling_policy" "read_policy" {
  count = module.this.enabled ? 1 : 0

  name               = "DynamoDBReadCapacityUtilization:${join("", aws_appautoscaling_target.read_target[*].resource_id)}" # before 0.13.0
  name               = "DynamoDBReadCapacityUtilization:${join("", aws_appautoscaling_target.read_target[*].id)}" # since 0.13.0
  policy_type        = "TargetTrackingScaling"
  service_namespace  = join("", aws_appautoscaling_target.read_target[*].service_namespace)
  scalable_dimension = join("", aws_appautoscaling_target.read_target[*].scalable_dimension)
  resource_id        = join("", aws_appautoscaling_target.read_target[*].resource_id)

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscale_read_target
    scale_in_cooldown  = var.autoscale_scale_in_cooldown # since 0.15.0
    scale_out_cooldown = var.autoscale_scale_out_cooldown # since 0.15.0

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "read_policy_index" {
  for_each = local.scaled_indexes

  name               = "DynamoDBReadCapacityUtilization:${each.key}" # before 0.13.0
  name               = "DynamoDBReadCapacityUtilization:${aws_appautoscaling_target.read_target_index[each.key].id}" # since 0.13.0
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.read_target_index[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.read_target_index[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.read_target_index[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscale_read_target # before 0.14.0
    target_value       = coalesce(var.autoscale_read_target_index, var.autoscale_read_target) # since 0.14.0
    scale_in_cooldown  = var.autoscale_scale_in_cooldown # since 0.15.0
    scale_out_cooldown = var.autoscale_scale_out_cooldown # since 0.15.0

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBReadCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_target" "write_target" {
  count = module.this.enabled ? 1 : 0

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:WriteCapacityUnits"
  resource_id        = "table/${var.dynamodb_table_name}"
  min_capacity       = var.autoscale_min_write_capacity
  max_capacity       = var.autoscale_max_write_capacity
  tags               = module.this.tags # since 0.16.0
}

resource "aws_appautoscaling_target" "write_target_index" {
  for_each = local.scaled_indexes

  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:WriteCapacityUnits"
  resource_id        = "table/${var.dynamodb_table_name}/index/${each.key}"
  min_capacity       = var.autoscale_min_write_capacity # before 0.14.0
  min_capacity       = coalesce(var.autoscale_min_write_capacity_index, var.autoscale_min_write_capacity) # since 0.14.0
  max_capacity       = var.autoscale_max_write_capacity # before 0.14.0
  max_capacity       = coalesce(var.autoscale_max_write_capacity_index, var.autoscale_max_write_capacity) # since 0.14.0
  tags               = module.this.tags # since 0.16.0
}

resource "aws_appautoscaling_policy" "write_policy" {
  count = module.this.enabled ? 1 : 0

  name               = "DynamoDBWriteCapacityUtilization:${join("", aws_appautoscaling_target.write_target[*].resource_id)}" # before 0.13.0
  name               = "DynamoDBWriteCapacityUtilization:${join("", aws_appautoscaling_target.write_target[*].id)}" # since 0.13.0
  policy_type        = "TargetTrackingScaling"
  service_namespace  = join("", aws_appautoscaling_target.write_target[*].service_namespace)
  scalable_dimension = join("", aws_appautoscaling_target.write_target[*].scalable_dimension)
  resource_id        = join("", aws_appautoscaling_target.write_target[*].resource_id)

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscale_write_target
    scale_in_cooldown  = var.autoscale_scale_in_cooldown # since 0.15.0
    scale_out_cooldown = var.autoscale_scale_out_cooldown # since 0.15.0

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "write_policy_index" {
  for_each = local.scaled_indexes

  name               = "DynamoDBWriteCapacityUtilization:${each.key}" # before 0.13.0
  name               = "DynamoDBWriteCapacityUtilization:${aws_appautoscaling_target.write_target_index[each.key].id}" # since 0.13.0
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.write_target_index[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.write_target_index[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.write_target_index[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = var.autoscale_write_target # before 0.14.0
    target_value       = coalesce(var.autoscale_write_target_index, var.autoscale_write_target) # since 0.14.0
    scale_in_cooldown  = var.autoscale_scale_in_cooldown # since 0.15.0
    scale_out_cooldown = var.autoscale_scale_out_cooldown # since 0.15.0

    predefined_metric_specification {
      predefined_metric_type = "DynamoDBWriteCapacityUtilization"
    }
  }
}

output "appautoscaling_read_policy_arn" {
  value = join("", aws_appautoscaling_policy.read_policy[*].arn)
}

output "appautoscaling_write_policy_arn" {
  value = join("", aws_appautoscaling_policy.write_policy[*].arn)
}
