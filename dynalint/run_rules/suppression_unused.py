"""A suppression comment hides nothing.

## Why it matters

A comment that hides nothing today may hide something real tomorrow, and nobody will be told. It also says of the code
what is no longer true.

## Non-compliant

```hcl
/* dynalint: ignore[attribute-type-invalid] migrated from the console */ #~ DYN010
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

Delete the comment, or the one rule in it that is no longer reported. Where the rule could not be decided, or did not
run, the comment is not called unused.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

SUPPRESSION_UNUSED = run_rule("DYN010", "suppression-unused", Severity.WARNING, __doc__)
