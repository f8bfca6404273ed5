"""A table has no tags.

## Why it matters

Tags are how a bill is split, how backup plans and access rules find what they apply to, and how somebody who sees the
table at night finds out whose it is. What counts are effective tags: those of the table merged with `default_tags` of
the provider that makes it (the alias it uses, or the one that the module call passes), without those that are null.

Replica resources and DAX clusters are looked at too; `aws_dynamodb_tag` counts for the table it tags.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN601
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
}
```

## Compliant

```hcl
provider "aws" {
  region = "eu-west-1"

  default_tags {
    tags = {
      Team = "shop"
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

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }
}
```

## How to fix

Set `default_tags` once in the provider, and `tags` where a table differs. A provider with an alias has default tags of
its own.

## References

- [Resource tagging in the AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging)
- [Tagging in DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Tags, Violation, rule


@rule(
    "DYN601",
    visits=Tags,
    severity=Severity.WARNING,
    equivalents=(
        "aws_resource_missing_tags",
        "aws_provider_missing_default_tags",
        "e38a8e0a-b88b-4902-b3fe-b0fcb17d5c10",
    ),
)
def tags_missing(tags: Tags) -> Iterator[Violation]:
    """One effective tag is enough."""
    if not tags.some:
        yield Violation(
            f"{tags.title} has no tags: none of its own that hold a value, and no default_tags of its provider",
            at=tags,
            label="no effective tags",
            help="add default_tags to the provider, or tags here",
        )
