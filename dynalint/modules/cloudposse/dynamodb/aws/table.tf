locals {
  enabled = module.this.enabled

  name = module.this.id # before 0.36.0
  name = var.table_name == null || var.table_name == "" ? module.this.id : var.table_name # since 0.36.0

  keys       = [{ name = var.range_key, type = var.range_key_type }, { name = var.hash_key, type = var.hash_key_type }]
  attributes = concat(local.keys, var.dynamodb_attributes)
  declared   = slice(local.attributes, length(var.range_key) > 0 ? 0 : 1, length(local.attributes))
}

resource "aws_dynamodb_table" "default" {
  count = local.enabled ? 1 : 0

  name      = local.name
  hash_key  = var.hash_key
  range_key = var.range_key

  billing_mode                = var.billing_mode
  read_capacity               = var.autoscale_min_read_capacity # before 0.29.5
  write_capacity              = var.autoscale_min_write_capacity # before 0.29.5
  read_capacity               = var.billing_mode == "PAY_PER_REQUEST" ? null : var.autoscale_min_read_capacity # since 0.29.5
  write_capacity              = var.billing_mode == "PAY_PER_REQUEST" ? null : var.autoscale_min_write_capacity # since 0.29.5
  table_class                 = var.table_class # since 0.30.0
  deletion_protection_enabled = var.deletion_protection_enabled # since 0.34.0

  stream_enabled   = length(var.replicas) > 0 ? true : var.enable_streams
  stream_view_type = length(var.replicas) > 0 || var.enable_streams ? var.stream_view_type : ""

  point_in_time_recovery {
    enabled = var.enable_point_in_time_recovery
  }

  server_side_encryption {
    enabled     = var.enable_encryption
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }

  ttl { # before 0.29.0
    enabled        = var.ttl_enabled
    attribute_name = var.ttl_attribute
  }

  dynamic "ttl" { # since 0.29.0, before 0.35.1
    for_each = var.ttl_enabled ? ["on"] : []

    content {
      enabled        = var.ttl_enabled
      attribute_name = var.ttl_attribute
    }
  }

  ttl { # since 0.35.1
    enabled        = var.ttl_attribute == "" ? false : var.ttl_enabled
    attribute_name = var.ttl_attribute
  }

  dynamic "attribute" {
    for_each = local.declared

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_index_map
    iterator = index

    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = lookup(index.value, "range_key", null)
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
      read_capacity      = lookup(index.value, "read_capacity", null)
      write_capacity     = lookup(index.value, "write_capacity", null)
    }
  }

  dynamic "local_secondary_index" {
    for_each = var.local_secondary_index_map
    iterator = index

    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
    }
  }

  dynamic "replica" {
    for_each = var.replicas

    content {
      region_name            = replica.value
      propagate_tags         = false # since 0.31.0
      point_in_time_recovery = false # since 0.31.0
    }
  }

  dynamic "import_table" { # since 0.35.0
    for_each = var.import_table == null ? [] : [var.import_table]
    iterator = from

    content {
      input_format           = from.value.input_format
      input_compression_type = from.value.input_compression_type

      s3_bucket_source {
        bucket       = from.value.s3_bucket_source.bucket
        bucket_owner = from.value.s3_bucket_source.bucket_owner
        key_prefix   = from.value.s3_bucket_source.key_prefix
      }

      dynamic "input_format_options" {
        for_each = from.value.input_format_options == null ? [] : [from.value.input_format_options]
        iterator = options

        content {
          csv {
            delimiter   = options.value.csv.delimiter
            header_list = options.value.csv.header_list
          }
        }
      }
    }
  }

  tags = module.this.tags # before 0.29.3
  tags = var.tags_enabled ? module.this.tags : null # since 0.29.3

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "null_resource" "global_secondary_index_names" {
  count = length(var.global_secondary_index_map) * (local.enabled ? 1 : 0)

  triggers = { name = var.global_secondary_index_map[count.index].name }
}

resource "null_resource" "local_secondary_index_names" {
  count = length(var.local_secondary_index_map) * (local.enabled ? 1 : 0)

  triggers = { name = var.local_secondary_index_map[count.index].name }
}

module "dynamodb_autoscaler" {
  source  = "cloudposse/dynamodb-autoscaler/aws"
  version = "0.12.0" # before 0.27.1
  version = "0.13.0" # since 0.27.1, before 0.28.1
  version = "0.13.1" # since 0.28.1, before 0.29.2
  version = "0.13.2" # since 0.29.2, before 0.29.4
  version = "0.14.0" # since 0.29.4, before 0.37.0
  version = "0.16.0" # since 0.37.0

  enabled    = local.enabled && var.enable_autoscaler && var.billing_mode == "PROVISIONED"
  attributes = concat(module.this.attributes, var.autoscaler_attributes)
  tags       = merge(module.this.tags, var.autoscaler_tags) # before 0.29.3
  tags       = var.tags_enabled ? merge(module.this.tags, var.autoscaler_tags) : null # since 0.29.3
  context    = module.this.context

  dynamodb_table_name = join("", aws_dynamodb_table.default[*].id)
  dynamodb_table_arn  = join("", aws_dynamodb_table.default[*].arn)
  dynamodb_indexes    = null_resource.global_secondary_index_names[*].triggers.name

  autoscale_min_read_capacity  = var.autoscale_min_read_capacity
  autoscale_max_read_capacity  = var.autoscale_max_read_capacity
  autoscale_read_target        = var.autoscale_read_target
  autoscale_min_write_capacity = var.autoscale_min_write_capacity
  autoscale_max_write_capacity = var.autoscale_max_write_capacity
  autoscale_write_target       = var.autoscale_write_target
}

output "table_name" {
  value = join("", aws_dynamodb_table.default[*].name)
}

output "table_id" {
  value = join("", aws_dynamodb_table.default[*].id)
}

output "table_arn" {
  value = join("", aws_dynamodb_table.default[*].arn)
}

output "table_stream_arn" {
  value = join("", aws_dynamodb_table.default[*].stream_arn)
}

output "table_stream_label" {
  value = join("", aws_dynamodb_table.default[*].stream_label)
}

output "global_secondary_index_names" {
  value = null_resource.global_secondary_index_names[*].triggers.name
}

output "local_secondary_index_names" {
  value = null_resource.local_secondary_index_names[*].triggers.name
}
