"""A table has more global indexes than the quota allows.

## Why it matters

A table has 20 global secondary indexes at most, unless AWS raised the quota of the account. Terraform does not know
it: the apply fails, and for an index that is added later only after the others have been made. An account with a
higher quota sets `most` for this rule.

## Non-compliant

```hcl
locals {
  numbers = toset([for number in range(21) : tostring(number)])
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = local.numbers

    content {
      name = "key${attribute.value}"
      type = "S"
    }
  }

  dynamic "global_secondary_index" { #~ DYN127 #~ DYN501
    for_each = local.numbers

    content {
      name            = "by-key${global_secondary_index.value}"
      hash_key        = "key${global_secondary_index.value}"
      projection_type = "KEYS_ONLY"
    }
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Overload indexes: items of several kinds can share one index if their keys do. Ask AWS for a higher quota if that does
not do, and set `most` to it.

## References

- [Quotas](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html)
- [Overloading indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-gsi-overloading.html)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dynalint import IndexKind, Severity, Table, Violation, rule


@dataclass(frozen=True, slots=True)
class Options:
    """``most`` is the account's quota of global secondary indexes per table."""

    most: int = 20


@rule("DYN127", visits=Table, severity=Severity.ERROR, options=Options)
def gsi_count_exceeded(table: Table, options: Options) -> Iterator[Violation]:
    """There are as many global indexes as the quota allows at most, index resources included."""
    count = table.index_count(IndexKind.GLOBAL, options.most)
    if count > options.most:
        yield Violation(
            f"{table.title} has {count} global indexes, and the quota is {options.most}: the apply fails",
            at=table.of_kind(IndexKind.GLOBAL)[options.most],
            label="over the quota",
            help="let several kinds of items share an index, or have the quota raised",
        )
