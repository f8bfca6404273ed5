"""The type of a key attribute is changed, and nothing will ever come of it.

## Why it matters

The type of a key cannot be changed, and the provider does not say so: it compares attributes by name, finds nothing to
do, and plans no change, now and in every later run. The configuration says `N`, the table has `S`, and code written
after the configuration gets `ValidationException` for the type of every key it sends.

Keys of an index that is deleted and made anew are not meant: they get their new type.

Without a plan (`dynalint diff`) it is the text that is compared: what would happen if the earlier text were what
exists.

## Non-compliant

As it is:

```hcl before
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

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "N" #~ DYN703
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## Compliant

As it is:

```hcl before
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

  tags = { Team = "shop" }
}
```

As it is changed:

```hcl
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

  tags = { Team = "shop", Stage = "prod" }
}
```

## How to fix

Write the type that the table has. For another one make a new table, or for the key of a global index a new attribute
and a new index, and copy the values.

## References

- [A changed attribute type is not planned](https://github.com/hashicorp/terraform-provider-aws/issues/31730)
- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableChange, Violation, rule


@rule("DYN703", visits=TableChange, severity=Severity.ERROR)
def key_type_change_ignored(change: TableChange) -> Iterator[Violation]:
    """Each key that stays a key and is written with another type."""
    if not change.stays:
        return
    for old, new in change.retyped_keys:
        yield Violation(
            f"key {new.name.shown} of {change.title} has the type {old.type.shown} and keeps it: {new.type.shown} is "
            "written, and terraform plan will show no change, now or ever",
            at=new.type,
            label=f"is {old.type.shown} on the table",
            help=f"write {old.type.shown} again; another type takes a new table, or a new index",
        )
