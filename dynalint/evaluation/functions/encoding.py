"""JSON, base64 and URL encoding.

https://developer.hashicorp.com/terraform/language/functions, "Encoding Functions"; YAML and CSV stand apart.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import replace
from urllib.parse import quote_plus

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.compare import is_sensitive
from dynalint.evaluation.convert import unmarked
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, of_texts, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.decoded import allow_depth, as_decoded, key_text
from dynalint.evaluation.functions.json_text import json_text
from dynalint.evaluation.numbers import parse_number
from dynalint.evaluation.types import DYNAMIC, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf
from dynalint.evaluation.values import (
    Unknown,
    Value,
    boolean,
    identity_of,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
    value_identity,
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_LATIN = (1, 2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)
_CODECS = {
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in _LATIN},
    **{f"windows-{page}": f"cp{page}" for page in range(1250, 1259)},
    **{name: name for name in ("koi8-r", "koi8-u", "us-ascii", "utf-8", "utf-16le", "utf-16be")},
    "latin1": "iso-8859-1",
    "utf-16": "utf-16-be",
}
"""Python's codec for those IANA names whose tables are the same in Go."""


def _jsonencode(context: Context, value: Value) -> Value:
    """The text of ``value``; it keeps the value itself, and where that is not wholly known only that."""
    because = value.first_unknown()
    if because is None:
        try:
            text = string(json_text(value, context.budget))
        except EvaluationError as error:
            raise call_failed("jsonencode", error.message) from error
    else:
        identity = identity_of("jsonencode", value_identity(unmarked(value)))
        text = unknown(STRING, Unknown(because.reason, identity, because.hint, not_null=True, prefix=_opening(value)))
    return replace(text, encodes=value).marked(is_sensitive(value))


def _opening(value: Value) -> str:
    """The first character of the JSON of a value that is not wholly known, as far as its type tells."""
    if value.unknown and not value.unknown.not_null:
        return ""
    match value.type:
        case ObjectOf() | MapOf():
            return "{"
        case TupleOf() | ListOf() | SetOf():
            return "["
    return '"' if value.type == STRING else ""


def _jsondecode(context: Context, text: Value) -> Value:
    if text.encodes and not text.unknown:
        return as_decoded(text.encodes, context.budget)
    if text.unknown:
        because = text.unknown
        identity = identity_of("jsondecode", because.identity)
        return unknown(DYNAMIC, Unknown(because.reason, identity, because.hint))
    try:
        return _decoded(_load(text_of(text)), context.budget, 0)
    except json.JSONDecodeError as error:
        raise call_failed("jsondecode", f"{error.msg} at line {error.lineno}, column {error.colno}") from error
    except _NotJsonError as error:
        raise call_failed("jsondecode", str(error)) from error
    except RecursionError as error:
        raise BudgetError("JSON nested this deep is more than dynalint evaluates") from error


class _NotJsonError(Exception):
    """Python reads it as JSON, and it is none."""


class _Numeral(str):
    """The text of a JSON number, which Python must not round."""

    __slots__ = ()


def _refuse_constant(name: str) -> None:
    raise _NotJsonError(f"invalid character '{name[0]}' looking for beginning of value")


def _load(text: str) -> object:
    return json.loads(text, parse_int=_Numeral, parse_float=_Numeral, parse_constant=_refuse_constant)


def _decoded(data: object, budget: Budget, depth: int) -> Value:
    allow_depth(depth)
    budget.spend()
    match data:
        case bool():
            return boolean(data)
        case _Numeral():
            return number(parse_number(data) or 0)
        case str():
            return string(_text(data))
        case list():
            budget.allow_members(len(data))
            return tuple_value(tuple(_decoded(item, budget, depth + 1) for item in data))
        case dict():
            budget.allow_members(len(data))
            entries = ((key_text(_text(key)), _decoded(item, budget, depth + 1)) for key, item in data.items())
            return object_value(dict(entries))
    return null()


def _text(text: str) -> str:
    """Text with half surrogate pairs replaced, as Go replaces them."""
    return _SURROGATE.sub("\ufffd", text)


def _base64encode(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _base64decode(text: str) -> str:
    try:
        return from_base64(text).decode()
    except binascii.Error as error:
        raise call_failed("base64decode", f'failed to decode base64 data "{text}"') from error
    except UnicodeDecodeError as error:
        raise call_failed("base64decode", "the result of decoding the provided string is not valid UTF-8") from error


def from_base64(text: str) -> bytes:
    """The bytes that standard base64 stands for, line ends ignored; binascii.Error where it is none."""
    if not text.isascii():
        raise binascii.Error("only ASCII characters stand for bytes")
    return base64.b64decode(text.replace("\r", "").replace("\n", ""), validate=True)


def _textencodebase64(_context: Context, text: Value, encoding: Value) -> Value:
    name = text_of(encoding)
    codec = _CODECS.get(name.lower())
    if codec is None:
        return _unread_encoding(name)
    try:
        encoded = text_of(text).encode(codec)
    except UnicodeEncodeError as error:
        reason = f"the given string contains characters that cannot be represented in {name}"
        raise bad_argument("string", reason) from error
    mark = b"\xfe\xff" if name.lower() == "utf-16" else b""
    return string(base64.b64encode(mark + encoded).decode())


def _textdecodebase64(_context: Context, source: Value, encoding: Value) -> Value:
    name = text_of(encoding)
    codec = _CODECS.get(name.lower())
    if codec is None:
        return _unread_encoding(name)
    try:
        data = from_base64(text_of(source))
        return string(_without_mark(data, codec) if name.lower() == "utf-16" else data.decode(codec))
    except binascii.Error as error:
        raise bad_argument("source", "the given value has an invalid base64 symbol") from error
    except UnicodeDecodeError as error:
        raise bad_argument("source", f"the given string contains symbols that are not defined for {name}") from error


def _without_mark(data: bytes, codec: str) -> str:
    if data.startswith(b"\xff\xfe"):
        return data[2:].decode("utf-16-le")
    return data.removeprefix(b"\xfe\xff").decode(codec)


def _unread_encoding(name: str) -> Value:
    return unknown(STRING, Unknown(f"dynalint does not read the encoding {name!r}", not_null=True))


def _urlencode(text: str) -> str:
    return quote_plus(text, safe="-_.~")


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "jsonencode", (Parameter("val", DYNAMIC, null=True, unknown=True, sensitive=True),), None, STRING, _jsonencode
    ),
    Function("jsondecode", (Parameter("str", STRING, unknown=True),), None, DYNAMIC, _jsondecode),
    of_texts("base64decode", ("str",), _base64decode),
    of_texts("base64encode", ("str",), _base64encode),
    Function(
        "textdecodebase64",
        (Parameter("source", STRING), Parameter("encoding", STRING)),
        None,
        STRING,
        _textdecodebase64,
    ),
    Function(
        "textencodebase64",
        (Parameter("string", STRING), Parameter("encoding", STRING)),
        None,
        STRING,
        _textencodebase64,
    ),
    of_texts("urlencode", ("str",), _urlencode),
)
