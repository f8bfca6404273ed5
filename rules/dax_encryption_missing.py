"""A DAX cluster keeps its cache unencrypted.

## Why it matters

A DAX cluster holds items of your tables on its nodes, and unlike DynamoDB it does not encrypt them unless asked to.
It cannot be asked later: changing it replaces the cluster, its endpoint and its warm cache.

## Non-compliant

```hcl
resource "aws_dax_cluster" "orders" { #~ DYN320
  cluster_name                     = "orders"
  node_type                        = "dax.r5.large"
  replication_factor               = 3
  cluster_endpoint_encryption_type = "TLS"
  iam_role_arn                     = "arn:aws:iam::111122223333:role/dax"
  security_group_ids               = ["sg-0a1b2c3d4e5f60718"]

  tags = { Team = "shop" }
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

Add the block with `enabled = true` before the cluster is made. For a living one plan the replacement: make a second
cluster beside it and move the clients over.

## References

- [DAX encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAXEncryptionAtRest.html)
- [aws_dax_cluster, server_side_encryption](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dax_cluster#server_side_encryption)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import DaxCluster, Edit, Fix, Severity, Violation, rule

BLOCK = ("  server_side_encryption {", "    enabled = true", "  }")


@rule(
    "DYN320",
    visits=DaxCluster,
    severity=Severity.WARNING,
    equivalents=(
        "CKV_AWS_47",
        "AWS-0023",
        "AVD-AWS-0023",
        "aws-dynamodb-enable-at-rest-encryption",
        "f11aec39-858f-4b6f-b946-0a1bf46c0c87",
        "AC_AWS_0375",
        "AWS.ADC.DP.MEDIUM.0021",
    ),
)
def dax_encryption_missing(cluster: DaxCluster) -> Iterator[Violation]:
    """The block is there and says true."""
    encryption = cluster.encryption
    enabled = encryption.read_flag("enabled")
    if encryption.present and enabled.known:
        return
    edits: tuple[Edit, ...] = (Edit(enabled.literal, "true"),) if enabled.literal else ()
    if encryption.block is None and not encryption.is_dynamic:
        edits = cluster.appended(*BLOCK)
    yield Violation(
        f"{cluster.title} keeps items unencrypted on its nodes, and encryption cannot be switched on later: that "
        "replaces the cluster",
        at=enabled if enabled.is_set else encryption,
        label="no encryption at rest",
        help="add server_side_encryption { enabled = true } before the cluster is made",
        fix=Fix("encrypt the cluster, which replaces a living one", edits, safe=False) if edits else None,
    )
