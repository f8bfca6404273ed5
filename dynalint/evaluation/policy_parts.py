"""Principals and conditions of a policy document, and statements of other documents, as the provider writes them.

The provider reads the documents of ``source_policy_documents`` into its own structure and writes that out again: keys
are taken whatever their case, principals are put in order, and what says nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.types import STRING, Primitive
from dynalint.evaluation.values import Value, object_value, string, tuple_value

ORDER = ("Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition")
CODE = "DYN407"
EVERYBODY = "*"


def ordered(members: dict[str, Value]) -> Value:
    """An object that keeps the order of writing, which is the order of the text."""
    value = object_value(members)
    return Value(value.type, members)


def member(document: Mapping[str, Value], key: str) -> Value | None:
    """What a document has under a key, whatever its case; None for nothing and for null."""
    found = next((value for name, value in document.items() if name.lower() == key.lower()), None)
    value = document.get(key, found)
    return None if value is None or value.is_null else value


def descending(texts: Iterable[Value]) -> list[Value]:
    """Descending and without duplicates; what is unknown stands last."""
    several = tuple(texts)
    known = {text.data: text for text in several if isinstance(text.data, str)}
    return [known[name] for name in sorted(known, reverse=True)] + [text for text in several if text.unknown]


def principals(given: Iterable[tuple[str, Value]]) -> Value | None:
    """The principals of a statement from their types and identifiers, one or a list of them; None where there are none.

    Lists of one type are joined, and one text alone stays a text.
    """
    pairs = list(given)
    if [(kind, _texts(ids)) for kind, ids in pairs] == [(EVERYBODY, [EVERYBODY])]:
        return string(EVERYBODY).with_trace(pairs[0][1].trace)
    members: dict[str, Value] = {}
    for kind, identifiers in pairs:
        before = members.get(kind)
        members[kind] = identifiers if before is None else tuple_value((*_listed(before), *_listed(identifiers)))
        members[kind] = members[kind].with_trace(before.trace if before else identifiers.trace)
    return ordered(dict(sorted(members.items()))) if members else None


def _texts(identifiers: Value) -> list[object]:
    return [text.data for text in _listed(identifiers)]


def _listed(value: Value) -> tuple[Value, ...]:
    return value.data if isinstance(value.data, tuple) else (value,)


# --- statements of other documents -----------------------------------------------------------------------------------


def passed_statement(statement: Value) -> Value:
    """A statement of another document as the provider passes it on; EvaluationError where it cannot read it."""
    if not isinstance(statement.data, Mapping):
        return statement
    members: dict[str, Value] = {}
    for key in ORDER:
        value = member(statement.data, key)
        passed = _passed(key, value) if value is not None else None
        if passed is not None:
            members[key] = passed
    return ordered(members).marked(statement.sensitive).with_trace(statement.trace)


def _passed(key: str, value: Value) -> Value | None:
    match key:
        case "Sid" | "Effect":
            return _text(key, value)
        case "Principal" | "NotPrincipal":
            return _passed_principals(key, value)
        case "Condition" if isinstance(value.data, Mapping):
            tests = {test: _passed_test(of_test) for test, of_test in sorted(value.data.items())}
            return ordered(tests).with_trace(value.trace) if tests else None
        case _:
            return value


def _text(key: str, value: Value) -> Value | None:
    if value.is_unknown:
        return value
    if not isinstance(value.data, str):
        raise unreadable(f"{key} must be a text", value)
    return value if value.data else None


def _passed_principals(key: str, value: Value) -> Value | None:
    if isinstance(value.data, str):
        return string(EVERYBODY).with_trace(value.trace)
    if not isinstance(value.data, Mapping):
        return value
    for identifiers in value.data.values():
        texts = _listed(identifiers)
        if not all(isinstance(text.data, str) or text.is_unknown for text in texts):
            raise unreadable(f"the identifiers of a {key} must be texts", identifiers)
    found = principals((kind, _sorted(identifiers)) for kind, identifiers in value.data.items())
    return found.with_trace(value.trace) if found else None


def _sorted(identifiers: Value) -> Value:
    if not isinstance(identifiers.data, tuple):
        return identifiers
    texts = sorted(identifiers.data, key=lambda text: str(text.data), reverse=True)
    return tuple_value(tuple(texts)).with_trace(identifiers.trace)


def _passed_test(of_test: Value) -> Value:
    if not isinstance(of_test.data, Mapping):
        return of_test
    keys = {key: _passed_values(values) for key, values in sorted(of_test.data.items())}
    return ordered(keys).with_trace(of_test.trace)


def _passed_values(values: Value) -> Value:
    """One value stands alone, a flag as a text."""
    if isinstance(values.data, tuple) and len(values.data) == 1:
        return values.data[0]
    if isinstance(values.data, bool) and isinstance(values.type, Primitive):
        return convert(values, STRING)
    return values


def unreadable(what: str, value: Value) -> EvaluationError:
    """The error for a document that the provider cannot read."""
    place = value.trace.span if value.trace else None
    return EvaluationError(f"the provider cannot read this policy document: {what}", place, code=CODE)
