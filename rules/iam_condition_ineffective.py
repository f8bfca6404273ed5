"""A condition asks for a key that the action does not have.

## Why it matters

Each action knows certain condition keys. A request without the key fails every plain test, so that nothing is allowed,
and passes every `ForAllValues:` and `…IfExists`, so that nothing is limited. `dynamodb:LeadingKeys`, by which tenants
are kept apart, is no key of `Scan`: with `ForAllValues:` every tenant may scan the whole table, of all others too. So
it is with `dynamodb:FullTableScan`, which only `PartiQLSelect` knows.

`dynamodb:LeadingKeys` has several values for a batch, and wants `ForAllValues:`. A `Null` test beside it, which makes
sure that there is a key at all, takes none.

## Non-compliant

```hcl
data "aws_iam_policy_document" "tenant" {
  statement {
    actions   = ["dynamodb:Query", "dynamodb:BatchGetItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]

    condition { #~ DYN414
      test     = "StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["$${aws:PrincipalTag/tenant}"]
    }
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "tenant" {
  statement {
    actions   = ["dynamodb:Query", "dynamodb:BatchGetItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "dynamodb:LeadingKeys"
      values   = ["$${aws:PrincipalTag/tenant}"]
    }
  }
}
```

## How to fix

Put `Scan` in no statement that keeps tenants apart. Write the test of `dynamodb:LeadingKeys` with `ForAllValues:`, and
conditions for one action in a statement of its own.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Fine-grained access control](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, Violation, rule

SCANS = "dynamodb:Scan"
KEYS = ("dynamodb:leadingkeys", "dynamodb:fulltablescan")


@rule("DYN414", visits=Statement, severity=Severity.WARNING)
def iam_condition_ineffective(statement: Statement) -> Iterator[Violation]:
    """Conditions that never hold, or always do, for an action that the statement allows."""
    if not statement.is_identity or not statement.allows:
        return
    for condition in statement.conditions:
        if condition.key.lower() in KEYS and next(statement.grants(SCANS), None):
            always = condition.holds_without_key
            yield Violation(
                f"Scan has no {condition.key}: {condition.operator} on it "
                + ("always holds, and limits nothing" if always else "never holds, and Scan is not allowed at all"),
                at=statement.place_of_condition(condition),
                label="knows no such key",
                help="allow Scan in a statement of its own, if anywhere",
            )
        elif condition.key.lower() == KEYS[0] and not _takes_several(condition.operator.lower()):
            yield Violation(
                f"{condition.key} has a value for each key of a request: {condition.operator} fails for a batch",
                at=statement.place_of_condition(condition),
                label="wants ForAllValues",
                help=f"write ForAllValues:{condition.operator.rpartition(':')[2]}",
            )


def _takes_several(operator: str) -> bool:
    # Null asks whether there is a value at all, and is what keeps ForAllValues from holding without one.
    return "forallvalues" in operator or operator == "null"
