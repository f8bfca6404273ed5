"""A table lacks a tag that the settings ask for.

## Why it matters

A bill is split by the tags that are on everything, and only by those. Which ones these are is your decision, so the
rule is silent until the settings list them:

```toml
[rules.required-tags-missing]
keys = ["Owner", "CostCentre"]
values = { Environment = ["prod", "staging", "dev-*"] }
```

What counts are effective tags, `default_tags` of the provider included. A key under `values` is required too, with one
of these values; `*` stands for anything.

## Non-compliant

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

  tags = { Team = "shop" } #~ DYN602
}
```

## Compliant

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

  tags = { Owner = "shop" }
}
```

## How to fix

Set the tags once in `default_tags` of the provider, and in `tags` what differs from table to table.

## References

- [Resource tagging in the AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging)
- [Best practices for tagging](https://docs.aws.amazon.com/whitepapers/latest/tagging-best-practices/tagging-best-practices.html)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from dynalint import Severity, Tags, Undecided, Violation, rule


@dataclass(frozen=True, slots=True)
class RequiredTags:
    """Keys that every table has to have, and for some of them the values that are allowed (``*`` for anything)."""

    keys: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@rule(
    "DYN602",
    visits=Tags,
    severity=Severity.WARNING,
    options=RequiredTags,
    equivalents=("aws_resource_missing_tags",),
)
def required_tags_missing(tags: Tags, required: RequiredTags) -> Iterator[Violation]:
    """Each key is there, and its value is one of those allowed."""
    wanted = dict.fromkeys((*required.keys, *required.values))
    effective = tags.effective
    for key, value in effective.items():
        allowed = required.values.get(key, ())
        if allowed and isinstance(value.data, str) and not any(fnmatchcase(value.data, item) for item in allowed):
            shown = "a sensitive value" if value.sensitive else f'"{value.data}"'
            yield Violation(
                f"the tag {key} of {tags.title} is {shown}, and has to be {_either(allowed)}",
                at=tags,
                label=f"{key} has another value",
                help="write one of the allowed values",
            )
    absent = [key for key in wanted if key not in effective]
    if not absent:
        return
    if (doubt := tags.doubt) is not None:
        raise Undecided(doubt.reason, f"{doubt.hint}; asked for: {', '.join(absent)}".lstrip("; "), tags.at)
    yield Violation(
        f"{tags.title} has no tag {' and no tag '.join(absent)}, which the settings ask for",
        at=tags,
        label="not all required tags",
        help="add it to tags, or to default_tags of the provider",
    )


def _either(values: tuple[str, ...]) -> str:
    return " or ".join(f'"{value}"' for value in values)
