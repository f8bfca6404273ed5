"""A key of a secondary index is not among the table's declared attributes.

## Why it matters

The keys of an index are declared like those of the table, in `attribute` blocks. Without one `terraform validate`
passes and `terraform plan` fails: `all indexes must match a defined attribute. Unmatched indexes: […]`.

The usual form of it in a module: an index that is off by default, made by `dynamic "global_secondary_index"`, whose key
attribute nobody declares. Nobody notices until the first caller turns the index on. It is reported at the module
itself, with the input that turns it on.

Index resources of their own (`aws_dynamodb_global_secondary_index`) bring the types of their keys along and need no
`attribute` block.

## Non-compliant

```hcl
variable "customer_index" {
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

  dynamic "global_secondary_index" {
    for_each = var.customer_index == null ? [] : [var.customer_index]

    content {
      name            = global_secondary_index.value
      hash_key        = "customerId" #~ DYN104
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

## Compliant

```hcl
variable "customer_index" {
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
    for_each = var.customer_index == null ? [] : ["customerId"]

    content {
      name = attribute.value
      type = "S"
    }
  }

  dynamic "global_secondary_index" {
    for_each = var.customer_index == null ? [] : [var.customer_index]

    content {
      name            = global_secondary_index.value
      hash_key        = "customerId"
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

Declare the key in an `attribute` block of the table. If the index is conditional, make the block just as conditional:
an attribute that no index uses is refused as well.

## References

- [aws_dynamodb_table, global_secondary_index](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#global_secondary_index)
- [Global secondary indexes](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Index, Severity, Violation, rule


@rule("DYN104", visits=Index, severity=Severity.ERROR, equivalents=("E3039",), latent=True)
def index_key_attribute_undefined(index: Index) -> Iterator[Violation]:
    """Each key of a nested index must be declared by its table."""
    if index.table is None or index.standalone:
        return
    declarations = index.table.declarations
    for key in index.keys:
        if not declarations.declares(key, index.condition):
            argument = key.path.rpartition(".")[2]
            yield Violation(
                f"{argument} {key.shown} of {index.title} is declared by no attribute block of {index.table.title}, "
                "so terraform plan refuses it",
                at=key,
                label="no attribute of this name",
                help=declarations.advice(key),
                fix=index.table.declaration_fix(key) if index.condition is None else None,
            )
