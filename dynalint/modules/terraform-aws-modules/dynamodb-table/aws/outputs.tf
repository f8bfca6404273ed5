# What other configuration may refer to, IAM policies above all.

locals {
  arn = try(aws_dynamodb_table.this[0].arn, "") # before 1.2.0
  arn = try(aws_dynamodb_table.this[0].arn, aws_dynamodb_table.autoscaled[0].arn, "") # since 1.2.0, before 3.3.0
  arn = try(aws_dynamodb_table.this[0].arn, aws_dynamodb_table.autoscaled[0].arn, aws_dynamodb_table.autoscaled_gsi_ignore[0].arn, "") # since 3.3.0

  id = try(aws_dynamodb_table.this[0].id, "") # before 1.2.0
  id = try(aws_dynamodb_table.this[0].id, aws_dynamodb_table.autoscaled[0].id, "") # since 1.2.0, before 3.3.0
  id = try(aws_dynamodb_table.this[0].id, aws_dynamodb_table.autoscaled[0].id, aws_dynamodb_table.autoscaled_gsi_ignore[0].id, "") # since 3.3.0

  stream_arn = try(aws_dynamodb_table.this[0].stream_arn, "") # before 1.2.0
  stream_arn = try(aws_dynamodb_table.this[0].stream_arn, aws_dynamodb_table.autoscaled[0].stream_arn, "") # since 1.2.0, before 3.3.0
  stream_arn = try(aws_dynamodb_table.this[0].stream_arn, aws_dynamodb_table.autoscaled[0].stream_arn, aws_dynamodb_table.autoscaled_gsi_ignore[0].stream_arn, "") # since 3.3.0

  stream_label = try(aws_dynamodb_table.this[0].stream_label, "") # before 1.2.0
  stream_label = try(aws_dynamodb_table.this[0].stream_label, aws_dynamodb_table.autoscaled[0].stream_label, "") # since 1.2.0, before 3.3.0
  stream_label = try(aws_dynamodb_table.this[0].stream_label, aws_dynamodb_table.autoscaled[0].stream_label, aws_dynamodb_table.autoscaled_gsi_ignore[0].stream_label, "") # since 3.3.0

  replicas = { # since 5.4.0
    for replica in try(aws_dynamodb_table.this[0].replica, aws_dynamodb_table.autoscaled[0].replica, aws_dynamodb_table.autoscaled_gsi_ignore[0].replica, []) : replica.region_name => replica
  }
}

output "dynamodb_table_arn" {
  value = local.arn
}

output "dynamodb_table_id" {
  value = local.id
}

output "dynamodb_table_stream_arn" {
  value = var.stream_enabled ? local.stream_arn : null # before 5.4.0
  value = local.stream_arn # since 5.4.0
}

output "dynamodb_table_stream_label" {
  value = var.stream_enabled ? local.stream_label : null # before 5.4.0
  value = local.stream_label # since 5.4.0
}

output "dynamodb_table_replicas" { # since 5.4.0
  value = local.replicas
}

output "dynamodb_table_replica_arns" { # since 5.4.0
  value = { for region, replica in local.replicas : region => replica.arn }
}

output "dynamodb_table_replica_stream_arns" { # since 5.4.0
  value = { for region, replica in local.replicas : region => replica.stream_arn }
}

output "dynamodb_table_replica_stream_labels" { # since 5.4.0
  value = { for region, replica in local.replicas : region => replica.stream_label }
}
