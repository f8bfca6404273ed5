"""Two tables of one account and Region have one name.

## Why it matters

The second one cannot be made: AWS answers the apply with *ResourceInUseException: Table already exists*, after the
first has been made. It happens where a block is copied, where a module is called twice with the same name, and where
`count` or `for_each` makes several tables whose name does not depend on which one it is.

Tables of different providers (aliases) or Regions are not compared.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  count = 2

  name         = "orders" #~ DYN611
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

## Compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  count = 2

  name         = "orders-${count.index}"
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

## How to fix

Put what makes the tables different into their names: `each.key`, the environment, the name of the module's caller.

## References

- [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html)
- [aws_dynamodb_table, name](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#name)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import NameClash, Severity, Violation, rule


@rule("DYN611", visits=NameClash, severity=Severity.ERROR)
def table_name_duplicated(clash: NameClash) -> Iterator[Violation]:
    """Each table that has the name of one before it."""
    yield Violation(
        f"{clash.address} has the name of {clash.taken_by}: the apply makes one of them and fails on the other",
        at=clash.name,
        label="the name is taken",
        help="put what makes the tables different into their names",
    )
