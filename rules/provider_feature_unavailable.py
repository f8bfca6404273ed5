"""Something that the AWS provider in use does not have yet.

## Why it matters

`warm_throughput`, `global_table_witness`, the `region` argument, `key_schema` in an index, an index as a resource of
its own: all came with releases 6 of the AWS provider. Under an earlier one `terraform validate` says `Unsupported
argument` or `Invalid resource type`.

Which release runs is in `.terraform.lock.hcl`, else in `required_providers`. If it is surely too old, this is an
error; if the requirement merely allows one that is too old, a note, because the next machine may take that. If nothing
is required, the rule is undecided.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  region                      = "eu-west-1" #~ DYN146

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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  region                      = "eu-west-1"

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

Raise the requirement to the release that the message names and run `terraform init -upgrade`, or do without.

## References

- [Terraform: provider requirements](https://developer.hashicorp.com/terraform/language/providers/requirements)
- [AWS provider: changes](https://github.com/hashicorp/terraform-provider-aws/blob/main/CHANGELOG.md)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Undecided, Violation, rule


@rule("DYN146", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def provider_feature_unavailable(block: SchemaBlock) -> Iterator[Violation]:
    """What came with a later release needs a requirement that leaves earlier ones out."""
    for addition in block.additions:
        there = block.releases.since(addition.since)
        if there:
            continue
        by = block.releases.decided_by(addition.since)
        if by is None:
            if addition.is_dialect:
                raise Undecided(
                    "no release of the AWS provider is required",
                    f'{addition.name} needs version = ">= {addition.since}" in required_providers',
                    addition.at,
                )
            continue
        where = f"the lock file has {by.text}" if by.locked else f'the requirement "{by.text}" allows'
        yield Violation(
            f"the {addition.kind} {addition.name} came with release {addition.since} of the AWS provider, and {where}"
            + (" only older ones: terraform validate refuses it" if there is False and not by.locked else "")
            + (": terraform validate refuses it" if by.locked else "")
            + (" older ones too" if there is None else ""),
            at=addition.at,
            label=f"since {addition.since}",
            severity=Severity.ERROR if there is False else Severity.NOTE,
            help=f'require version = ">= {addition.since}"',
            trace=block.required_at(by),
        )
