terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.98"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

locals {
  tags = {
    Service = "shop"
    Owner   = "checkout"
  }
}

module "orders" {
  source = "./modules/table"

  name                   = "shop-orders"
  hash_key               = "order_id"
  hash_key_type          = "String"
  index_name             = "by-customer"
  index_hash_key         = "customer_id"
  point_in_time_recovery = var.point_in_time_recovery
  tags                   = local.tags
}

resource "aws_dynamodb_table" "sessions" {
  name                        = "shop-sessions"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "session_id"
  deletion_protection_enabled = true

  attribute {
    name = "sessionId"
    type = "S"
  }

  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }
}
