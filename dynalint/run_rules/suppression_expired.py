"""A suppression comment has expired, or is about to.

## Why it matters

`until=` was written so that somebody looks again. The comment hides nothing after that day (UTC), and the finding is
back. In the fourteen days before it is a note.

## Non-compliant

```hcl
/* dynalint: ignore[attribute-type-invalid] until=2020-01-31 until the migration */ #~ DYN013
locals {
  table_name = "orders"
}
```

## Compliant

```hcl
locals {
  table_name = "orders"
}
```

## How to fix

Fix what the comment hides and delete it, or decide again and write a new date.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

SUPPRESSION_EXPIRED = run_rule("DYN013", "suppression-expired", Severity.WARNING, __doc__)
