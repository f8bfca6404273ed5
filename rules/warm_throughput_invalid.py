"""Warm throughput is below what AWS takes.

## Why it matters

Warm throughput says what a table or index can take at once, without growing into it. A new on-demand table has 12,000
read and 4,000 write units a second anyhow, and less cannot be asked for: provider 6, which has the block, refuses it at
validate. Lowering it later replaces the table.

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

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  warm_throughput {
    read_units_per_second  = 5000 #~ DYN507
    write_units_per_second = 4000
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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.40"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  warm_throughput {
    read_units_per_second  = 20000
    write_units_per_second = 8000
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write at least 12000 and 4000, or leave the block out.

## References

- [Warm throughput](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html)
- [aws_dynamodb_table, warm_throughput](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#warm_throughput)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule

LEAST = {"read_units_per_second": 12000, "write_units_per_second": 4000}


@rule("DYN507", visits=Table, severity=Severity.ERROR)
def warm_throughput_invalid(table: Table) -> Iterator[Violation]:
    """Of the table and of its indexes."""
    for title, field in table.warm_throughput:
        least, units = LEAST[field.path.rpartition(".")[2]], field.known
        if units is not None and units < least:
            yield Violation(
                f"{title} asks for {units} warm units, and AWS gives no fewer than {least}: terraform refuses it",
                at=field,
                label=f"at least {least}",
                help=f"write {least} or more, or leave it out",
            )
