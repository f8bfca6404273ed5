"""A policy is one that IAM refuses.

## Why it matters

IAM has a grammar, and Terraform does not know it: a policy without Effect, with `Effect = "allow"`, an action without
its service, a resource that is a name and no ARN is planned without a word and fails at apply with
`MalformedPolicyDocument`, which says nothing of where. Text that is no JSON is refused earlier, by `terraform plan`.

Judged are policies of roles, users, groups and permission sets, and documents; those that have nothing to do with
DynamoDB only for being JSON. Blank lines in front of the text are fine. One Sid twice is refused too: where a document
has it twice, by `terraform plan`, which then has no document at all.

## Non-compliant

```hcl
resource "aws_iam_policy" "reader" {
  name = "reader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "allow" #~ DYN407
        Action   = "dynamodb:GetItem"
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## Compliant

```hcl
resource "aws_iam_policy" "reader" {
  name = "reader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "dynamodb:GetItem"
        Resource = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders"
      },
    ]
  })
}
```

## How to fix

Write policies as `aws_iam_policy_document`, which knows the elements and their names. In JSON every statement has an
Effect (`Allow` or `Deny`, in just this case), an Action (`dynamodb:…`) and a Resource (`*` or ARNs); the Version is
`2012-10-17`.

## References

- [Grammar of the IAM JSON policy language](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
- [aws_iam_policy_document](https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Policy, Severity, Violation, rule


@rule("DYN407", visits=Policy, severity=Severity.ERROR, equivalents=("E3510",))
def iam_policy_malformed(policy: Policy) -> Iterator[Violation]:
    """Each fault in the form of a policy."""
    for flaw in policy.flaws:
        end = "terraform plan refuses it" if flaw.stage != "apply" else "apply fails with MalformedPolicyDocument"
        yield Violation(f"the policy {flaw.message}: {end}", at=flaw.at, help=flaw.help, label="refused")
