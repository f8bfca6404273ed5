"""A rule failed while it looked at an object.

## Why it matters

The rule has a fault: it gave no verdict on this object. All other rules went on, and so did this one on other objects,
but the run is not complete, so dynalint exits with 2. A rule that fails in one way on many objects is reported once, at
the first of them.

## How to fix

Report it to the authors of the rule, with the text that `DYNALINT_DEBUG=1 dynalint check` prints. Until it is fixed
the rule can be left out with `--ignore`. This finding cannot be ignored by a comment.
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

RULE_FAILED = run_rule("DYN003", "rule-failed", Severity.ERROR, __doc__, ignorable=False)
