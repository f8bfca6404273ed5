"""Clients talk to a DAX cluster in the clear.

## Why it matters

Without `cluster_endpoint_encryption_type = "TLS"` items travel between clients and cluster as they are, through all of
the network between them. It cannot be changed later without replacing the cluster, and clients have to follow: the
endpoint of an encrypted cluster begins with `daxs://`.

## Non-compliant

```hcl
resource "aws_dax_cluster" "orders" { #~ DYN321
  cluster_name       = "orders"
  node_type          = "dax.r5.large"
  replication_factor = 3
  iam_role_arn       = "arn:aws:iam::111122223333:role/dax"
  security_group_ids = ["sg-0a1b2c3d4e5f60718"]

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

Set it to `"TLS"` before the cluster is made. For a living one make a second cluster beside it, and move the clients.

## References

- [DAX encryption in transit](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionInTransit.html)
- [aws_dax_cluster, cluster_endpoint_encryption_type](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster#cluster_endpoint_encryption_type)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import DaxCluster, Edit, Fix, Severity, Violation, rule


@rule("DYN321", visits=DaxCluster, severity=Severity.WARNING, equivalents=("CKV_AWS_239",))
def dax_transport_unencrypted(cluster: DaxCluster) -> Iterator[Violation]:
    """TLS is asked for."""
    encryption = cluster.endpoint_encryption
    if encryption.known == "TLS":
        return
    edits: tuple[Edit, ...] = (Edit(encryption.literal, '"TLS"'),) if encryption.literal else ()
    if encryption.value is None:
        edits = cluster.appended('  cluster_endpoint_encryption_type = "TLS"')
    yield Violation(
        f"clients talk to {cluster.title} in the clear, and TLS cannot be switched on later: that replaces the cluster",
        at=encryption,
        label="not encrypted on its way",
        help='set cluster_endpoint_encryption_type = "TLS"',
        fix=Fix("talk TLS, which replaces a living cluster", edits, safe=False) if edits else None,
    )
