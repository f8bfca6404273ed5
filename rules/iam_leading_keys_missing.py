"""Everybody who signs in gets the items of everybody else.

## Why it matters

A role that whoever signs in may take on (Cognito, an OpenID provider) is shared by all users. Without a condition on
`dynamodb:LeadingKeys` each of them can read and write the items of all others with the credentials that the browser
holds.

Off by default: in a table that holds nobody's own items, or behind an API, nothing is wrong with it.

## Non-compliant

```hcl
resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "cognito-identity.amazonaws.com" }
      },
    ]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"] #~ DYN416
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## Compliant

```hcl
resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRoleWithWebIdentity"
        Principal = { Federated = "cognito-identity.amazonaws.com" }
      },
    ]
  })
}

resource "aws_iam_role_policy" "orders" {
  name = "orders"
  role = aws_iam_role.orders.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["dynamodb:GetItem", "dynamodb:Query"]
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
        Condition = {
          "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["$${cognito-identity.amazonaws.com:sub}"] }
        }
      },
    ]
  })
}
```

## How to fix

Make the user's id the partition key and limit the statement to it: `ForAllValues:StringEquals` on
`dynamodb:LeadingKeys` with `${cognito-identity.amazonaws.com:sub}`.

## References

- [Web identity federation and fine-grained access](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WIF.html)
- [Specifying conditions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN416", visits=Statement, severity=Severity.NOTE, opt_in=True)
def iam_leading_keys_missing(statement: Statement) -> Iterator[Violation]:
    """A statement for people who sign in that does not keep their items apart."""
    holder = next((principal for principal in statement.policy.principals if principal.is_federated), None)
    if not statement.is_identity or holder is None:
        return
    grant = next(statement.item_grants, None)
    if grant is None or any(condition.key.lower() == "dynamodb:leadingkeys" for condition in statement.conditions):
        return
    yield Violation(
        f"{grant.word} on {grant.shown} is allowed to everybody who signs in as {holder.address}, on the items of all",
        at=grant,
        label="no condition on dynamodb:LeadingKeys",
        help="limit it to the user's own partition keys with ForAllValues:StringEquals on dynamodb:LeadingKeys",
    )
