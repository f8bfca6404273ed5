"""Terraform's ``==`` and the order of values in a set.

https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.types import (
    BOOL,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
)
from dynalint.evaluation.values import Number, Unknown, Value, boolean, identity_of, unknown, value_identity


def equal(left: Value, right: Value) -> Value:
    """Whether two values are equal: a bool, unknown where that depends on something unknown.

    Nothing is converted: values of different types are different, but for two nulls. Sensitive where either value
    is, at any depth.
    """
    sensitive = is_sensitive(left) or is_sensitive(right)
    if left.is_null and right.is_null:
        return boolean(True).marked(sensitive)
    answer = _equal(left, right)
    if answer is not None:
        return boolean(answer).marked(sensitive)
    because = left.first_unknown() or right.first_unknown() or Unknown("the types are not known")
    identity = identity_of("==", *sorted((value_identity(left), value_identity(right))))
    return unknown(BOOL, Unknown(because.reason, identity, because.hint, not_null=True)).marked(sensitive)


def is_sensitive(value: Value) -> bool:
    """Whether the value or anything inside it is sensitive."""
    return value.sensitive or any(map(is_sensitive, value.members()))


def _equal(left: Value, right: Value) -> bool | None:
    """The answer where it is certain."""
    if left.unknown or right.unknown:
        return _equal_unknown(left, right)
    if left.is_null or right.is_null:
        return left.is_null and right.is_null and left.type == right.type
    if left.type != right.type and not (_same_type(left.type, right.type) and (_is_open(left) or _is_open(right))):
        return False
    match left.data, right.data:
        case tuple() as ours, tuple() as theirs if isinstance(left.type, SetOf):
            return _equal_sets(ours, theirs)
        case tuple() as ours, tuple() as theirs:
            return len(ours) == len(theirs) and _in_order(map(_equal, ours, theirs))
        case Mapping() as ours, Mapping() as theirs:
            return ours.keys() == theirs.keys() and _all(_equal(ours[name], theirs[name]) for name in ours)
    return left.data == right.data


def _in_order(answers: Iterable[bool | None]) -> bool | None:
    """What the first member decides that is not certainly equal: Terraform looks no further."""
    return next((answer for answer in answers if answer is not True), True)


def _all(answers: Iterable[bool | None]) -> bool | None:
    """None if one is, else whether all are true: Terraform looks at attributes in no order."""
    found = list(answers)
    return None if None in found else all(found)


def _same_type(left: Type, right: Type) -> bool:
    """Whether the types are, or may turn out to be, the same."""
    if left == right:
        return True
    match left, right:
        case (Dynamic(), _) | (_, Dynamic()):
            return True
        case (ListOf(ours), ListOf(theirs)) | (SetOf(ours), SetOf(theirs)) | (MapOf(ours), MapOf(theirs)):
            return _same_type(ours, theirs)
        case TupleOf(ours), TupleOf(theirs):
            return len(ours) == len(theirs) and all(map(_same_type, ours, theirs))
        case ObjectOf(ours), ObjectOf(theirs):
            named = zip(ours, theirs, strict=False)
            return len(ours) == len(theirs) and all(a == b and _same_type(s, t) for (a, s), (b, t) in named)
    return False


def _is_open(value: Value) -> bool:
    """Whether something inside is not even known by its type, so that the type of the whole may turn out another."""
    if value.unknown:
        return isinstance(value.type, Dynamic)
    return any(map(_is_open, value.members()))


def _equal_unknown(left: Value, right: Value) -> bool | None:
    ours, theirs = left.unknown, right.unknown
    if ours and theirs and ours.given and ours.identity and ours.identity == theirs.identity:
        return True
    if right.is_null or left.is_null:
        unknown_side, certain = (left, ours) if ours else (right, theirs)
        # Terraform keeps what is certain only of what has a type
        return False if certain and certain.not_null and not isinstance(unknown_side.type, Dynamic) else None
    if not _same_type(left.type, right.type):
        return None if ours and theirs else False
    return None if _overlap(left, right) else False


def _overlap(left: Value, right: Value) -> bool:
    """Whether what is certain of the two leaves room for them to be equal."""
    ours, theirs = _beginning(left), _beginning(right)
    if not ours.startswith(theirs) and not theirs.startswith(ours):
        return False
    if _is_text(left) and not ours.startswith(theirs):
        return False
    if _is_text(right) and not theirs.startswith(ours):
        return False
    our_least, our_most = _lengths(left)
    their_least, their_most = _lengths(right)
    return (our_most is None or their_least <= our_most) and (their_most is None or our_least <= their_most)


def _is_text(value: Value) -> bool:
    return isinstance(value.data, str)


def _beginning(value: Value) -> str:
    match value.data:
        case str() as text:
            return text
        case Unknown(prefix=prefix):
            return prefix
    return ""


def _lengths(value: Value) -> tuple[int, int | None]:
    match value.data:
        case Unknown(not_null=True, shortest=shortest, longest=longest):
            return shortest, longest
        case (tuple() | Mapping()) as items:
            uncertain = isinstance(value.type, SetOf) and value.first_unknown() is not None
            return (min(len(items), 1) if uncertain else len(items)), len(items)
    return 0, None


def _equal_sets(ours: Sequence[Value], theirs: Sequence[Value]) -> bool | None:
    if any(item.first_unknown() for item in (*ours, *theirs)):
        return None
    return {sort_key(item) for item in ours} == {sort_key(item) for item in theirs}


def sort_key(value: Value) -> tuple[int, str, object]:
    """Where a value comes in a set: by code point or size, structures by their text; unknown and null last.

    Known values of one type have equal keys only if they are equal.
    """
    match value.data:
        case Unknown(identity=identity):
            return (1, "", identity)
        case None:
            return (2, "", "")
        case bool() as flag:
            return (0, "bool", flag)
        case str() as text:
            return (0, "string", text)
        case int() | float() | Fraction() as number:
            return (0, "number", number)
    return (0, "structure", ("".join(_text(value, _ten_digits)), "".join(_text(value, number_text))))


def _ten_digits(number: Number) -> str:
    """What Go's ``big.Float`` makes of a number where nobody says how many digits: https://pkg.go.dev/math/big."""
    try:
        return f"{float(number):.10g}"
    except OverflowError:
        return number_text(number)


def _text(value: Value, digits: Callable[[Number], str]) -> Iterator[str]:
    """A text of the value in the form whose order Terraform gives to structures in a set."""
    match value.data:
        case Unknown():
            yield "?"
        case None:
            yield "~"
        case bool() as flag:
            yield "T" if flag else "F"
        case str() as text:
            yield json.dumps(text, ensure_ascii=False)
        case int() | float() | Fraction() as number:
            yield digits(number)
        case tuple() as items:
            opening, closing = "<>" if isinstance(value.type, TupleOf) else "[]"
            yield opening
            for item in items:
                yield from _text(item, digits)
                yield ";"
            yield closing
        case Mapping() as items:
            yield from _mapping_text(items, digits, keyed=isinstance(value.type, MapOf))


def _mapping_text(items: Mapping[str, Value], digits: Callable[[Number], str], *, keyed: bool) -> Iterator[str]:
    yield "{" if keyed else "<"
    for name, item in items.items():
        if keyed:
            yield json.dumps(name, ensure_ascii=False) + ":"
        yield from _text(item, digits)
        yield ";"
    yield "}" if keyed else ">"
