"""The role of a DAX cluster reaches more tables than it has to.

## Why it matters

A cluster does whatever it is asked with its own role, for everybody who can connect and may use the cluster at all. So
what the role reaches is what all of its clients reach: on a pattern of names, or on every table, they read and write
tables that the cluster was never meant to cache.

The rule looks at the policies of a role that is made in this configuration. Who gets a policy that AWS manages is told
by iam-managed-policy-broad.

## Non-compliant

```hcl
resource "aws_iam_role" "dax" {
  name = "dax"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dax.amazonaws.com" }
    }
  })
}

resource "aws_iam_role_policy" "dax" {
  role = aws_iam_role.dax.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query"]
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders-*" #~ DYN325
    }
  })
}

resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = aws_iam_role.dax.arn
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]

  tags = { Team = "shop" }

  server_side_encryption {
    enabled = true
  }
}
```

## Compliant

```hcl
resource "aws_iam_role" "dax" {
  name = "dax"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "dax.amazonaws.com" }
    }
  })
}

resource "aws_iam_role_policy" "dax" {
  role = aws_iam_role.dax.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = {
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query"]
      Resource = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders"
    }
  })
}

resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = aws_iam_role.dax.arn
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]

  tags = { Team = "shop" }

  server_side_encryption {
    enabled = true
  }
}
```

## How to fix

Name the tables that the cluster caches, best by reference, and their indexes: `aws_dynamodb_table.orders.arn` and
`"${aws_dynamodb_table.orders.arn}/index/*"`.

## References

- [DAX access control](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.access-control.html)
- [aws_dax_cluster, iam_role_arn](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster#iam_role_arn)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import DaxGrant, Severity, Violation, rule


@rule("DYN325", visits=DaxGrant, severity=Severity.NOTE)
def dax_role_broad(held: DaxGrant) -> Iterator[Violation]:
    """What the role of a cluster may do is on tables that are named."""
    grant = held.too_wide
    if grant is not None:
        yield Violation(
            f"the role of {held.cluster.title} has {grant.word} on {grant.shown}: so has everybody who may connect",
            at=grant.place,
            label="more than the tables of the cluster",
            help="name the tables that the cluster caches",
        )
