"""A policy names an index that the table does not have.

## Why it matters

An index is renamed or misspelt, and the policy goes on naming the old one. IAM does not look whether what it allows
exists; the query on the index that does exist is denied at run time.

Only tables of this configuration whose indexes are all known are judged.

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

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["dynamodb:Query"]
    resources = [aws_dynamodb_table.orders.arn, "${aws_dynamodb_table.orders.arn}/index/by-customer"] #~ DYN408
  }
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

data "aws_iam_policy_document" "reader" {
  statement {
    actions   = ["dynamodb:Query"]
    resources = [aws_dynamodb_table.orders.arn, "${aws_dynamodb_table.orders.arn}/index/*"]
  }
}
```

## How to fix

Write the name that the index has, or `/index/*` for all there are.

## References

- [IAM policies for indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-specific-table-indexes.html)
- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN408", visits=Statement, severity=Severity.WARNING)
def iam_index_unknown(statement: Statement) -> Iterator[Violation]:
    """Each resource of a statement that is an index which its table does not have."""
    if not statement.is_identity or not statement.allows:
        return
    for named in statement.named_indexes:
        near = named.near
        if not named.exists:
            yield Violation(
                f'{named.table.title} has no index "{named.name}": what the policy allows on it is of no use',
                at=named,
                label="no such index",
                help=f'did you mean "{near}"?' if near else "name an index of the table, or write /index/* for all",
                fix=named.fix,
            )
