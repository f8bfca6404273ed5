# One of three tables is made; they differ in the changes made elsewhere, by autoscaling above all, that they let be.

resource "aws_dynamodb_table" "this" {
  count = var.create_table ? 1 : 0 # before 1.2.0
  count = var.create_table && !var.autoscaling_enabled ? 1 : 0 # since 1.2.0

  name      = var.name
  region    = var.region # since 5.0.0
  hash_key  = var.hash_key
  range_key = var.range_key

  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  table_class                 = var.table_class # since 1.3.0
  deletion_protection_enabled = var.deletion_protection_enabled # since 3.2.0

  stream_enabled   = var.stream_enabled
  stream_view_type = var.stream_view_type

  restore_date_time        = var.restore_date_time # since 4.1.0
  restore_source_name      = var.restore_source_name # since 4.1.0
  restore_source_table_arn = var.restore_source_table_arn # since 4.1.0
  restore_to_latest_time   = var.restore_to_latest_time # since 4.1.0

  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_enabled
    recovery_period_in_days = var.point_in_time_recovery_period_in_days # since 4.4.0
  }

  server_side_encryption {
    enabled     = var.server_side_encryption_enabled
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }

  ttl {
    enabled        = var.ttl_enabled
    attribute_name = var.ttl_attribute_name
  }

  dynamic "attribute" {
    for_each = var.attributes

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_indexes
    iterator = index

    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = lookup(index.value, "range_key", null)
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
      read_capacity      = lookup(index.value, "read_capacity", null)
      write_capacity     = lookup(index.value, "write_capacity", null)

      dynamic "on_demand_throughput" { # since 4.2.0
        for_each = try([index.value.on_demand_throughput], [])
        iterator = limit

        content {
          max_read_request_units  = try(limit.value.max_read_request_units, null)
          max_write_request_units = try(limit.value.max_write_request_units, null)
        }
      }

      dynamic "warm_throughput" { # since 5.2.0
        for_each = try([index.value.warm_throughput], [])
        iterator = warm

        content {
          read_units_per_second  = try(warm.value.read_units_per_second, null)
          write_units_per_second = try(warm.value.write_units_per_second, null)
        }
      }
    }
  }

  dynamic "local_secondary_index" {
    for_each = var.local_secondary_indexes
    iterator = index

    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
    }
  }

  dynamic "replica" {
    for_each = var.replica_regions
    iterator = there

    content {
      region_name                 = there.value # before 1.1.0
      region_name                 = there.value.region_name # since 1.1.0
      kms_key_arn                 = lookup(there.value, "kms_key_arn", null) # since 1.1.0
      propagate_tags              = lookup(there.value, "propagate_tags", null) # since 3.0.0
      point_in_time_recovery      = lookup(there.value, "point_in_time_recovery", null) # since 3.1.0
      consistency_mode            = try(there.value.consistency_mode, null) # since 5.0.0
      deletion_protection_enabled = lookup(there.value, "deletion_protection_enabled", null) # since 5.1.0
    }
  }

  dynamic "global_table_witness" { # since 5.3.0
    for_each = var.global_table_witness == null ? [] : [var.global_table_witness]

    content {
      region_name = global_table_witness.value.region_name
    }
  }

  dynamic "import_table" { # since 4.0.0
    for_each = length(var.import_table) == 0 ? [] : [var.import_table]
    iterator = from

    content {
      input_format           = from.value.input_format
      input_compression_type = try(from.value.input_compression_type, null)

      s3_bucket_source {
        bucket       = from.value.bucket
        bucket_owner = try(from.value.bucket_owner, null)
        key_prefix   = try(from.value.key_prefix, null)
      }

      dynamic "input_format_options" {
        for_each = try([from.value.input_format_options], [])
        iterator = options

        content {
          dynamic "csv" {
            for_each = try([options.value.csv], [])

            content {
              delimiter   = try(csv.value.delimiter, null)
              header_list = try(csv.value.header_list, null)
            }
          }
        }
      }
    }
  }

  dynamic "on_demand_throughput" { # since 4.2.0
    for_each = length(var.on_demand_throughput) == 0 ? [] : [var.on_demand_throughput]
    iterator = limit

    content {
      max_read_request_units  = try(limit.value.max_read_request_units, null)
      max_write_request_units = try(limit.value.max_write_request_units, null)
    }
  }

  dynamic "warm_throughput" { # since 5.2.0
    for_each = length(var.warm_throughput) == 0 ? [] : [var.warm_throughput]
    iterator = warm

    content {
      read_units_per_second  = try(warm.value.read_units_per_second, null)
      write_units_per_second = try(warm.value.write_units_per_second, null)
    }
  }

  tags = merge(var.tags, { Name = format("%s", var.name) })

  timeouts {
    create = lookup(var.timeouts, "create", null)
    delete = lookup(var.timeouts, "delete", null)
    update = lookup(var.timeouts, "update", null)
  }
}

resource "aws_dynamodb_table" "autoscaled" { # since 1.2.0
  count = var.create_table && var.autoscaling_enabled ? 1 : 0 # before 3.3.0
  count = var.create_table && var.autoscaling_enabled && !var.ignore_changes_global_secondary_index ? 1 : 0 # since 3.3.0

  name      = var.name
  region    = var.region # since 5.0.0
  hash_key  = var.hash_key
  range_key = var.range_key

  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  table_class                 = var.table_class # since 3.1.1
  deletion_protection_enabled = var.deletion_protection_enabled # since 3.2.0

  stream_enabled   = var.stream_enabled
  stream_view_type = var.stream_view_type

  restore_date_time        = var.restore_date_time # since 4.1.0
  restore_source_name      = var.restore_source_name # since 4.1.0
  restore_source_table_arn = var.restore_source_table_arn # since 4.1.0
  restore_to_latest_time   = var.restore_to_latest_time # since 4.1.0

  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_enabled
    recovery_period_in_days = var.point_in_time_recovery_period_in_days # since 4.4.0
  }

  server_side_encryption {
    enabled     = var.server_side_encryption_enabled
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }

  ttl {
    enabled        = var.ttl_enabled
    attribute_name = var.ttl_attribute_name
  }

  dynamic "attribute" {
    for_each = var.attributes

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_indexes
    iterator = index

    content {
      name               = index.value.name
      hash_key           = index.value.hash_key
      range_key          = lookup(index.value, "range_key", null)
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
      read_capacity      = lookup(index.value, "read_capacity", null)
      write_capacity     = lookup(index.value, "write_capacity", null)

      dynamic "on_demand_throughput" { # since 4.2.0
        for_each = try([index.value.on_demand_throughput], [])
        iterator = limit

        content {
          max_read_request_units  = try(limit.value.max_read_request_units, null)
          max_write_request_units = try(limit.value.max_write_request_units, null)
        }
      }

      dynamic "warm_throughput" { # since 5.2.0
        for_each = try([index.value.warm_throughput], [])
        iterator = warm

        content {
          read_units_per_second  = try(warm.value.read_units_per_second, null)
          write_units_per_second = try(warm.value.write_units_per_second, null)
        }
      }
    }
  }

  dynamic "local_secondary_index" {
    for_each = var.local_secondary_indexes
    iterator = index

    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
    }
  }

  dynamic "replica" {
    for_each = var.replica_regions
    iterator = there

    content {
      region_name            = there.value.region_name
      kms_key_arn            = lookup(there.value, "kms_key_arn", null)
      propagate_tags         = lookup(there.value, "propagate_tags", null) # since 3.1.0
      point_in_time_recovery = lookup(there.value, "point_in_time_recovery", null) # since 3.1.0
      consistency_mode       = try(there.value.consistency_mode, null) # since 5.0.0
    }
  }

  dynamic "import_table" { # since 4.0.0
    for_each = length(var.import_table) == 0 ? [] : [var.import_table]
    iterator = from

    content {
      input_format           = from.value.input_format
      input_compression_type = try(from.value.input_compression_type, null)

      s3_bucket_source {
        bucket       = from.value.bucket
        bucket_owner = try(from.value.bucket_owner, null)
        key_prefix   = try(from.value.key_prefix, null)
      }

      dynamic "input_format_options" {
        for_each = try([from.value.input_format_options], [])
        iterator = options

        content {
          dynamic "csv" {
            for_each = try([options.value.csv], [])

            content {
              delimiter   = try(csv.value.delimiter, null)
              header_list = try(csv.value.header_list, null)
            }
          }
        }
      }
    }
  }

  dynamic "on_demand_throughput" { # since 4.2.0
    for_each = length(var.on_demand_throughput) == 0 ? [] : [var.on_demand_throughput]
    iterator = limit

    content {
      max_read_request_units  = try(limit.value.max_read_request_units, null)
      max_write_request_units = try(limit.value.max_write_request_units, null)
    }
  }

  dynamic "warm_throughput" { # since 5.2.0
    for_each = length(var.warm_throughput) == 0 ? [] : [var.warm_throughput]
    iterator = warm

    content {
      read_units_per_second  = try(warm.value.read_units_per_second, null)
      write_units_per_second = try(warm.value.write_units_per_second, null)
    }
  }

  tags = merge(var.tags, { Name = format("%s", var.name) })

  timeouts {
    create = lookup(var.timeouts, "create", null)
    delete = lookup(var.timeouts, "delete", null)
    update = lookup(var.timeouts, "update", null)
  }

  lifecycle {
    ignore_changes = [read_capacity, write_capacity]
  }
}

resource "aws_dynamodb_table" "autoscaled_gsi_ignore" { # since 3.3.0
  count = var.create_table && var.autoscaling_enabled && var.ignore_changes_global_secondary_index ? 1 : 0

  name      = var.name
  region    = var.region # since 5.0.0
  hash_key  = var.hash_key
  range_key = var.range_key

  billing_mode                = var.billing_mode
  read_capacity               = var.read_capacity
  write_capacity              = var.write_capacity
  table_class                 = var.table_class # since 3.1.1
  deletion_protection_enabled = var.deletion_protection_enabled # since 3.2.0

  stream_enabled   = var.stream_enabled
  stream_view_type = var.stream_view_type

  restore_date_time        = var.restore_date_time # since 4.1.0
  restore_source_name      = var.restore_source_name # since 4.1.0
  restore_source_table_arn = var.restore_source_table_arn # since 4.1.0
  restore_to_latest_time   = var.restore_to_latest_time # since 4.1.0

  point_in_time_recovery {
    enabled                 = var.point_in_time_recovery_enabled
    recovery_period_in_days = var.point_in_time_recovery_period_in_days # since 4.4.0
  }

  server_side_encryption {
    enabled     = var.server_side_encryption_enabled
    kms_key_arn = var.server_side_encryption_kms_key_arn
  }

  ttl {
    enabled        = var.ttl_enabled
    attribute_name = var.ttl_attribute_name
  }

  dynamic "attribute" {
    for_each = var.attributes

    content {
      name = attribute.value.name
      type = attribute.value.type
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.global_secondary_indexes
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
    for_each = var.local_secondary_indexes
    iterator = index

    content {
      name               = index.value.name
      range_key          = index.value.range_key
      projection_type    = index.value.projection_type
      non_key_attributes = lookup(index.value, "non_key_attributes", null)
    }
  }

  dynamic "replica" {
    for_each = var.replica_regions
    iterator = there

    content {
      region_name            = there.value.region_name
      kms_key_arn            = lookup(there.value, "kms_key_arn", null)
      propagate_tags         = lookup(there.value, "propagate_tags", null) # since 3.1.0
      point_in_time_recovery = lookup(there.value, "point_in_time_recovery", null) # since 3.1.0
      consistency_mode       = try(there.value.consistency_mode, null) # since 5.0.0
    }
  }

  tags = merge(var.tags, { Name = format("%s", var.name) })

  timeouts {
    create = lookup(var.timeouts, "create", null)
    delete = lookup(var.timeouts, "delete", null)
    update = lookup(var.timeouts, "update", null)
  }

  lifecycle {
    ignore_changes = [global_secondary_index, read_capacity, write_capacity]
  }
}

resource "aws_dynamodb_resource_policy" "this" { # since 4.3.0
  count = var.create_table && var.resource_policy != null ? 1 : 0

  region       = var.region # since 5.0.0
  resource_arn = local.arn
  policy       = replace(var.resource_policy, "__DYNAMODB_TABLE_ARN__", local.arn)
}
