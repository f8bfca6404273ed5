"""A table is to be encrypted with something that is no key of its Region.

## Why it matters

`kms_key_arn` takes any text that looks like an ARN. AWS takes the ARN of a KMS key in the Region and partition of the
table, and refuses everything else at apply, when half of the configuration is made. The ARN of an alias is accepted,
but the API answers with the key behind it, so that every plan from then on shows a change: that is a **warning**.

Replicas are judged by their own Regions.

## Non-compliant

```hcl
provider "aws" {
  region = "eu-west-1"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/0f3b2c1d-aaaa-4bbb-8ccc-ddddeeeeffff" #~ DYN311
  }

  deletion_protection_enabled = true

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

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/0f3b2c1d-aaaa-4bbb-8ccc-ddddeeeeffff"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Name a key by reference (`aws_kms_key.orders.arn`, or `data.aws_kms_alias.orders.target_key_arn` behind an alias) that
is made in the Region of the table.

## References

- [Encryption at rest](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html)
- [aws_dynamodb_table, server_side_encryption](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#server_side_encryption)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Field, Known, Severity, Table, Violation, arn_part, arn_region, first_undecided, partition_of, rule


@rule("DYN311", visits=Table, severity=Severity.ERROR)
def encryption_key_invalid(table: Table) -> Iterator[Violation]:
    """The key of the table, and of each replica."""
    pairs = [(table.title, table.encryption.kms_key_arn, table.region)]
    pairs += [(f"{item.title} of {table.title}", item.kms_key_arn, item.region_name) for item in table.replicas]
    if table.names_key_by_alias:
        yield _alias(table.title, table.encryption.kms_key_arn)
    for title, key, region in pairs:
        yield from _judged(title, key, region)
    for _, key, region in pairs:
        if arn_region(key) and (doubt := first_undecided(region)) is not None:
            raise doubt


def _judged(title: str, key: Field[str], region: Field[str]) -> Iterator[Violation]:
    service, of = arn_part(key, 2), arn_region(key)
    if service is None:
        return
    home = region.state.value if isinstance(region.state, Known) else None
    fault = ""
    if service != "kms":
        fault = f"is no key, but of {service}"
    elif home and of and of != home:
        fault = f"is in {of}, and the table in {home}"
    elif home and arn_part(key, 1) not in (partition_of(home), None):
        fault = f"is of another partition than {home}"
    if fault:
        yield Violation(
            f"what {title} is to be encrypted with {fault}: AWS refuses it at apply",
            at=key,
            label="no key for this table",
            help="name a KMS key in the Region of the table",
        )
    elif (arn_part(key, 5) or "").startswith("alias/"):
        yield _alias(title, key)


def _alias(title: str, key: Field[str]) -> Violation:
    return Violation(
        f"{title} names its key by an alias: AWS answers with the key behind it, and each plan shows a change",
        at=key,
        label="an alias",
        severity=Severity.WARNING,
        help="name the key itself: an alias has its ARN as target_key_arn",
    )
