"""AWS does not take a policy of a table as it is.

## Why it matters

A resource-based policy has to be JSON, has to hold a statement, and each statement has to say whom it is for: a
statement copied from a role's policy has no `Principal`. Terraform checks the JSON alone, so that the rest comes to
light in the apply, when the table is made already. The text may have 20 KB, blanks included; that also the limit is
known only to AWS.

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
    Statement = [{ #~ DYN303
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem"]
      Resource = aws_dynamodb_table.orders.arn
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
      Principal = { AWS = aws_iam_role.reader.arn }
      Action    = ["dynamodb:GetItem"]
      Resource  = aws_dynamodb_table.orders.arn
    }]
  })
}

resource "aws_iam_role" "reader" {
  name               = "reader"
  assume_role_policy = "{}"
}
```

## How to fix

Give each statement a `Principal`, make the text with `jsonencode` or `aws_iam_policy_document`, and use
`minified_json` of the document if the text grows too long.

## References

- [PutResourcePolicy](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html)
- [aws_dynamodb_resource_policy](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_resource_policy)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Policy, Severity, Violation, rule

MOST = 20 * 1024


@rule("DYN303", visits=Policy, severity=Severity.ERROR)
def resource_policy_invalid(policy: Policy) -> Iterator[Violation]:
    """JSON with a statement, a principal in each, and no more than 20 KB."""
    if not policy.is_tables_own:
        return
    if policy.fault:
        yield Violation(
            f"the policy of the table is no JSON object, and terraform validate refuses it: {policy.fault}",
            at=policy,
            label="no policy",
            help="make the text with jsonencode or aws_iam_policy_document",
        )
    elif not policy.statements:
        yield Violation(
            "the policy of the table has no statement, and AWS refuses it",
            at=policy,
            label="says nothing",
            help="add a statement, or delete the resource to have no policy",
        )
    for statement in policy.statements:
        if not statement.value.unknown and not statement.has_principal:
            yield Violation(
                "a statement of the table's policy does not say whom it is for, and AWS refuses the policy",
                at=statement,
                label="no Principal",
                help="add a Principal; what a role may do belongs in a policy of the role",
            )
    if policy.size is not None and policy.size > MOST:
        yield Violation(
            f"the policy of the table has {policy.size} bytes, blanks included, and AWS takes {MOST}",
            at=policy,
            label="too long",
            help="use minified_json of the document, and one statement for principals that may do the same",
        )
