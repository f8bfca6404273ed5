"""An argument or block that the provider does not have.

## Why it matters

`terraform validate` refuses an argument or block that the resource does not have: a typo, a plural, a block written as
an argument or the other way round, an argument that only its neighbour has (an index in the table's place has no
`hash_key` of its own if it is a local one), or one that AWS computes and nobody sets (`arn`). While that is so,
Terraform checks nothing else in the resource, so further faults stay hidden until it is mended; dynalint reports them
all at once.

Looked at are all DynamoDB, DAX and Application Auto Scaling resources, with what releases 5 and 6 of the provider
have. An argument that came with a later release than the one in use is another matter: `provider-feature-unavailable`.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "orderId"
  deletion_protection_enabled = true
  rangekey                    = "placedAt" #~ DYN140

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
  range_key                   = "placedAt"
  deletion_protection_enabled = true

  attribute {
    name = "orderId"
    type = "S"
  }

  attribute {
    name = "placedAt"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}
```

## How to fix

Write the name that the message offers. Where a block is meant, write `name { … }` without an equals sign; where an
argument is meant, write `name = …`. Delete what AWS computes.

## References

- [aws_dynamodb_table](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table)
- [Terraform: arguments and blocks](https://developer.hashicorp.com/terraform/language/syntax/configuration)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import SchemaBlock, Severity, Violation, rule

REFUSED = "terraform validate refuses it"


@rule("DYN140", visits=SchemaBlock, unmade=True, severity=Severity.ERROR)
def argument_unsupported(block: SchemaBlock) -> Iterator[Violation]:
    """Everything written must be in the schema, and not be computed."""
    for misfit in block.misfits:
        if misfit.computed:
            message = f'"{misfit.name}" of {block.title} is computed by AWS and cannot be set: {REFUSED}'
            yield Violation(message, at=misfit.at, label="computed", help="delete the line")
        elif misfit.other_kind and misfit.instead == misfit.name:
            proper = "a block" if misfit.kind == "argument" else "an argument"
            form = f"{misfit.name} {{ … }}" if misfit.kind == "argument" else f"{misfit.name} = …"
            message = f'"{misfit.name}" of {block.title} is {proper} and no {misfit.kind}: {REFUSED}'
            yield Violation(message, at=misfit.at, label=f"{proper} of this name exists", help=f"write {form}")
        else:
            yield Violation(
                f'{block.title} has no {misfit.kind} "{misfit.name}": {REFUSED}',
                at=misfit.at,
                label=f'did you mean "{misfit.instead}"?' if misfit.instead else f"no {misfit.kind} of this name",
                help=f"write {misfit.instead}" if misfit.instead else "delete it, or put it where it belongs",
                fix=misfit.fix,
            )
