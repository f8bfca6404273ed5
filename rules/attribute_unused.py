"""A declared attribute is a key of nothing.

## Why it matters

Only keys are declared in `attribute` blocks: those of the table and of its indexes. Anything else an item holds is not
declared at all. An attribute that no key uses passes `terraform validate`, and `terraform plan` refuses it: `all
attributes must be indexed. Unused attributes: […]`.

In a module the usual form is an attribute that is always there while the only index that uses it can be left out: the
first caller who leaves it out cannot plan. That is a warning here, since it works as it stands.

An index resource of its own (`aws_dynamodb_global_secondary_index`) brings its types along: a new table that declares
an attribute for it alone is refused, too.

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

  attribute { #~ DYN105
    name = "status"
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

Delete the block; items may hold the attribute all the same. If it was meant as a key of an index, add the index. If
the index is conditional, make the block just as conditional.

## References

- [aws_dynamodb_table, attribute](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table#attribute)
- [Core components of DynamoDB](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.CoreComponents.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Table, Violation, rule


@rule("DYN105", visits=Table, severity=Severity.ERROR)
def attribute_unused(table: Table) -> Iterator[Violation]:
    """Each declared attribute must be a key of the table or of one of its indexes."""
    for unused in table.unused_attributes:
        name = unused.attribute.name.shown
        if unused.switches:
            inputs = " or ".join(f"var.{switch}" for switch in unused.switches)
            yield Violation(
                f"attribute {name} of {table.title} is always declared, and the only index that uses it is left out "
                f"when {inputs} says so: terraform plan then refuses the table",
                at=unused.attribute,
                label="declared even without its index",
                severity=Severity.WARNING,
                help='make it with dynamic "attribute" under the same condition as the index',
            )
            continue
        why = " but an index resource, which brings its own types" if unused.only_standalone else ""
        yield Violation(
            f"attribute {name} of {table.title} is a key of nothing{why}, so terraform plan refuses the table",
            at=unused.attribute,
            label="no key uses it",
            help="delete the block: attributes that are no key are not declared",
            fix=unused.fix,
        )
