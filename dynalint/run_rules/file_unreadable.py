"""A file or block cannot be read.

## Why it matters

What cannot be read cannot be checked, and a run must not look clean because of that. Terraform would refuse to start
on such a file, too: an unclosed brace, string or heredoc, an argument set twice, bytes that are not UTF-8. A broken
block costs only itself: everything else is checked all the same, but nothing is called missing whose proof may be in
the unreadable part.

A file that is reached by a link leading out of the project is not read either.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "orders" {
  name     = "orders"
  hash_key = "id" hash_key = "pk" #~ DYN001
}
```

## Compliant

```hcl
locals {
  table_name = "orders"
}
```

## How to fix

Go to the line and column of the finding; `terraform fmt` and `terraform validate` name the same place. This finding
cannot be ignored.

## References

- [Terraform: configuration syntax](https://developer.hashicorp.com/terraform/language/syntax/configuration)
"""

from __future__ import annotations

from dynalint.findings import Severity
from dynalint.run_rules.page import run_rule

FILE_UNREADABLE = run_rule("DYN001", "file-unreadable", Severity.ERROR, __doc__, ignorable=False)
