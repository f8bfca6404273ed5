"""A billing mode has a name that does not exist.

## Why it matters

The console says *on-demand*, the API says `PAY_PER_REQUEST`. Any other word is refused: by `terraform validate` where
it is a literal, by `terraform plan` where it comes from a variable. An empty text is such a word too; null is not, it
means `PROVISIONED`.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "ON_DEMAND" #~ DYN505
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
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
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write `"PAY_PER_REQUEST"` or `"PROVISIONED"`, in capitals. Give the variable a `validation` with these two, so that a
caller learns of a mistake at the call.

## References

- [BillingMode](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html)
- [aws_dynamodb_table, billing_mode](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#billing_mode)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Edit, Fix, Severity, Table, Violation, rule

MODES = ("PROVISIONED", "PAY_PER_REQUEST")
MEANT = ("ON_DEMAND", "ONDEMAND", "ON-DEMAND", "PAY_PER_USE", "PER_REQUEST")


@rule(
    "DYN505",
    visits=Table,
    severity=Severity.ERROR,
    equivalents=("aws_dynamodb_table_invalid_billing_mode",),
    unmade=True,
)
def billing_mode_invalid(table: Table) -> Iterator[Violation]:
    """One of the two words, exactly."""
    mode = table.billing_mode
    if not mode.breaks(lambda word: word in MODES):
        return
    likely = (mode.if_known or "").strip().upper()
    meant = likely if likely in MODES else "PAY_PER_REQUEST" if likely in MEANT else None
    yield Violation(
        f"{mode.shown} is no billing mode, so terraform refuses {table.title}",
        at=mode,
        label="PROVISIONED or PAY_PER_REQUEST",
        help=f'write "{meant}"' if meant else 'write "PAY_PER_REQUEST" or "PROVISIONED"',
        fix=Fix(f"write {meant}", (Edit(mode.literal, f'"{meant}"'),), safe=meant == likely)
        if meant and mode.literal
        else None,
    )
