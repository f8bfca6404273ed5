"""A DAX cluster does not survive the loss of a node or a zone.

## Why it matters

With one node a failure takes the cache away, and all of its reads fall on the table at once, which may not have the
capacity for them. AWS advises three nodes in as many zones for production. For a throw-away environment one is enough:
suppress the rule there.

## Non-compliant

```hcl
resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 1 #~ DYN322
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]

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

Set `replication_factor` to 3 or more, with a subnet group over three zones.

## References

- [DAX cluster components](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.concepts.cluster.html)
- [aws_dax_cluster, replication_factor](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster#replication_factor)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import DaxCluster, Severity, Violation, rule

ADVISED = 3


@rule("DYN322", visits=DaxCluster, severity=Severity.WARNING)
def dax_not_fault_tolerant(cluster: DaxCluster) -> Iterator[Violation]:
    """Three nodes, and not all in one zone."""
    nodes, zones = cluster.replication_factor, cluster.availability_zones
    count = nodes.known
    if count is not None and 1 <= count < ADVISED:
        yield Violation(
            f"{cluster.title} has {count} node{'s' if count > 1 else ''}: losing one leaves the table with all "
            "the reads",
            at=nodes,
            label=f"{ADVISED} are advised",
            help="set replication_factor to 3 or more",
        )
    elif count is not None and count > 1 and zones.known and len(set(zones.known)) == 1:
        yield Violation(
            f"all nodes of {cluster.title} are in one zone, and are lost together",
            at=zones,
            label="one zone",
            help="spread the nodes over the zones of the Region",
        )
