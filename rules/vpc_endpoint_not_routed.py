"""A gateway endpoint of DynamoDB is on no route.

## Why it matters

A gateway endpoint works by routes: a table of the network sends what is for DynamoDB to it. Without a route table the
endpoint is there, costs nothing, and gets nothing: traffic leaves through the NAT gateway as before, is billed there by
the gigabyte, and a policy of the endpoint guards an empty door. Interface endpoints need no route.

## Non-compliant

```hcl
resource "aws_vpc_endpoint" "dynamodb" { #~ DYN330
  vpc_id       = "vpc-0a1b2c3d4e5f60718"
  service_name = "com.amazonaws.eu-west-1.dynamodb"

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

Give `route_table_ids` the route tables of the private subnets, or add an `aws_vpc_endpoint_route_table_association` for
each.

## References

- [VPC endpoints](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/vpc-endpoints-dynamodb.html)
- [aws_vpc_endpoint, route_table_ids](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint#route_table_ids)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Endpoint, Severity, Undecided, Violation, rule


@rule("DYN330", visits=Endpoint, severity=Severity.ERROR, equivalents=("0bc534c5-13d1-4353-a7fe-b8665d5c1d7d",))
def vpc_endpoint_not_routed(endpoint: Endpoint) -> Iterator[Violation]:
    """Route tables in the resource, or associated with it."""
    if endpoint.routes or endpoint.route_table_ids.known or endpoint.type.known != "Gateway":
        return
    if endpoint.open is not None:
        raise Undecided(endpoint.open.reason, endpoint.open.hint, endpoint.at)
    yield Violation(
        "no route leads to this endpoint, so traffic to DynamoDB leaves through the NAT gateway as before",
        at=endpoint.route_table_ids,
        label="on no route",
        help="give route_table_ids the route tables of the private subnets",
    )
