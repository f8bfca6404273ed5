"""A replica has no key of its own although the table has one.

## Why it matters

A KMS key lives in one Region, so a table that is encrypted with a key of yours needs another such key for each replica.
`terraform plan` does not look; AWS answers the apply with *KMSMasterKeyId must be specified for each replica*. For a
replica resource it is worse: it may be made without, and then the copy is encrypted by other means than the table that
somebody asked to have encrypted with a key under control.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_kms_key" "orders" {
  description         = "Encrypts the orders table"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica { #~ DYN222
    region_name            = "eu-central-1"
    point_in_time_recovery = true
    propagate_tags         = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "central"
  region = "eu-central-1"
}

resource "aws_kms_key" "orders" {
  description         = "Encrypts the orders table"
  enable_key_rotation = true
}

resource "aws_kms_key" "orders_central" {
  provider = aws.central

  description         = "Encrypts the orders table in eu-central-1"
  enable_key_rotation = true
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  deletion_protection_enabled = true

  replica {
    region_name            = "eu-central-1"
    kms_key_arn            = aws_kms_key.orders_central.arn
    point_in_time_recovery = true
    propagate_tags         = true
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.orders.arn
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Make a key in each Region of a replica (a multi-Region key with its replicas will do), and pass its ARN as
`kms_key_arn`.

## References

- [Global tables and encryption](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables-security.html)
- [aws_dynamodb_table, replica](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#replica)
- [KMSMasterKeyId must be specified for each replica](https://github.com/hashicorp/terraform-provider-aws/issues/17422)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Replica, Severity, Violation, rule


@rule("DYN222", visits=Replica, severity=Severity.ERROR, equivalents=("CKV_AWS_271",))
def replica_encryption_key_missing(replica: Replica) -> Iterator[Violation]:
    """Where the table has a key, each replica has one; a reference counts."""
    table = replica.table
    if table is None or replica.kms_key_arn.present or not table.encryption.has_own_key:
        return
    yield Violation(
        f"{table.title} is encrypted with a key of yours, and {replica.title} has no kms_key_arn: AWS demands one for "
        "each replica",
        at=replica.kms_key_arn,
        label="no key in this Region",
        help="give it the ARN of a KMS key in its own Region",
    )
