"""A table locks Terraform's state, which needs none any more.

## Why it matters

The S3 backend locks its state in a table with the partition key `LockID`. Since Terraform 1.10 it can do so in the
bucket itself (`use_lockfile = true`), and `dynamodb_table` of the backend is deprecated: `terraform init` warns of it,
and some later release will drop it. Then the table is one thing less to pay, to tag and to explain.

What such a table holds is worthless a minute later, so dynalint does not ask for backups, deletion protection or a key
of yours there: point-in-time-recovery-missing and -disabled, deletion-protection-missing, prevent-destroy-missing,
customer-managed-key-missing and kms-key-missing leave it alone.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "lock" {
  name         = "terraform-lock"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID" #~ DYN650

  attribute {
    name = "LockID"
    type = "S"
  }

  tags = { Team = "platform" }
}
```

## Compliant

```hcl
terraform {
  required_version = ">= 1.10"

  backend "s3" {
    bucket       = "example-terraform-state"
    key          = "shop/terraform.tfstate"
    region       = "eu-west-1"
    use_lockfile = true
  }
}
```

## How to fix

Set `use_lockfile = true` beside `dynamodb_table`, so that both lock until everybody runs Terraform 1.10; then remove
`dynamodb_table`, and at last the table. While it is needed, suppress the rule with the reason.

## References

- [State locking of the S3 backend](https://developer.hashicorp.com/terraform/language/backend/s3#state-locking)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN650", visits=Table, severity=Severity.NOTE)
def state_lock_table(table: Table) -> Iterator[Violation]:
    """The key that the S3 backend demands tells such a table."""
    if table.is_state_lock:
        yield Violation(
            f"{table.title} locks Terraform's state, which the S3 backend does in the bucket itself since "
            "Terraform 1.10",
            at=table.hash_key,
            label="the key of a lock table",
            help="set use_lockfile = true in the backend, and retire the table",
        )
