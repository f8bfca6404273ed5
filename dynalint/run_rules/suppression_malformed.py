"""A comment begins like a suppression but is none.

## Why it matters

It hides nothing, although somebody meant it to.

## Non-compliant

```hcl
/* dynalint: ignore all of it */ #~ DYN012
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

Write `# dynalint: ignore[RULE, RULE] until=YYYY-MM-DD reason`, above a block or argument, or behind it. The rules are
codes or names; the date and the reason may be left out. `file-ignore[…]` holds for the whole file and stands before
its first block. There is no comment that ignores every rule.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

SUPPRESSION_MALFORMED = run_rule("DYN012", "suppression-malformed", Severity.WARNING, __doc__)
