"""A value that exists only after apply, where provider 5 needs it before.

## Why it matters

Release 5 of the provider checks keys, capacities and the stream while it plans, and takes a value that does not exist
yet for an empty one: a capacity for 0, a view type for none, a key for one that no attribute declares (it appears as
`74D93920-ED26-11E3-AC10-0800200C9A66`). `terraform plan` fails although nothing is wrong with the table. Release 6
waits for the value in most cases.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.90"
    }
  }
}

resource "aws_cloudformation_stack" "settings" {
  name         = "settings"
  template_url = "https://example.com/settings.yaml"
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = aws_cloudformation_stack.settings.outputs["key"] #~ DYN148
  deletion_protection_enabled = true

  attribute {
    name = aws_cloudformation_stack.settings.outputs["key"]
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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.90"
    }
  }
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

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Give the table a value that is known before: an input, a local, or what the other resource was given rather than what
it computes. Or apply the other resource first.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [provider issue 48063](https://github.com/hashicorp/terraform-provider-aws/issues/48063)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Unknown, Violation, rule


@rule("DYN148", visits=Table, severity=Severity.ERROR)
def value_known_too_late(table: Table) -> Iterator[Violation]:
    """Under provider 5 what the plan checks must be known before it."""
    if table.resource.releases.since("6.0") is not False:
        return
    for field in table.planned_fields:
        if isinstance(field.state, Unknown) and field.state.comes_with_apply:
            yield Violation(
                f"{field.path.rpartition('.')[2]} of {table.title} is known only after apply, and provider 5 takes it "
                "for empty while it plans: terraform plan fails on a new table",
                at=field,
                label=field.state.reason,
                help="use a value that is known before apply",
            )
