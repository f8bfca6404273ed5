"""Arguments that exclude each other are both set.

## Why it matters

Some arguments stand for two ways of doing one thing, and the provider takes one of them: capacity units or a ceiling
for on-demand use, an import from S3 or a restore from a table, from a backup, from an ARN. `terraform validate`
refuses both together: `Conflicting configuration arguments`. A capacity of 0 counts as set; null does not.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  read_capacity               = 0
  write_capacity              = 0

  attribute {
    name = "orderId"
    type = "S"
  }

  on_demand_throughput { #~ DYN143
    max_read_request_units  = 4000
    max_write_request_units = 1000
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

  on_demand_throughput {
    max_read_request_units  = 4000
    max_write_request_units = 1000
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Keep the one that is meant. Where an input chooses between the two, set the other to null.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule


@rule("DYN143", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def arguments_conflict(block: SchemaBlock) -> Iterator[Violation]:
    """Of arguments that exclude each other one may be set."""
    for fields in block.conflicts:
        *others, last = (field.path.rpartition(".")[2] for field in fields)
        yield Violation(
            f"{last} of {block.title} cannot stand beside {' and '.join(others)}: terraform validate refuses it",
            at=fields[-1],
            label=f"conflicts with {', '.join(others)}",
            help="keep the one that is meant, and leave the other out or set it to null",
        )
