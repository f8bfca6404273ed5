"""A policy of a table lets everybody in.

## Why it matters

A resource-based policy decides alone: an account that it names needs no further right of yours, and `"*"` names all
accounts there are. Block Public Access of DynamoDB refuses such a policy when it is put, so the apply fails; where it
does not see through it, the table is open.

A condition helps if callers without a certain property cannot pass: a fixed value of `aws:PrincipalOrgID`,
`aws:PrincipalAccount`, `aws:PrincipalArn`, `aws:SourceVpc`, `aws:SourceVpce`, `aws:SourceAccount`, `aws:SourceArn` or
their like. A negated operator, `…IfExists` and `ForAllValues:` let pass who has no such property.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" #~ DYN301
      Action    = ["dynamodb:GetItem"]
      Resource  = aws_dynamodb_table.orders.arn
    }]
  })
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = aws_dynamodb_table.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = ["dynamodb:GetItem"]
      Resource  = aws_dynamodb_table.orders.arn
      Condition = {
        StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
      }
    }]
  })
}
```

## How to fix

Name the roles or accounts that are meant, or add a condition on your organisation.

## References

- [Block Public Access](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-bpa-rbp.html)
- [aws_dynamodb_resource_policy](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_resource_policy)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, is_public, limits_callers, rule


@rule("DYN301", visits=Statement, severity=Severity.ERROR)
def resource_policy_public(statement: Statement) -> Iterator[Violation]:
    """An Allow for everybody needs a condition that not everybody meets."""
    if not statement.policy.is_tables_own or not statement.allows or not is_public(statement):
        return
    if limits_callers(statement.conditions):
        return
    yield Violation(
        "the policy of the table lets everybody in, in every account: Block Public Access refuses it at apply, or the "
        "table is open",
        at=statement.place_of("NotPrincipal" if statement.member("Principal") is None else "Principal"),
        label="for everybody",
        help="name the roles or accounts that are meant, or add a condition on aws:PrincipalOrgID",
    )
