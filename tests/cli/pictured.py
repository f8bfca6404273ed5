"""A shop to draw: what a table can have, who may use it, and names that want to break out."""

SHOP = """\
variable "with_archive" { default = true }

resource "aws_dynamodb_table" "orders" {
  name             = "shop-orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "customer_id"
  range_key        = "created_at"
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "customer_id"
    type = "S"
  }
  attribute {
    name = "created_at"
    type = "N"
  }
  attribute {
    name = "idle"
    type = "S"
  }
  global_secondary_index {
    name               = "by-status"
    hash_key           = "status"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total", "currency"]
  }
  dynamic "global_secondary_index" {
    for_each = var.with_archive ? ["archive"] : []
    content {
      name            = global_secondary_index.value
      hash_key        = "created_at"
      projection_type = "KEYS_ONLY"
    }
  }
  point_in_time_recovery { enabled = true }
  ttl {
    enabled        = true
    attribute_name = "expires_at"
  }
  replica { region_name = "eu-central-1" }
  tags = { Owner = "shop" }
}

# dynalint: ignore[point-in-time-recovery-missing] until=2099-01-31 rebuilt <nightly>
resource "aws_dynamodb_table" "cache" {
  name         = "cache"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "projector" {
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = "projector"
  starting_position = "LATEST"
}

resource "aws_iam_role" "api" {
  name               = "api"
  assume_role_policy = "{}"
}

resource "aws_iam_role_policy" "api" {
  role = aws_iam_role.api.id
  policy = jsonencode({
    Statement = [
      { Effect = "Allow", Action = ["dynamodb:GetItem", "dynamodb:PutItem"], Resource = aws_dynamodb_table.orders.arn,
        Condition = { "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["x"] } } },
      { Effect = "Allow", Action = "dynamodb:Query", Resource = "${aws_dynamodb_table.orders.arn}/index/*" },
    ]
  })
}

resource "aws_iam_policy" "everything" {
  name = "everything"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "*" }]
  })
}
"""

HOSTILE = "</style><script>alert(1)</script>]\\\"' `end` --> x;%% #quot; & \\u202e {{"
TRAP = f"""\
resource "aws_dynamodb_table" "trap" {{
  name     = "{HOSTILE}"
  hash_key = "{HOSTILE}"
  global_secondary_index {{
    name               = "{HOSTILE}"
    hash_key           = "<b onclick=x>"
    projection_type    = "INCLUDE"
    non_key_attributes = ["{HOSTILE}"]
  }}
  replica {{ region_name = "{HOSTILE}" }}
  tags = {{ "{HOSTILE}" = "x" }}
}}

resource "aws_iam_role_policy" "trap" {{
  role = "{HOSTILE}"
  policy = jsonencode({{
    Statement = [
      {{ Effect = "Allow", Action = "dynamodb:Scan", Resource = [aws_dynamodb_table.trap.arn, "{HOSTILE}"] }},
    ]
  }})
}}
"""
