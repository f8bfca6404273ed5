"""An item does not have the key of its table.

## Why it matters

An item is found by its key, so it must have every key attribute of its table, with the type that the table declares,
and not empty. None of that is checked before `terraform apply` puts the item. If the `hash_key` argument itself is not
the table's, it is worse: the item is written, then cannot be read back, and the resource is tainted.

An item of a table that this configuration does not make is held to the keys that it names itself; whether these are the
table's stays undecided.

## Non-compliant

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

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { N = "1" } #~ DYN161
    total   = { N = "5" }
  })
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

resource "aws_dynamodb_table_item" "first" {
  table_name = aws_dynamodb_table.orders.name
  hash_key   = aws_dynamodb_table.orders.hash_key

  item = jsonencode({
    orderId = { S = "0001" }
    total   = { N = "5" }
  })
}
```

## How to fix

Take `hash_key` and `range_key` from the table (`aws_dynamodb_table.NAME.hash_key`), and give the item those attributes
with the types that the table declares.

## References

- [aws_dynamodb_table_item](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_item)
- [PutItem](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, TableItem, Undecided, Violation, equal, rule

AT_APPLY = "DynamoDB refuses the item at apply"


@rule("DYN161", visits=TableItem, severity=Severity.ERROR)
def table_item_key_mismatch(item: TableItem) -> Iterator[Violation]:
    """The item must have the keys of its table, and they must be keys."""
    faults = list(_faults(item))
    yield from faults
    if item.table is None and not faults:
        item.table_name.known  # noqa: B018 - a name that is not known is the reason
        raise Undecided(f"table {item.table_name.shown} is not in this configuration", at=item.table_name.at)


def _faults(item: TableItem) -> Iterator[Violation]:
    """What is wrong with each key, as far as the table is known."""
    for own, key in item.keys:
        if key is not None and own.is_set and not equal(own, key) and own.known != key.known:
            yield Violation(
                f"{own.path} of the item is {own.shown}, and {item.whose} has {key.shown}: the item is written, then "
                "cannot be read, and the resource is tainted",
                at=own,
                label=f"{item.whose} has {key.shown}",
                help=f"write {own.path} = {item.key_reference(own.path)}",
            )
            continue
        if key is not None and key.is_set and not own.is_set:
            yield Violation(
                f"{item.whose} has the {own.path} {key.shown}, and the item does not name it: {AT_APPLY}",
                at=item,
                label=f"{own.path} is missing",
                help=f"write {own.path} = {item.key_reference(own.path)}",
            )
            continue
        yield from _judged(item, None if own.is_unknown else own.known)


def _judged(item: TableItem, name: str | None) -> Iterator[Violation]:
    """The attribute of one key."""
    if name is None or not item.is_well_formed:
        return
    value, wanted = item.attribute(name), item.type_of(name)
    if value is None:
        yield Violation(
            f"the item has no attribute {name!r}, which is a key of {item.whose}: {AT_APPLY}".replace("'", '"'),
            at=item.item,
            label="a key is missing",
            help=f'add {name} = {{ {wanted or "S"} = "…" }}',
        )
    elif wanted is not None and value.descriptor != wanted:
        yield Violation(
            f'key "{name}" of the item is of type {value.descriptor}, and {item.whose} declares {wanted}: {AT_APPLY}',
            at=item.place_of(value),
            label=f"must be {wanted}",
            help=f'write {{ {wanted} = "…" }}',
        )
    elif value.empty or value.is_no_number:
        yield Violation(
            f'key "{name}" of the item is {"empty" if value.empty else "no number"}: {AT_APPLY}',
            at=item.place_of(value),
            label="no value of a key",
            help="give the key a value",
        )
