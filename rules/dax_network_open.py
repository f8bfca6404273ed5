"""A DAX cluster is open to its whole network, or to the world.

## Why it matters

DAX authorises with the role of the cluster: whoever reaches its port with any valid credentials of the account reads
what the role reads. So the network decides. Without `security_group_ids` the cluster is in the default group of its
network, together with everything else for which nobody chose a group. A group with an entry for `0.0.0.0/0` or `::/0`
that takes in the ports of DAX, 8111 and 9111, is no better: nothing but the routes of the network keeps the world out.

The rule reads the entries of groups in this configuration: `ingress` blocks, `aws_security_group_rule` and
`aws_vpc_security_group_ingress_rule`. A group that is made elsewhere counts as chosen.

## Non-compliant

```hcl
resource "aws_dax_cluster" "orders" { #~ DYN324
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"

  tags = { Team = "shop" }

  server_side_encryption {
    enabled = true
  }
}
```

```hcl
resource "aws_security_group" "dax" {
  name = "dax"

  ingress {
    from_port   = 8111
    to_port     = 9111
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"] #~ DYN324
  }
}

resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  security_group_ids               = [aws_security_group.dax.id]

  tags = { Team = "shop" }

  server_side_encryption {
    enabled = true
  }
}
```

## Compliant

```hcl
resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]

  tags = { Team = "shop" }

  server_side_encryption {
    enabled = true
  }
}
```

## How to fix

Make a security group that lets the clients' group in at port 9111 (8111 without TLS), and name it.

## References

- [DAX security](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.access-control.html)
- [aws_dax_cluster, security_group_ids](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster#security_group_ids)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import DaxCluster, Severity, Violation, rule


@rule("DYN324", visits=DaxCluster, severity=Severity.WARNING, equivalents=("CKV2_AWS_5",))
def dax_network_open(cluster: DaxCluster) -> Iterator[Violation]:
    """At least one security group is named, what is not known included, and none lets everybody in."""
    for opening in cluster.openings:
        yield Violation(
            f"the security group of {cluster.title} lets everybody in at its port",
            at=opening.at,
            label="the whole world",
            help="let in the security group of the clients alone, at port 9111",
        )
    groups = cluster.security_group_ids
    if groups.is_unknown or groups.known:
        return
    yield Violation(
        f"{cluster.title} is in the default security group of its network, with whatever else is there",
        at=groups,
        label="no security group",
        help="name a security group that lets in the clients alone, at port 9111",
    )
