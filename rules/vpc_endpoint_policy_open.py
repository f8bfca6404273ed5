"""An endpoint of DynamoDB lets everything through.

## Why it matters

An endpoint without a policy passes all calls, those to tables of other accounts included: software in the network that
has credentials of somebody else can write your data to their table, and nothing of yours says no. A policy that allows
only resources of your account or organisation closes that way out.

## Non-compliant

```hcl
resource "aws_vpc_endpoint" "dynamodb" { #~ DYN331
  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  service_name    = "com.amazonaws.eu-west-1.dynamodb"
  route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
}
```

## Compliant

```hcl
resource "aws_vpc_endpoint" "dynamodb" {
  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  service_name    = "com.amazonaws.eu-west-1.dynamodb"
  route_table_ids = ["rtb-0a1b2c3d4e5f60718"]

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "dynamodb:*"
      Resource  = "*"
      Condition = {
        StringEquals = { "aws:ResourceAccount" = "111122223333" }
      }
    }]
  })
}
```

## How to fix

Give the endpoint a policy with a condition on `aws:ResourceAccount`, `aws:ResourceOrgID` or `aws:PrincipalOrgID`, or
one that names the tables.

## References

- [VPC endpoints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/vpc-endpoints-dynamodb.html)
- [aws_vpc_endpoint, policy](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint#policy)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Endpoint, Everything, Severity, Statement, Undecided, Violation, limits_callers, rule

OWN = frozenset(
    {"aws:principalorgid", "aws:principalorgpaths", "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"}
)


@rule("DYN331", visits=Endpoint, severity=Severity.NOTE)
def vpc_endpoint_policy_open(endpoint: Endpoint) -> Iterator[Violation]:
    """There is a policy, and no Allow of it for everybody on everything without a condition on whose it is."""
    if not endpoint.policy.is_set and not endpoint.policies:
        if endpoint.open is not None:
            raise Undecided(endpoint.open.reason, endpoint.open.hint, endpoint.at)
        yield Violation(
            "this endpoint has no policy and passes every call, to tables of other accounts, too",
            at=endpoint,
            label="no policy",
            help="add a policy with a condition on aws:ResourceAccount or aws:ResourceOrgID",
        )
        return
    for statement in endpoint.statements:
        if statement.allows and _reaches_all(statement) and not limits_callers(statement.conditions, OWN):
            yield Violation(
                "this endpoint passes every call, to tables of other accounts, too",
                at=statement.at,
                label="everything",
                help="add a condition on aws:ResourceAccount or aws:ResourceOrgID",
            )


def _reaches_all(statement: Statement) -> bool:
    return any(isinstance(reach, Everything) for _, reach in statement.reaches)
