"""An item that Terraform writes holds a secret.

## Why it matters

What stands in `item` stands in the repository, in the state, and in every plan that is printed or stored: in more
places than anybody guards. The rule knows the shapes of well-known credentials (access keys, private keys, tokens), and
attributes whose name says what they are.

## Non-compliant

```hcl
resource "aws_dynamodb_table" "settings" {
  name                        = "settings"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "name"
  deletion_protection_enabled = true

  attribute {
    name = "name"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_table_item" "settings" {
  table_name = aws_dynamodb_table.settings.name
  hash_key   = aws_dynamodb_table.settings.hash_key

  item = jsonencode({ #~ DYN340
    name     = { S = "mail" }
    password = { S = "hunter2-and-more" }
  })
}
```

## Compliant

```hcl
resource "aws_dynamodb_table" "settings" {
  name                        = "settings"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "name"
  deletion_protection_enabled = true

  attribute {
    name = "name"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = { Team = "shop" }
}

resource "aws_dynamodb_table_item" "settings" {
  table_name = aws_dynamodb_table.settings.name
  hash_key   = aws_dynamodb_table.settings.hash_key

  item = jsonencode({
    name       = { S = "mail" }
    secret_arn = { S = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:mail-a1b2c3" }
  })
}
```

## How to fix

Keep the secret in Secrets Manager or Parameter Store, write its ARN into the item, and change the secret: it is known
by now.

## References

- [Sensitive data in state](https://developer.hashicorp.com/terraform/language/manage-sensitive-data)
- [aws_dynamodb_table_item](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/dynamodb_table_item)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint import Severity, TableItem, Violation, rule

SHAPES = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"  # access keys of AWS
    r"|-----BEGIN [A-Z ]*PRIVATE KEY-----"
    r"|\bgh[pousr]_[A-Za-z0-9]{36}"  # tokens of GitHub
    r"|\bgithub_pat_\w{22,}"
    r"|\bglpat-[\w-]{20}"  # tokens of GitLab
    r"|\bxox[abprs]-[A-Za-z0-9-]{10,}"  # tokens of Slack
    r"|\b[rs]k_live_[A-Za-z0-9]{16,}"  # keys of Stripe
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"  # JSON web tokens
)
NAMES = re.compile(r"(?i)(?:^|[_.-])(?:password|passwd|secret|api_?key|private_?key|access_?token|client_?secret)$")
PLACEHOLDER = re.compile(r"(?i)arn:|ssm:|vault:|\$\{|<|\*|change.?me|example|placeholder|dummy|^.{0,5}$")


@rule("DYN340", visits=TableItem, severity=Severity.WARNING)
def secret_in_table_item(item: TableItem) -> Iterator[Violation]:
    """No text that is shaped like a credential, and none under such a name."""
    for name, text in item.texts:
        if SHAPES.search(text) or (NAMES.search(name) and not PLACEHOLDER.search(text)):
            yield Violation(
                f"the attribute {name} looks like a secret, which is now in the repository, in state and in plans",
                at=item.item.at,
                label="a secret in the clear?",
                help="keep it in Secrets Manager and write its ARN; change the secret",
            )
