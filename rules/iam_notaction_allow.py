"""A policy allows everything except what it lists, DynamoDB with it.

## Why it matters

`NotAction` in an Allow grants every action of every service but the ones named, and those that AWS adds next year;
`NotResource` grants on every resource but the ones named. DynamoDB is among them unless it is listed, which hardly
anybody has in mind who excludes IAM.

Where iam-scan-broad speaks of the statement this rule is silent.

## Non-compliant

```hcl
data "aws_iam_policy_document" "developer" {
  statement {
    not_actions = ["iam:*", "dynamodb:Scan"] #~ DYN413
    resources   = ["*"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "developer" {
  statement {
    not_actions = ["iam:*", "dynamodb:*", "dax:*"]
    resources   = ["*"]
  }
}
```

## How to fix

List what is allowed. To take something away from what another policy allows, write a Deny.

## References

- [NotAction](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html)
- [NotResource](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule


@rule("DYN413", visits=Statement, severity=Severity.WARNING)
def iam_notaction_allow(statement: Statement) -> Iterator[Violation]:
    """A statement that allows what it does not name."""
    element = next((name for name in ("NotAction", "NotResource") if statement.member(name) is not None), None)
    if not statement.is_identity or element is None or not statement.allows or statement.scans_everything:
        return
    grant = next((grant for grant in statement.all_grants() if grant.action.of_tables), None)
    if grant is not None:
        yield Violation(
            f"{element} leaves DynamoDB in: {grant.word} is allowed on {grant.shown}, with whatever else is not listed",
            at=statement.place_of(element),
            label=f"an Allow with {element}",
            help="list what is allowed; to take something away write a Deny",
        )
