# What a call may pass, with the defaults that decide where it does not.

variable "create_table" {
  type    = bool
  default = true
}

variable "name" {
  type    = string
  default = null
}

variable "hash_key" {
  type    = string
  default = null
}

variable "range_key" {
  type    = string
  default = null
}

variable "attributes" {
  type    = list(map(string))
  default = []
}

variable "global_secondary_indexes" {
  type    = any
  default = []
}

variable "local_secondary_indexes" {
  type    = any
  default = []
}

variable "billing_mode" {
  type    = string
  default = "PAY_PER_REQUEST"
}

variable "read_capacity" {
  type    = number
  default = null
}

variable "write_capacity" {
  type    = number
  default = null
}

variable "on_demand_throughput" { # since 4.2.0
  type    = any
  default = {}
}

variable "warm_throughput" { # since 5.2.0
  type    = any
  default = {}
}

variable "table_class" { # since 1.3.0
  type    = string
  default = null
}

variable "deletion_protection_enabled" { # since 3.2.0
  type    = bool
  default = null
}

variable "point_in_time_recovery_enabled" {
  type    = bool
  default = false
}

variable "point_in_time_recovery_period_in_days" { # since 4.4.0
  type    = number
  default = null
}

variable "server_side_encryption_enabled" {
  type    = bool
  default = false
}

variable "server_side_encryption_kms_key_arn" {
  type    = string
  default = null
}

variable "ttl_enabled" {
  type    = bool
  default = false
}

variable "ttl_attribute_name" {
  type    = string
  default = ""
}

variable "stream_enabled" {
  type    = bool
  default = false
}

variable "stream_view_type" {
  type    = string
  default = null
}

variable "replica_regions" { # before 1.1.0
  type    = list(string)
  default = []
}

variable "replica_regions" { # since 1.1.0
  type    = any
  default = []
}

variable "global_table_witness" { # since 5.3.0
  type    = object({ region_name = optional(string) })
  default = null
}

variable "region" { # since 5.0.0
  type    = string
  default = null
}

variable "import_table" { # since 4.0.0
  type    = any
  default = {}
}

variable "restore_date_time" { # since 4.1.0
  type    = string
  default = null
}

variable "restore_source_name" { # since 4.1.0
  type    = string
  default = null
}

variable "restore_source_table_arn" { # since 4.1.0
  type    = string
  default = null
}

variable "restore_to_latest_time" { # since 4.1.0
  type    = bool
  default = null
}

variable "resource_policy" { # since 4.3.0
  type    = string
  default = null
}

variable "autoscaling_enabled" { # since 1.2.0
  type    = bool
  default = false
}

variable "ignore_changes_global_secondary_index" { # since 3.3.0
  type    = bool
  default = false
}

variable "autoscaling_read" {
  type    = map(string)
  default = {}
}

variable "autoscaling_write" {
  type    = map(string)
  default = {}
}

variable "autoscaling_indexes" {
  type    = map(map(string))
  default = {}
}

variable "autoscaling_defaults" {
  type = map(string)
  default = {
    target_value       = 70
    scale_in_cooldown  = 0
    scale_out_cooldown = 0
  }
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "timeouts" {
  type    = map(string)
  default = { create = "10m", delete = "10m", update = "60m" }
}
