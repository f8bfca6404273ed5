"""A global secondary index exists whatever the module's inputs are.

## Why it matters

Every index is a second table that DynamoDB writes along with the first: each write that touches its keys or projected
attributes is paid again, and on a provisioned table an index that is short of write capacity throttles the writes of
the table itself. In a module that others call, an index that nobody can leave out is paid by every caller, whether they
query it or not; and adding or removing one later is a backfill.

- **error**: the name or a key of the index comes from an input that is null unless the caller passes it. The block is
  there all the same, and `terraform plan` fails: `The argument "global_secondary_index.0.hash_key" is required`.
- **warning**: the index stands in a module that another one calls, or its arguments read an input.
- **note**: an index of literals in a root module. Its owner chose it; it is shown all the same.

An index is conditional if its block is `dynamic` over a collection that reads an input.

## Non-compliant

```hcl
variable "customer_key" {
  type    = string
  default = "customerId"
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = var.customer_key
    type = "S"
  }

  global_secondary_index { #~ DYN501
    name            = "by-customer"
    hash_key        = var.customer_key
    projection_type = "KEYS_ONLY"
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
variable "customer_key" {
  type    = string
  default = null
}

resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }

  dynamic "attribute" {
    for_each = var.customer_key[*]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.customer_key[*]

    content {
      name            = "by-customer"
      hash_key        = global_secondary_index.value
      projection_type = "KEYS_ONLY"
    }
  }

  deletion_protection_enabled = true

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Take the indexes as an input, a map or a list of objects, and make the blocks with `dynamic "global_secondary_index"`
over it; make the `attribute` blocks of their keys from the same input. In a root module, where the index is wanted,
suppress the rule at the block with the reason.

## References

- [Best practices for secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-indexes.html)
- [Throttling and global secondary indexes](https://repost.aws/knowledge-center/dynamodb-gsi-throttling-table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule

ADVICE = 'take it as an input and make it with dynamic "global_secondary_index", its attributes likewise'


@rule("DYN501", visits=Index, severity=Severity.WARNING)
def gsi_unconditional(index: Index) -> Iterator[Violation]:
    """A global index that no input can leave out, graded by who has to live with it."""
    if not index.is_global or not index.is_unconditional:
        return
    null = next((field for field in index.required if field.inputs and not field.is_set), None)
    if null is not None:
        yield Violation(
            f"{null.path.rpartition('.')[2]} of {index.title} is null here {null.shown}, and the index is made "
            "all the same: terraform plan fails",
            at=null,
            label="null, and required",
            severity=Severity.ERROR,
            help=ADVICE,
        )
    elif index.resource.calls or index.inputs:
        yield Violation(
            f"{index.title} is made for every caller of the module: each pays its writes, whether they query it or not",
            at=index,
            label="no input leaves it out",
            help=ADVICE,
        )
    else:
        yield Violation(
            f"{index.title} is always made, and every write to its attributes is paid a second time",
            at=index,
            label="always there",
            severity=Severity.NOTE,
            help="if it is wanted, nothing is wrong with it; a suppression with the reason says so",
        )
