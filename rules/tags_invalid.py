"""A tag is not one that AWS takes.

## Why it matters

Terraform does not look at tags. AWS refuses a request with a key of no or of more than 128 characters, a value of more
than 256, more than 50 tags, or characters other than letters, digits, blanks and `+ - = . _ : / @`; then the table is
not made. Keys that begin with `aws:` are its own: the provider drops them from every request, and each plan shows them
as missing again, for ever. Keys that differ by case alone are two tags, which nobody means: that is a warning.

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

  tags = { "Team?" = "shop" } #~ DYN603
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

  tags = { Team = "shop" }
}
```

## How to fix

Choose another key or value. If the tags come from `default_tags` or an input, mend them there.

## References

- [Tagging restrictions](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html)
- [Resource tagging in the AWS provider](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/resource-tagging)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint import Severity, Tags, Violation, rule

MOST, LONGEST_KEY, LONGEST_VALUE = 50, 128, 256
ALLOWED = re.compile(r"[\w +\-=.:/@]*")


@rule("DYN603", visits=Tags, severity=Severity.ERROR)
def tags_invalid(tags: Tags) -> Iterator[Violation]:
    """Number, keys and values of the effective tags."""
    effective = tags.effective
    faults = [(tags.place_of(key), fault) for key, value in effective.items() for fault in _faults(key, value.data)]
    faults += [
        (tags.place_of(key), f"{key} begins with aws:, is never sent, and shows in every plan") for key in tags.reserved
    ]
    if len(effective) > MOST:
        faults.append((tags.own, f"there are {len(effective)}, and AWS takes {MOST}"))
    for place, fault in faults:
        yield Violation(
            f"the tags of {tags.title} are not what AWS takes: {fault}",
            at=place,
            label="no valid tag",
            help="AWS takes up to 50 tags, keys of 1 to 128 and values of up to 256 characters: "
            "letters, digits, blanks and +-=._:/@",
        )
    by_case: dict[str, str] = {}
    for key in effective:
        other = by_case.setdefault(key.lower(), key)
        if other != key:
            yield Violation(
                f"the tags {other} and {key} of {tags.title} differ by case alone, and are two tags to AWS",
                at=tags.place_of(key),
                label="one tag meant?",
                severity=Severity.WARNING,
                help="delete one of the two",
            )


def _faults(key: str, value: object) -> Iterator[str]:
    if not key:
        yield "a key is empty"
    if len(key) > LONGEST_KEY:
        yield f"the key {key[:20]}… has {len(key)} characters, and may have {LONGEST_KEY}"
    if not ALLOWED.fullmatch(key):
        yield f"the key {key[:40]} has a character that tags may not have"
    if isinstance(value, str) and len(value) > LONGEST_VALUE:
        yield f"the value of {key[:40]} has {len(value)} characters, and may have {LONGEST_VALUE}"
    if isinstance(value, str) and not ALLOWED.fullmatch(value):
        yield f"the value of {key[:40]} has a character that tags may not have"
