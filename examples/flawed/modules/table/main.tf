variable "name" {
  type = string
}

variable "hash_key" {
  type = string
}

variable "hash_key_type" {
  type    = string
  default = "S"
}

variable "index_name" {
  type = string
}

variable "index_hash_key" {
  type = string
}

variable "point_in_time_recovery" {
  type    = bool
  default = true
}

variable "tags" {
  type = map(string)
}

resource "aws_dynamodb_table" "this" {
  name                        = var.name
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = var.hash_key
  deletion_protection_enabled = true
  tags                        = var.tags

  attribute {
    name = var.hash_key
    type = var.hash_key_type
  }

  attribute {
    name = var.index_hash_key
    type = "S"
  }

  global_secondary_index {
    name            = var.index_name
    hash_key        = var.index_hash_key
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = var.point_in_time_recovery
  }
}

output "arn" {
  value = aws_dynamodb_table.this.arn
}
