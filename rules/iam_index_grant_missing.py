"""A policy allows queries on a table, but not on its indexes.

## Why it matters

For IAM a table and its indexes are different resources. A policy that allows `Query` on the ARN of the table alone
works until the code queries an index: then DynamoDB answers `AccessDeniedException`, at run time, in the environment
that got the narrow policy. Terraform plans and applies it without a word.

The rule looks at `Query`, `Scan` and `PartiQLSelect` on a table of this configuration that has an index. It is silent
where any policy of the same principal covers an index of the table: naming some of the indexes is a choice. Where the
indexes of the table are not known it stays undecided.

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

  attribute {
    name = "customerId"
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-customer"
    hash_key        = "customerId"
    projection_type = "KEYS_ONLY"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.orders.arn] #~ DYN402
  }
}
```

## Compliant

```hcl
variable "customer_key" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.customer_key[*]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.customer_key[*]

    content {
      name            = "by-customer"
      hash_key        = global_secondary_index.value
      projection_type = "KEYS_ONLY"
    }
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.orders.arn, "${aws_dynamodb_table.orders.arn}/index/*"]
  }
}
```

## How to fix

Name the indexes beside the table: `"${aws_dynamodb_table.orders.arn}/index/*"` for all of them, or
`"${aws_dynamodb_table.orders.arn}/index/by-customer"` for one.

## References

- [IAM policy to grant access to a table and all of its indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-specific-table-indexes.html)
- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Grant, Severity, Statement, Violation, rule

READS = ("dynamodb:Query", "dynamodb:Scan", "dynamodb:PartiQLSelect")


@rule("DYN402", visits=Statement, severity=Severity.WARNING)
def iam_index_grant_missing(statement: Statement) -> Iterator[Violation]:
    """Each table whose items a statement lets somebody read, but through no index."""
    if not statement.is_identity:
        return
    missing: dict[str, list[Grant]] = {}
    for grant in (grant for action in READS for grant in statement.grants(action)):
        table = grant.table
        if table is not None and not grant.includes_indexes(table) and table.has_indexes:
            missing.setdefault(table.title, []).append(grant)
    for title, grants in missing.items():
        words = list(dict.fromkeys(grant.word for grant in grants))
        are = "are" if len(words) > 1 else "is"
        yield Violation(
            f"{' and '.join(words)} {are} allowed on {title}, but on none of its indexes: there it ends in "
            "AccessDenied at run time",
            at=grants[0].place,
            label="the table without its indexes",
            help=f'add "{_indexes(grants[0])}" beside the table',
            fix=grants[0].index_fix,
        )


def _indexes(grant: Grant) -> str:
    return f"${{{grant.shown}}}/index/*" if grant.shown.endswith(".arn") else f"{grant.shown}/index/*"
