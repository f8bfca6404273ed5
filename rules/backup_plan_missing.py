"""AWS Backup takes no copies of a table.

## Why it matters

Point-in-time recovery reaches back 35 days at most, and its backups go with the table's account. AWS Backup keeps
copies for years, in a vault that can be locked, in another account or Region: for what an auditor asks for, and for
the day on which somebody with every right deletes what is there.

A selection takes a table in by its ARN, by a pattern of ARNs or by its tags, those of `default_tags` included. Plans
often live in a configuration of their own, which the rule does not see, so it is off by default.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN250
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

resource "aws_backup_selection" "tables" {
  name         = "tables"
  plan_id      = "11111111-2222-3333-4444-555555555555"
  iam_role_arn = "arn:aws:iam::111122223333:role/backup"
  resources    = [aws_dynamodb_table.orders.arn]
}
```

## How to fix

Add the ARN of the table to the `resources` of an `aws_backup_selection`, or give the table a tag by which one selects.

## References

- [AWS Backup for DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorksAWS.html)
- [aws_backup_selection](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_selection)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableBackups, Violation, rule


@rule("DYN250", visits=TableBackups, severity=Severity.NOTE, opt_in=True)
def backup_plan_missing(backups: TableBackups) -> Iterator[Violation]:
    """Some selection takes the table in."""
    if not backups.are_planned:
        yield Violation(
            f"no backup plan of this configuration takes in {backups.table.title}",
            at=backups.table,
            label="in no backup selection",
            help="name it in an aws_backup_selection, or give it a tag by which one selects",
        )
