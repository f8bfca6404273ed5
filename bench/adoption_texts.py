"""What stands in the files of ``bench.adoption`` beside its tables."""

from __future__ import annotations

VERSIONS = """\
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}
"""
VARIABLES = """\
variable "environment" {
  type        = string
  description = "dev or prod."
}

variable "point_in_time_recovery" {
  type        = bool
  description = "Whether tables can be restored to any second of the last 35 days."
  default     = true
}

variable "deletion_protection" {
  type        = bool
  description = "Whether tables refuse to be deleted."
  default     = false
}
"""
LOCALS = """\
locals {
  prefix = "shop-STACK-${var.environment}"

  tags = {
    Team        = "STACK"
    Environment = var.environment
  }
}
"""
DEV = """\
environment            = "dev"
point_in_time_recovery = false # nobody restores dev
"""
PROD = """\
environment         = "prod"
deletion_protection = true
"""
MOVED = """\
# Renamed in March, when the second kind of event came.
moved {
  from = aws_dynamodb_table.events
  to   = aws_dynamodb_table.order_events
}
"""
MODULE = """\
resource "aws_dynamodb_table" "this" {
  name         = var.name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = var.hash_key

  attribute {
    name = var.hash_key
    type = "S"
  }

  point_in_time_recovery {
    enabled = var.recoverable
  }

  tags = var.tags
}
"""
MODULE_VARIABLES = """\
variable "name" {
  type = string
}

variable "hash_key" {
  type    = string
  default = "id"
}

variable "recoverable" {
  type    = bool
  default = true
}

variable "tags" {
  type    = map(string)
  default = {}
}
"""
MODULE_OUTPUTS = """\
output "arn" {
  value = aws_dynamodb_table.this.arn
}
"""
IAM = {
    "orders": """\
data "aws_iam_policy_document" "orders_api" {
  statement {
    sid       = "Orders"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan"]
    resources = [aws_dynamodb_table.orders.arn]
  }

  statement {
    sid       = "Carts"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:GetItems"]
    resources = [aws_dynamodb_table.carts.arn, aws_dynamodb_table.cart_items.arn]
  }
}

resource "aws_iam_policy" "orders_api" {
  name   = "${local.prefix}-orders-api"
  policy = data.aws_iam_policy_document.orders_api.json
}

# The report reads everything once a night.
resource "aws_iam_policy" "report" {
  name = "${local.prefix}-report"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["dynamodb:Scan", "dynamodb:Query"]
      Resource = "*"
    }]
  })
}
""",
    "catalog": """\
resource "aws_iam_policy" "importer" {
  name   = "${local.prefix}-importer"
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": "dynamodb:*",
          "Resource": "*"
        }
      ]
    }
  JSON
}
""",
    "platform": """\
data "aws_iam_policy_document" "worker" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:UpdateItem", "dynamodb:DeleteTable"]
    resources = ["arn:aws:dynamodb:*:*:table/*"]
  }

  statement {
    actions   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator"]
    resources = [aws_dynamodb_table.jobs.arn]
  }
}

resource "aws_iam_policy" "worker" {
  name   = "${local.prefix}-worker"
  policy = data.aws_iam_policy_document.worker.json
}
""",
}
