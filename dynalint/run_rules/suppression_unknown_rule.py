"""A suppression comment names a rule that does not exist.

## Why it matters

The comment does not do what its author thought, and the finding it was written for still stands, or will.

## Non-compliant

```hcl
/* dynalint: ignore[atribute-type-invalid] */ #~ DYN011
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

Write the code or the name of one rule, as `dynalint rules` lists them. Only `file-ignore` takes the beginning of a
code (`DYN1`). A rule of a pack that is not installed here is unknown, too.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

SUPPRESSION_UNKNOWN_RULE = run_rule("DYN011", "suppression-unknown-rule", Severity.WARNING, __doc__)
