"""A policy names an action that DynamoDB does not have.

## Why it matters

IAM accepts any action of the right form. `dynamodb:PutItems` is saved, attached, and allows nothing: the call that it
was written for is denied at run time. In a Deny the same slip is worse, for it protects nothing and nobody finds out.

An action is held against AWS's list of a certain month, which the message names; services grow. Close to a known
action it is an **error**, else a **warning**. So is a pattern that fits no action at all, and the prefix
`dynamodbstreams:`, which is an endpoint's name and no prefix of actions.

## Non-compliant

```hcl
data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["dynamodb:PutItems", "dynamodb:UpdateItem"] #~ DYN405
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## Compliant

```hcl
data "aws_iam_policy_document" "writer" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:BatchWriteItem", "dynamodb:UpdateItem"]
    resources = ["arn:aws:dynamodb:eu-west-1:123456789012:table/orders"]
  }
}
```

## How to fix

Write the action as the Service Authorization Reference has it; case does not matter. Reads of a stream are actions of
`dynamodb:` as well: `dynamodb:GetRecords`.

## References

- [Actions, resources and condition keys for DynamoDB](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html)
- [Actions, resources and condition keys for DAX](https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodbacceleratordax.html)
"""

from __future__ import annotations

from collections.abc import Iterator

from dynalint import Severity, Statement, UnknownAction, Violation, rule

OPERATIONS = {
    "transactwriteitems": "PutItem, UpdateItem, DeleteItem and ConditionCheckItem",
    "transactgetitems": "GetItem",
    "executestatement": "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete",
    "batchexecutestatement": "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete",
    "executetransaction": "PartiQLSelect, PartiQLInsert, PartiQLUpdate and PartiQLDelete",
}
"""Operations of the API that other actions allow, in lower case.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
"""


@rule("DYN405", visits=Statement, severity=Severity.ERROR)
def iam_action_unknown(statement: Statement) -> Iterator[Violation]:
    """Each action of a statement that is none, in Allow and Deny alike."""
    for unknown in statement.unknown_actions:
        near = unknown.near
        yield Violation(
            f"{unknown.shown} is no action of {unknown.service} as of {unknown.date}: it {unknown.effect} nothing, "
            "and IAM will not say so",
            at=unknown,
            severity=Severity.ERROR if near else Severity.WARNING,
            label="fits no action" if unknown.is_pattern else "no such action",
            help=_advice(unknown, near),
            trace=unknown.entry.trace,
            fix=unknown.fix if unknown.text.partition(":")[2].lower() not in OPERATIONS else None,
        )


def _advice(unknown: UnknownAction, near: str | None) -> str:
    instead = OPERATIONS.get(unknown.text.partition(":")[2].lower())
    if instead:
        return f"it is a call, and no action: what allows it is {instead}"
    return f'did you mean "{near}"?' if near else "look the action up in the Service Authorization Reference"
