"""The module of a call is not on this disk.

## Why it matters

dynalint opens no connection, so it sees a module from a registry or a repository only after Terraform has downloaded
it. Until then no rule can judge the tables and policies that the call makes, and what it exports is unknown. The
finding is a warning where the source or the name of the call speaks of DynamoDB.

## Non-compliant

```hcl
module "orders_dynamodb" { #~ DYN004
  source = "git::https://example.com/modules/dynamodb.git?ref=v1"
}
```

## Compliant

```hcl
locals {
  table_name = "orders"
}
```

## How to fix

Run `terraform get` (or `terraform init`) before dynalint: modules below `.terraform/modules` are followed. Or check a
plan, in which all modules have done their part: `dynalint check . --plan plan.json`.

A few modules of the public registry need no download, `terraform-aws-modules/dynamodb-table/aws` and
`cloudposse/dynamodb/aws` among them: dynalint has stand-ins for them. Where the message says that a version is not
known, or an input is newer than the stand-in, they need one after all.

## References

- [Terraform: module sources](https://developer.hashicorp.com/terraform/language/modules/sources)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

MODULE_UNRESOLVED = run_rule("DYN004", "module-unresolved", Severity.NOTE, __doc__)
