"""``csvdecode``, as strict as Go's ``encoding/csv``.

https://developer.hashicorp.com/terraform/language/functions/csvdecode and https://pkg.go.dev/encoding/csv
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.arguments import call_failed, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.decoded import key_text
from dynalint.evaluation.types import DYNAMIC, STRING, object_of
from dynalint.evaluation.values import Value, list_value, object_value, string

_FIELD = re.compile(r'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[^,"\n]*)')


def _csvdecode(context: Context, source: Value) -> Value:
    records = _records(text_of(source).replace("\r\n", "\n").removesuffix("\r"))
    header = next(records, None)
    if header is None:
        raise call_failed("csvdecode", "missing header line")
    names = [key_text(name) for name in header[1]]
    for name in names:
        if names.count(name) > 1:
            raise call_failed("csvdecode", f'duplicate column name "{name}"')
    rows = tuple(_row(context, names, record, line) for line, record in records)
    context.budget.allow_members(len(rows))
    return list_value(object_of(dict.fromkeys(names, STRING)), rows)


def _row(context: Context, names: list[str], record: list[str], line: int) -> Value:
    context.budget.spend(len(names))
    if len(record) != len(names):
        raise _error(line, "wrong number of fields")
    return object_value({name: string(field) for name, field in zip(names, record, strict=True)})


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins in; empty lines are none."""
    position, line = 0, 1
    while position < len(text):
        if text[position] == "\n":
            position, line = position + 1, line + 1
            continue
        record, end = _record(text, position, line)
        yield line, record
        line += text.count("\n", position, end)
        position = end


def _record(text: str, position: int, line: int) -> tuple[list[str], int]:
    """The fields of the record at ``position``, and where the next one begins."""
    fields: list[str] = []
    while match := _FIELD.match(text, position):
        quoted = match["quoted"]
        fields.append(match["plain"] if quoted is None else quoted.replace('""', '"'))
        position = match.end() + 1
        separator = text[match.end() : position]
        if separator in {"", "\n"}:
            break
        if separator != ",":
            bare = quoted is None and match[0] != ""
            raise _error(line, 'bare " in non-quoted-field' if bare else 'extraneous or missing " in quoted-field')
    return fields, position


def _error(line: int, reason: str) -> EvaluationError:
    return call_failed("csvdecode", f"CSV parse error on line {line}: {reason}")


FUNCTIONS: tuple[Function, ...] = (Function("csvdecode", (Parameter("str", STRING),), None, DYNAMIC, _csvdecode),)
