"""A suppression comment does not say why.

## Why it matters

Whoever finds the comment in a year has to decide whether it still holds. Without a reason that is guesswork, and the
comment stays for good.

## Non-compliant

```hcl
# dynalint: ignore[point-in-time-recovery-missing] #~ DYN014
resource "aws_dynamodb_table" "cache" {
  name         = "cache"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
# dynalint: ignore[point-in-time-recovery-missing] rebuilt from S3 every night
resource "aws_dynamodb_table" "cache" {
  name         = "cache"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## How to fix

Write the reason behind the brackets, and behind the date if there is one. The rule runs where the settings say
`require-reason = true`, or where it is selected.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

SUPPRESSION_UNEXPLAINED = run_rule("DYN014", "suppression-unexplained", Severity.NOTE, __doc__, opt_in=True)
