"""A backup is to be deleted before cold storage lets it go.

## Why it matters

What AWS Backup moves to cold storage stays there for 90 days at least, so `delete_after` has to be 90 days or more
after `cold_storage_after`. `terraform plan` does not look; the apply fails, and the tables go without the plan.

## Non-compliant

```hcl
resource "aws_backup_plan" "tables" {
  name = "tables"

  rule {
    rule_name         = "monthly"
    target_vault_name = "tables"
    schedule          = "cron(0 3 1 * ? *)"

    lifecycle {
      cold_storage_after = 30
      delete_after       = 90 #~ DYN251
    }
  }
}
```

## Compliant

```hcl
resource "aws_backup_plan" "tables" {
  name = "tables"

  rule {
    rule_name         = "monthly"
    target_vault_name = "tables"
    schedule          = "cron(0 3 1 * ? *)"

    lifecycle {
      cold_storage_after = 30
      delete_after       = 365
    }
  }
}
```

## How to fix

Keep the backup for longer, or leave `cold_storage_after` out.

## References

- [Lifecycle of backups](https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html)
- [aws_backup_plan, rule](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/backup_plan#rule)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import BackupPlan, Severity, Violation, rule

COLD_DAYS = 90


@rule("DYN251", visits=BackupPlan, severity=Severity.ERROR)
def backup_lifecycle_invalid(plan: BackupPlan) -> Iterator[Violation]:
    """At least 90 days between the two."""
    for cold, end in plan.lifecycles:
        if not cold.is_set or not end.is_set:
            continue
        first, last = cold.known, end.known
        if first and last and last < first + COLD_DAYS:
            yield Violation(
                f"backups go to cold storage after {first} days, where they stay for {COLD_DAYS}, and are to be "
                f"deleted after {last}: AWS refuses the plan",
                at=end,
                label=f"at least {first + COLD_DAYS}",
                help=f"write {first + COLD_DAYS} or more, or leave cold_storage_after out",
            )
