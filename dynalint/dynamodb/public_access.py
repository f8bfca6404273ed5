"""Whom a policy of a table lets in.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/rbac-bpa-rbp.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from dynalint.dynamodb.conditions import Condition
from dynalint.dynamodb.directory import TableDirectory
from dynalint.dynamodb.reach import Elsewhere, OneTable, Reach, below_type
from dynalint.dynamodb.statements import Statement
from dynalint.evaluation.values import Unknown, Value
from dynalint.findings import Undecided

TRUSTED_KEYS = frozenset(
    {
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourceorgid",
        "aws:sourceorgpaths",
        "aws:sourceowner",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "aws:userid",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
    }
)
"""Keys that make a policy for everybody one for some, as Block Public Access sees it."""

ORGANISATION_KEYS = frozenset({"aws:principalorgid", "aws:principalorgpaths"})
"""The keys of conditions that say to which organisation a caller belongs."""

_HOLDING = frozenset(
    {"stringequals", "stringequalsignorecase", "stringlike", "arnequals", "arnlike", "ipaddress", "bool"}
)
_ACCOUNT = re.compile(r"(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})(?::.*)?")


def is_public(statement: Statement) -> bool:
    """Whether a statement is for everybody, conditions aside. Raises Undecided where that is not known."""
    if statement.member("NotPrincipal") is not None:
        return True
    principals = tuple(principals_of(statement))
    if "*" in principals:
        return True
    for principal in principals:
        if isinstance(principal, Unknown) and _may_be_anybody(principal, statement.policy.tables):
            raise Undecided(principal.reason, principal.hint, statement.at)
    return False


def _may_be_anybody(principal: Unknown, directory: TableDirectory) -> bool:
    """Whether an unknown may turn out to be ``*``: not if it is an ARN, or text of which a part is known."""
    parts = (part for part in principal.pieces if isinstance(part, str))
    return not directory.is_arn(principal) and not any(part.strip("*") for part in parts)


def principals_of(statement: Statement) -> Iterator[str | Unknown]:
    """The AWS principals that ``Principal`` names: ``*``, accounts, ARNs. Services and federations are left out."""
    value = statement.member("Principal")
    if value is None:
        return
    if isinstance(value.data, Mapping):
        named = value.data.get("AWS")
        yield from _texts(named) if named is not None else ()
    else:
        yield from _texts(value)


def accounts_of(statement: Statement) -> Iterator[str]:
    """The accounts of a statement's principals, of those that are known."""
    for principal in principals_of(statement):
        found = _ACCOUNT.fullmatch(principal) if isinstance(principal, str) else None
        if found:
            yield found[1]


def overlaps(reach: Reach, owner: OneTable) -> bool:
    """Whether what an entry reaches has anything to do with the table that a policy is attached to, as far as known."""
    match reach:
        case OneTable(address, name, below):
            same = address == owner.address if address and owner.address else name == owner.name
            return same and (below_type(owner.below) in ("table", below_type(below)) or below_type(below) == "*")
        case Elsewhere():
            return False
        case _:
            return True


def limits_callers(conditions: Iterable[Condition], keys: frozenset[str] = TRUSTED_KEYS) -> bool:
    """Whether a condition lets only some callers pass: one of ``keys`` must be there with a fixed value."""
    return any(_holds(item) and item.key.lower() in keys and _is_narrow(item) for item in conditions)


def _holds(condition: Condition) -> bool:
    quantifier, _, plain = condition.operator.lower().rpartition(":")
    return plain in _HOLDING and quantifier in ("", "foranyvalue")


def _is_narrow(condition: Condition) -> bool:
    anywhere = any(value in ("0.0.0.0/0", "::/0") for value in condition.values)
    return condition.is_fixed and not anywhere


def _texts(value: Value) -> Iterator[str | Unknown]:
    match value.data:
        case str() as text:
            yield text
        case Unknown() as because:
            yield because
        case _:
            for member in value.members():
                yield from _texts(member)
