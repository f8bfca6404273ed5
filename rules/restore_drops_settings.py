"""A restored or imported table begins without some of its settings.

## Why it matters

The call that restores a table does not carry everything that is written here: tags, stream, deletion protection and
table class are not in it, and for a restore neither is the billing mode; the provider sets TTL, recovery and replicas
right after. The first apply reports success, and only the next plan shows the rest as changes. Until somebody applies
that too, the table is unprotected, untagged, and perhaps throttled by 5 units of capacity.

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

  restore_source_name    = "orders"
  restore_to_latest_time = true

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  tags = { Team = "shop" } #~ DYN241
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders_restored" {
  name         = "orders-restored"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  restore_source_name    = "orders"
  restore_to_latest_time = true

  attribute {
    name = "orderId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  # dynalint:ignore[restore-drops-settings] the runbook says to apply twice
  tags = { Team = "shop" }
}
```

## How to fix

Apply twice, and read the second plan. Leave the settings in the configuration; suppress the rule with the reason once
that is in the runbook.

## References

- [RestoreTableToPointInTime](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html)
- [aws_dynamodb_table, restore_source_name](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#restore_source_name)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN241", visits=Table, severity=Severity.WARNING)
def restore_drops_settings(table: Table) -> Iterator[Violation]:
    """What is set and not carried, in one finding."""
    how = "restored" if table.is_restored else "imported" if table.import_table.present else ""
    lost = list(table.left_out_at_creation) if how else []
    if lost:
        names = ", ".join(field.path for field in lost)
        yield Violation(
            f"{table.title} is {how}, and the call that does it does not carry {names}: the first "
            "apply leaves that off",
            at=lost[0],
            label="set by the second apply",
            help="apply twice, and read the second plan",
        )
