"""Evaluating a root module costs more than it may.

## Why it matters

dynalint bounds the steps, the depth and the sizes of what it evaluates, so that no configuration can make it hang or
use up the memory. Where a bound is reached, what comes after it in this root is not judged.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" { #~ DYN005
  for_each = toset([for number in range(1000000000) : tostring(number)])
  name     = "orders-${each.key}"
  hash_key = "id"

  attribute {
    name = "id"
    type = "S"
  }
}
```

## Compliant

```hcl
locals {
  shards = toset(["a", "b"])
}
```

## How to fix

Collections of hundreds of thousands of members are nearly always a mistake: look at the place of the finding. Where
they are meant, check the plan instead.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

EVALUATION_LIMITED = run_rule("DYN005", "evaluation-limited", Severity.WARNING, __doc__)
