"""One attribute is two keys at once.

## Why it matters

A key is made of different attributes. A table or index whose sort key is its partition key passes `terraform validate`
and `terraform plan`, and AWS refuses it when it is applied. A local index has the partition key of its table, so its
sort key cannot be that one either.

Two keys of one expression are one attribute, whatever it turns out to be. Where one of them is not known, and may turn
out to be the other, the rule stays undecided.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "orderId" #~ DYN107
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
```

## How to fix

Name another attribute as the sort key, or leave it out.

## References

- [CreateTable](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html)
- [KeySchemaElement](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_KeySchemaElement.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, equal, equality_doubt, rule

AWS = "AWS refuses it at apply; terraform plan does not notice"


@rule("DYN107", visits=Table, severity=Severity.ERROR)
def key_attribute_repeated(table: Table) -> Iterator[Violation]:
    """The keys of the table, and those of each index, must be different attributes."""
    if equal(table.hash_key, table.range_key):
        yield Violation(
            f"range_key {table.range_key.shown} of {table.title} is its hash_key too: {AWS}",
            at=table.range_key,
            label="the partition key already",
            help="name another attribute, or leave the sort key out",
        )
    for index in table.indexes:
        key = index.repeated_key
        if key is not None:
            whose = "the partition key of its table" if not index.is_global else "a key of it already"
            yield Violation(
                f"{key.path.rpartition('.')[2]} {key.shown} of {index.title} is {whose}: {AWS}",
                at=key,
                label="already a key",
                help="name another attribute",
            )
    pairs = [(table.range_key, table.hash_key), *(pair for index in table.indexes for pair in index.key_pairs)]
    for key, other in pairs:
        if (doubt := equality_doubt(key, other)) is not None:
            raise doubt
