"""``regex``, ``regexall`` and ``replace``.

https://developer.hashicorp.com/terraform/language/functions/regex. Terraform's patterns are those of Go, which take
linear time; Python's ``re`` neither means the same nor keeps to that, and no wheel of RE2 installs on every platform
that dynalint does, so patterns are run here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.regex_machine import Captures, Program, compiled, matches, search
from dynalint.evaluation.functions.regex_syntax import PatternError, UnsupportedError, parse
from dynalint.evaluation.types import DYNAMIC, STRING, ListOf, TupleOf, Type, object_of
from dynalint.evaluation.values import (
    Unknown,
    Value,
    identity_of,
    list_value,
    null,
    object_value,
    string,
    tuple_value,
    unknown,
    value_identity,
)

_REFERENCE = re.compile(r"\$(?:(\$)|(\w+)|\{(\w+)\})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,7}", re.ASCII)

_Names = tuple[str | None, ...]


@lru_cache(maxsize=256)
def _program(pattern: str) -> tuple[Program, _Names]:
    parsed = parse(pattern)
    return compiled(parsed), parsed.groups


def _checked(pattern: str) -> tuple[Program, _Names]:
    """The program of a pattern for ``regex`` and ``regexall``, which want all groups named, or none."""
    try:
        program, names = _program(pattern)
    except PatternError as error:
        raise bad_argument("pattern", f"invalid regexp pattern: {error}") from error
    if any(names) and not all(names):
        mixed = "cannot mix both named and unnamed capture groups"
        raise bad_argument("pattern", f"invalid regexp pattern: {mixed}")
    return program, names


def _regex(context: Context, pattern: Value, text: Value) -> Value:
    try:
        program, names = _checked(text_of(pattern))
    except UnsupportedError as error:
        return _undecided("regex", error, DYNAMIC, pattern, text)
    subject = text_of(text)
    found = search(program, subject, 0, context.budget)
    if found is None:
        raise call_failed("regex", "pattern did not match any part of the given string")
    return _captured(found, names, subject)


def _regexall(context: Context, pattern: Value, text: Value) -> Value:
    try:
        program, names = _checked(text_of(pattern))
    except UnsupportedError as error:
        return _undecided("regexall", error, ListOf(DYNAMIC), pattern, text)
    subject = text_of(text)
    found = (_captured(match, names, subject) for match in matches(program, subject, context.budget))
    return list_value(_captured_type(names), tuple(_counted(found, context.budget)))


def _result_type(arguments: tuple[Value, ...]) -> Type:
    """What ``regex`` returns, which the groups of the pattern tell."""
    pattern = arguments[0].data
    if not isinstance(pattern, str):
        return DYNAMIC
    try:
        return _captured_type(_checked(pattern)[1])
    except UnsupportedError:
        return DYNAMIC


def _counted(values: Iterator[Value], budget: Budget) -> Iterator[Value]:
    for count, value in enumerate(values, 1):
        if count > budget.members:
            budget.allow_members(count)
        yield value


def _undecided(function: str, error: UnsupportedError, returns: Type, *arguments: Value) -> Value:
    identity = identity_of(function, *map(value_identity, arguments))
    return unknown(returns, Unknown(str(error), identity, not_null=True))


def _captured(match: Captures, names: _Names, text: str) -> Value:
    """The text of a match without groups, else the texts of its groups."""
    if not names:
        return string(text[match[0] : match[1]])
    texts = [
        null(STRING) if start < 0 else string(text[start:end])
        for start, end in zip(match[2::2], match[3::2], strict=True)
    ]
    if all(names):
        return object_value({name: value for name, value in zip(names, texts, strict=True) if name})
    return tuple_value(tuple(texts))


def _captured_type(names: _Names) -> Type:
    if not names:
        return STRING
    if all(names):
        return object_of({name: STRING for name in names if name})
    return TupleOf((STRING,) * len(names))


def _replace(context: Context, text: Value, substring: Value, replacement: Value) -> Value:
    subject, wanted, new = text_of(text), text_of(substring), text_of(replacement)
    if len(wanted) > 1 and wanted.startswith("/") and wanted.endswith("/"):
        try:
            program, names = _program(wanted[1:-1])
        except PatternError as error:
            raise call_failed("replace", f"error parsing regexp: {error.what}: `{error.where}`") from error
        except UnsupportedError as error:
            return _undecided("replace", error, STRING, text, substring, replacement)
        return string("".join(_within(_replaced(program, names, subject, new, context.budget), context.budget)))
    context.budget.allow_text(len(subject) + subject.count(wanted) * len(new))
    return string(subject.replace(wanted, new))


def _replaced(program: Program, names: _Names, text: str, new: str, budget: Budget) -> Iterator[str]:
    end = 0
    for match in matches(program, text, budget):
        yield text[end : match[0]]
        yield from _expanded(new, match, names, text)
        end = match[1]
    yield text[end:]


def _within(parts: Iterator[str], budget: Budget) -> Iterator[str]:
    length = 0
    for part in parts:
        length += len(part)
        budget.allow_text(length)
        yield part


def _expanded(new: str, match: Captures, names: _Names, text: str) -> Iterator[str]:
    """The replacement with ``$1``, ``${1}``, ``$name`` and ``${name}`` filled in; ``$$`` is a dollar."""
    end = 0
    for reference in _REFERENCE.finditer(new):
        yield new[end : reference.start()]
        end = reference.end()
        yield "$" if reference[1] else _group_text(reference[2] or reference[3], match, names, text)
    yield new[end:]


def _group_text(name: str, match: Captures, names: _Names, text: str) -> str:
    """Text of a group by number or name, empty where there is none."""
    indexes = [int(name)] if _NUMBER.fullmatch(name) else [i for i, known in enumerate(names, 1) if known == name]
    for index in indexes:
        if index <= len(names) and match[2 * index] >= 0:
            return text[match[2 * index] : match[2 * index + 1]]
    return ""


_PATTERN = (Parameter("pattern", STRING), Parameter("string", STRING))

FUNCTIONS: tuple[Function, ...] = (
    Function("regex", _PATTERN, None, _result_type, _regex),
    Function("regexall", _PATTERN, None, lambda arguments: ListOf(_result_type(arguments)), _regexall),
    Function(
        "replace",
        (Parameter("str", STRING), Parameter("substr", STRING), Parameter("replace", STRING)),
        None,
        STRING,
        _replace,
    ),
)
