"""A table has no partition key.

## Why it matters

Every DynamoDB table has a partition key, but the provider does not demand one: `terraform validate` passes. What comes
instead depends on the rest. With an `attribute` that nothing uses, plan complains of `Unused attributes`; with a
`range_key` alone, or with no attribute at all, plan passes and the apply fails in the middle of a release.

Only a table that is restored from another table or from a backup takes its keys from there.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "sessions" { #~ DYN102
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  range_key    = "startedAt"

  attribute {
    name = "startedAt"
    type = "N"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "identity" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "sessions" {
  name         = "sessions"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "userId"
  range_key    = "startedAt"

  attribute {
    name = "userId"
    type = "S"
  }

  attribute {
    name = "startedAt"
    type = "N"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "identity" }
}
```

## How to fix

Set `hash_key` to the attribute by which items are looked up, and declare that attribute. A sort key alone cannot be the
key of a table: if there is but one key attribute, it is the partition key.

## References

- [aws_dynamodb_table, hash_key](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#hash_key)
- [Partition key design](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN102", visits=Table, severity=Severity.ERROR, equivalents=("E3039",))
def hash_key_missing(table: Table) -> Iterator[Violation]:
    """A table that is not restored needs a partition key."""
    if table.has_hash_key or table.is_restored:
        return
    candidate = table.declarations.near(table.hash_key)
    stage = "the apply fails" if table.range_key.is_set or not table.attributes else "terraform plan refuses it"
    yield Violation(
        f"{table.title} has no hash_key, and no table is without one: {stage}",
        at=table.hash_key,
        label="no partition key",
        help=f'set hash_key = "{candidate}", the attribute that is declared and not used'
        if candidate
        else "set hash_key to the attribute by which items are looked up, and declare it in an attribute block",
    )
