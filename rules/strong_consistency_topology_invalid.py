"""A strongly consistent global table is put together as none can be.

## Why it matters

A global table with multi-Region strong consistency has exactly three Regions: the table and two replicas, or the table,
one replica and a witness. All replicas are strong or none is, and such a table has neither expiry nor local indexes.
Terraform finds out in the apply: *Using MultiRegionStrongConsistency requires exactly 2 replicas, or 1 replica and 1
witness region.*

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_dynamodb_table" "orders" { #~ DYN228
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  replica {
    region_name                 = "us-east-2"
    consistency_mode            = "STRONG"
    point_in_time_recovery      = true
    propagate_tags              = true
    deletion_protection_enabled = true
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.40"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  replica {
    region_name                 = "us-east-2"
    consistency_mode            = "STRONG"
    point_in_time_recovery      = true
    propagate_tags              = true
    deletion_protection_enabled = true
  }

  global_table_witness {
    region_name = "us-west-2"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Add the third Region, as a replica or as `global_table_witness`, and take away `ttl` and local indexes; or leave
`consistency_mode` out and live with replicas that follow within a second.

## References

- [Multi-Region strong consistency](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/multi-region-strong-consistency-gt.html)
- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Undecided, Violation, rule


@rule("DYN228", visits=Table, severity=Severity.ERROR)
def strong_consistency_topology_invalid(table: Table) -> Iterator[Violation]:
    """Three Regions, one mode, no expiry, no local index."""
    strong = [replica for replica in table.replicas if replica.consistency_mode.known == "STRONG"]
    if not strong:
        return
    if (doubt := table.replicas_open) is not None:
        raise Undecided(doubt.reason, doubt.hint, table.at)
    for fault in _faults(table, len(strong), len(table.replicas)):
        yield Violation(
            f"{table.title} is to be strongly consistent, and {fault}: the apply fails",
            at=table,
            label="no such global table",
            help="name two replicas, or one and a global_table_witness, all STRONG, without ttl and local indexes",
        )


def _faults(table: Table, strong: int, replicas: int) -> Iterator[str]:
    if strong != replicas:
        yield f"{replicas - strong} of its {replicas} replicas are not"
    if (replicas, table.witnesses) not in ((2, 0), (1, 1)):
        yield f"has {replicas} replicas and {table.witnesses} witnesses where 2 and 0 or 1 and 1 are wanted"
    if table.ttl.present and table.ttl.enabled.known:
        yield "lets items expire, which such a table cannot"
    if any(not index.is_global for index in table.indexes):
        yield "has a local index, which such a table cannot"
