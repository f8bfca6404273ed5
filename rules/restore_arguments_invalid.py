"""A restore does not say what to restore, or to when.

## Why it matters

A table is restored by naming its source and one moment: the latest (`restore_to_latest_time = true`) or a date
(`restore_date_time`). AWS refuses neither and both. Nothing of this is seen by `terraform plan`.

A moment without a source is worse than refused: the provider ignores it and makes an empty table, in the place where
somebody waits for their data. And a source in another Region has to come with `server_side_encryption`, since its key
is not at hand there.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders_restored" {
  name         = "orders_restored"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  restore_source_name = "orders" #~ DYN240

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" } #~ DYN241
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders_restored" {
  name         = "orders_restored"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  restore_source_name    = "orders"
  restore_to_latest_time = true

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  # dynalint:ignore[restore-drops-settings] applied twice
  tags = { Team = "shop" }
}
```

## How to fix

Add `restore_to_latest_time = true`, or `restore_date_time` with a time like `2026-01-31T06:00:00Z`, and not both. Leave
the arguments in place after the restore: removing the time replaces the table.

## References

- [RestoreTableToPointInTime](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html)
- [aws_dynamodb_table, restore_source_name](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#restore_source_name)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dynalint import Field, Severity, Table, Violation, arn_region, rule

ADVICE = "set restore_to_latest_time = true, or restore_date_time, and not both"


@rule("DYN240", visits=Table, severity=Severity.ERROR)
def restore_arguments_invalid(table: Table) -> Iterator[Violation]:
    """One source, one moment; and encryption for a source in another Region."""
    moments: list[Field[Any]] = [table.restore_time] if table.restore_time.present else []
    if table.restore_latest.known:
        moments.append(table.restore_latest)
    source = next((source for source in table.recovery_sources if source.present), None)
    if source is None:
        yield from _without_source(table, moments)
        return
    if len(moments) != 1:
        yield Violation(
            f"{table.title} is to be restored to {'two moments' if moments else 'no moment'}: AWS wants exactly one, "
            "and the apply fails",
            at=moments[-1] if moments else source,
            label="which of the two?" if moments else "restored to when?",
            help=ADVICE,
        )
    yield from _from_elsewhere(table)


def _without_source(table: Table, moments: list[Field[Any]]) -> Iterator[Violation]:
    if moments and not table.is_restored:
        yield Violation(
            f"{table.title} names the moment of a restore and no source: the provider ignores it and makes an "
            "empty table",
            at=moments[0],
            label="nothing is restored",
            help="name the source with restore_source_name or restore_source_table_arn",
        )


def _from_elsewhere(table: Table) -> Iterator[Violation]:
    source = table.restore_source_arn
    region = arn_region(source)
    if region is None or not source.is_set or table.encryption.present:
        return
    if table.region.known != region:
        yield Violation(
            f"{table.title} is restored from a table in {region}, and has no server_side_encryption: AWS demands that "
            "a restore from another Region names its encryption",
            at=source,
            label="in another Region",
            help="add server_side_encryption { enabled = true }, with a key of the table's own Region if it has one",
        )
