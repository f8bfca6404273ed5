"""An index lists an attribute that it projects anyway, or twice.

## Why it matters

The keys of the table and of the index are always projected. Naming one in `non_key_attributes` adds nothing, and is
known to make the plan differ from the table for ever. One name twice is dropped by the provider in a global index; in
a local one it is sent, and AWS refuses the table.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = ["lineId", "total"] #~ DYN129
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
  range_key                   = "lineId"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "lineId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  local_secondary_index {
    name               = "by-date"
    range_key          = "placedAt"
    projection_type    = "INCLUDE"
    non_key_attributes = ["total"]
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Leave the name out.

## References

- [Projection](https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html)
- [provider issue 12872](https://github.com/hashicorp/terraform-provider-aws/issues/12872)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Field, Index, Severity, Violation, equal, rule


@rule("DYN129", visits=Index, severity=Severity.WARNING)
def projection_repeats_key(index: Index) -> Iterator[Violation]:
    """No name in the list may be a key, and none be there twice."""
    seen: list[Field[str]] = []
    for name in index.projected_names:
        if any(equal(name, key) for key in index.all_keys):
            yield Violation(
                f"{name.shown} is a key, and {index.title} projects its keys anyway",
                at=name,
                label="a key",
                help="leave it out",
                fix=index.without_projected(name),
            )
        elif not index.is_global and any(equal(name, other) for other in seen):
            yield Violation(
                f"{index.title} projects {name.shown} twice: AWS refuses the table at apply",
                at=name,
                label="twice",
                severity=Severity.ERROR,
                help="leave it out",
            )
        seen.append(name)
