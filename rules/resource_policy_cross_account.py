"""Another account may use a table, whoever it belongs to.

## Why it matters

A resource-based policy lets another account in without a right of yours being asked for. If that account leaves your
organisation, is sold or is taken over, the access stays. A condition on `aws:PrincipalOrgID` ends it then. The rule
knows which account is another one where the ARN of the table says whose it is.

## Non-compliant

```hcl
resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/reader" } #~ DYN304
      Action    = ["dynamodb:GetItem"]
      Resource  = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }]
  })
}
```

## Compliant

```hcl
resource "aws_dynamodb_resource_policy" "orders" {
  resource_arn = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::444455556666:role/reader" }
      Action    = ["dynamodb:GetItem"]
      Resource  = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
      Condition = {
        StringEquals = { "aws:PrincipalOrgID" = "o-a1b2c3d4e5" }
      }
    }]
  })
}
```

## How to fix

Add a condition on your organisation. For an account outside of it, suppress the rule and say whose it is.

## References

- [Cross-account access](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-cross-account-access.html)
- [aws_dynamodb_resource_policy](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_resource_policy)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import ORGANISATION_KEYS, Severity, Statement, Violation, accounts_of, limits_callers, rule


@rule("DYN304", visits=Statement, severity=Severity.NOTE)
def resource_policy_cross_account(statement: Statement) -> Iterator[Violation]:
    """An Allow for another account comes with a condition on the organisation."""
    own = statement.policy.owner_account if statement.policy.is_tables_own else None
    if own is None or not statement.allows:
        return
    others = sorted(set(accounts_of(statement)) - {own})
    if others and not limits_callers(statement.conditions, ORGANISATION_KEYS):
        yield Violation(
            f"account {' and '.join(others)} may use the table, in your organisation or not",
            at=statement.place_of("Principal"),
            label="another account",
            help="add a condition on aws:PrincipalOrgID",
        )
