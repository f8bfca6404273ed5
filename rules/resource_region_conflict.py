"""A resource names a Region, and a provider for another one.

## Why it matters

Since version 6 of the provider every resource has a `region` argument, which wins over the Region of its provider.
Where a resource names an aliased provider as well, and that alias stands for another Region, one of the two is left
over from before: whoever reads `provider = aws.virginia` looks for the table in Virginia and finds none there, and the
next who tidies up and deletes the argument moves the table, which replaces it.

The rule compares the argument with the Region of a provider that has an alias, for every resource of DynamoDB, replicas
included, which are made in the Region of their provider. A provider without an alias is there for all resources; to
differ from it is what the argument is for.

## Non-compliant

```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_dynamodb_table" "orders" {
  provider = aws.virginia
  region   = "eu-central-1" #~ DYN670

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
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "virginia"
  region = "us-east-1"
}

resource "aws_dynamodb_table" "orders" {
  provider = aws.virginia

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

Keep one of the two: the alias, or the argument together with the provider that has no alias.

## References

- [Enhanced Region support](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support)
- [Provider configuration](https://developer.hashicorp.com/terraform/language/providers/configuration)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, equal, equality_doubt, rule


@rule("DYN670", visits=SchemaBlock, severity=Severity.NOTE)
def resource_region_conflict(block: SchemaBlock) -> Iterator[Violation]:
    """What ``region`` says must be what the alias stands for; in version 5 there is no such argument."""
    if block.regions is None or block.releases.since("6.0") is False:
        return
    own, provider = block.regions
    if (doubt := equality_doubt(own, provider)) is not None:
        raise doubt
    if not equal(own, provider):
        yield Violation(
            f"region of {block.address} is {own.shown}, and its provider is one for {provider.shown}",
            at=own,
            label="another Region than that of the provider",
            help="keep one of the two: the alias, or the argument and the provider without an alias",
        )
