"""What IAM refuses in a policy before it looks at what the policy means.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dynalint.dynamodb import actions
from dynalint.dynamodb.pieces import joined, pieces_of
from dynalint.dynamodb.policy_text import Malformed
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Value
from dynalint.records import dataclass
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.dynamodb.policy import Policy

VERSIONS = ("2012-10-17", "2008-10-17")
EFFECTS = ("Allow", "Deny")
PLAN, APPLY = "terraform plan", "apply"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One fault: ``message`` completes "this policy …", ``stage`` says who refuses it, ``help`` what to write."""

    message: str
    at: Span
    help: str
    stage: str = APPLY


def flaws(policy: Policy) -> Iterator[Flaw]:
    """The faults of a policy; of one that has nothing to do with DynamoDB only that it is no policy at all.

    What is no text at all is a fault of the argument's type.
    """
    match policy.content:
        case Malformed() if policy.text.type == STRING:
            yield _no_object(policy)
        case Value(data=dict() as members) if any(map(_concerns_dynamodb, _texts(policy.content))):
            yield from _of_policy(policy, members)


def _no_object(policy: Policy) -> Flaw:
    content = policy.content
    why = content.message if isinstance(content, Malformed) else ""
    text = policy.text
    if isinstance(text.data, str) and not text.data.strip():
        return Flaw("is an empty text", policy.at, "write a policy, or leave the resource out", PLAN)
    help_ = "write it as an object in jsonencode(…), or as an aws_iam_policy_document: neither can be malformed JSON"
    return Flaw(f"is no JSON object: {why}", policy.at, help_, PLAN)


def _of_policy(policy: Policy, members: dict[str, Value]) -> Iterator[Flaw]:
    version = members.get("Version")
    if version is not None and isinstance(version.data, str) and version.data not in VERSIONS:
        message = f'has the Version "{version.data}", which IAM does not know'
        yield Flaw(message, policy.within(version), f'write "{VERSIONS[0]}", which is no date to keep current')
    if not policy.statements and not members.get("Statement", Value(STRING, None)).is_unknown:
        yield Flaw("has no Statement", policy.at, "add a statement, or leave the policy out")
    for statement in policy.statements:
        yield from _of_statement(statement)
    yield from _repeated(policy)


def _of_statement(statement: Statement) -> Iterator[Flaw]:
    if not isinstance(statement.value.data, dict):
        return
    effect = statement.member("Effect")
    if effect is None:
        yield Flaw("has a statement without Effect", statement.at, 'add Effect = "Allow"')
    elif isinstance(effect.data, str) and effect.data not in EFFECTS:
        meant = next((word for word in EFFECTS if word.lower() == effect.data.lower()), None)
        help_ = f'write "{meant}": case matters here' if meant else 'write "Allow" or "Deny"'
        message = f'has the Effect "{effect.data}", and there are Allow and Deny alone'
        yield Flaw(message, statement.within(effect), help_, PLAN if statement.written.is_block else APPLY)
    yield from _missing(statement)
    for entry in (*statement.entries("Action"), *statement.entries("NotAction")):
        if isinstance(entry.data, str) and ":" not in entry.data and entry.data != "*":
            known = f"dynamodb:{entry.data}" in _names() and f'write "dynamodb:{entry.data}"'
            message = f'has the action "{entry.data}" without the prefix of a service'
            yield Flaw(message, statement.within(entry), known or 'write it as "dynamodb:ACTION"')
    for entry in (*statement.entries("Resource"), *statement.entries("NotResource")):
        pieces = pieces_of(entry)
        if pieces and isinstance(pieces[0], str) and not _may_be_arn(pieces[0], whole=len(pieces) == 1):
            message = f'has the resource "{statement.shown(entry)}", which is neither * nor an ARN'
            yield Flaw(message, statement.within(entry), "write the ARN: aws_dynamodb_table.NAME.arn")


def _missing(statement: Statement) -> Iterator[Flaw]:
    """Elements that every statement has, and those that one of an identity policy has or lacks."""
    policy = statement.policy
    pairs = [("Action", "NotAction")]
    if policy.grants_to_holder and not statement.has_principal:
        pairs.append(("Resource", "NotResource"))
    for one, other in pairs:
        if all(_is_empty(statement.member(name)) for name in (one, other)):
            yield Flaw(f"has a statement without {one}", statement.at, f"add {one}")
    if statement.has_principal and policy.grants_to_holder and policy.is_attached:
        help_ = "leave it out: the policy is for whoever has it"
        yield Flaw("names a Principal, which no policy of a role, user or group may", statement.at, help_)


def _repeated(policy: Policy) -> Iterator[Flaw]:
    seen: set[str] = set()
    for statement in policy.statements:
        if statement.sid and statement.sid in seen:
            message = f'has two statements with the Sid "{statement.sid}"'
            yield Flaw(message, statement.within(statement.member("Sid")), "give each a Sid of its own, or none")
        seen.add(statement.sid)


def _is_empty(value: Value | None) -> bool:
    return value is None or value.data in ((), "")


def _may_be_arn(start: str, *, whole: bool) -> bool:
    """Whether a resource that begins like this may be an ARN or the star."""
    return start == "*" or start.startswith("arn:") or (not whole and "arn:".startswith(start))


def _names() -> frozenset[str]:
    return frozenset(action.name for action in actions.action_data().actions.values())


def _texts(value: Value) -> Iterator[str]:
    yield joined(pieces_of(value)) if not value.members() and value.data not in ((), {}) else ""
    for member in value.members():
        yield from _texts(member)


def _concerns_dynamodb(text: str) -> bool:
    lower = text.lower()
    return "dynamodb" in lower or lower.startswith("dax:") or f"dynamodb:{text}" in _names()
