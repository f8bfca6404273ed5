"""A DAX cluster is described as AWS makes none.

## Why it matters

Of a cluster's name Terraform checks the length alone. AWS wants it to begin with a letter, and takes neither two
hyphens in a row nor one at the end; a cluster has 1 to 11 nodes of a type like `dax.r5.large`, and if zones are named
then one for each node. All of this is found out in the apply.

## Non-compliant

```hcl
resource "aws_dax_cluster" "orders" {
  cluster_name                     = "orders-" #~ DYN323
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

Choose a name of letters, digits and single hyphens that begins with a letter, and name as many zones as there are
nodes, or none.

## References

- [CreateCluster](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_dax_CreateCluster.html)
- [aws_dax_cluster](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dynalint import DaxCluster, Field, Known, Severity, Violation, rule

NAME = re.compile(r"(?i)[a-z](?:-?[a-z0-9])*")
NODE = re.compile(r"dax\.[a-z][a-z0-9-]*\.[0-9]*[a-z]+")
MOST_NODES = 11


@rule("DYN323", visits=DaxCluster, severity=Severity.ERROR)
def dax_cluster_invalid(cluster: DaxCluster) -> Iterator[Violation]:
    """Name, type and number of nodes, and their zones."""
    name, node, nodes, zones = (
        cluster.name,
        cluster.node_type,
        cluster.replication_factor,
        cluster.availability_zones,
    )
    if isinstance(name.state, Known) and not NAME.fullmatch(name.state.value):
        yield _fault(cluster, name, f"the name {name.shown} is none that AWS takes")
    if isinstance(node.state, Known) and not NODE.fullmatch(node.state.value):
        yield _fault(cluster, node, f"{node.shown} is no node type of DAX")
    if isinstance(nodes.state, Known) and not 1 <= nodes.state.value <= MOST_NODES:
        yield _fault(cluster, nodes, f"a cluster has 1 to {MOST_NODES} nodes, and not {nodes.shown}")
    elif isinstance(nodes.state, Known) and isinstance(zones.state, Known) and zones.state.value:
        given = zones.value.members() if zones.value is not None else ()
        if len(given) != nodes.state.value:
            yield _fault(cluster, zones, f"{len(given)} zones are named for {nodes.shown} nodes")


def _fault(cluster: DaxCluster, field: Field[Any], what: str) -> Violation:
    return Violation(
        f"AWS does not make {cluster.title}: {what}",
        at=field,
        label="refused at apply",
        help="see the rule's page for what AWS takes",
    )
