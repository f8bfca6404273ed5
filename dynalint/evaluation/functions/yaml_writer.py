"""``yamlencode``, byte for byte as Terraform writes it.

Keys and strings are double-quoted and folded at the eightieth column, strings of several lines are literal blocks,
sequences stand below their key without indentation. That is what the libyaml of Go does, which Terraform calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.decoded import allow_depth
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.types import DYNAMIC, STRING
from dynalint.evaluation.values import Value, string

_WIDTH = 80
_LONGEST_SIMPLE_KEY = 128
_UNPRINTABLE = re.compile("[^\n -~\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_BREAKS = "\n\u2028\u2029"
_ESCAPED = re.compile('[^ -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|["\\\\]')
_SHORT_ESCAPES = {
    "\0": "0",
    "\a": "a",
    "\b": "b",
    "\t": "t",
    "\n": "n",
    "\v": "v",
    "\f": "f",
    "\r": "r",
    "\x1b": "e",
    '"': '"',
    "\\": "\\",
    "\x85": "N",
    "\u2028": "L",
    "\u2029": "P",
}


def _yamlencode(context: Context, value: Value) -> Value:
    text = _document(value, context.budget)
    context.budget.allow_text(len(text))
    return string(text)


def _document(value: Value, budget: Budget) -> str:
    if value.members():
        return "".join(f"{line}\n" for line in _block(value, 0, budget, 0))
    text = _scalar(value, 2, column=0)
    plain = not isinstance(value.data, str | tuple | Mapping)
    return f"{text}\n...\n" if plain else f"{text}\n"


def _block(value: Value, indent: int, budget: Budget, depth: int) -> Iterator[str]:
    """The lines of a sequence or mapping with members, each with its indentation."""
    allow_depth(depth)
    budget.spend()
    if isinstance(value.data, Mapping):
        for key, entry in value.data.items():
            yield from _entry(key, entry, indent, budget, depth)
        return
    for item in value.members():
        yield from _behind("- ", item, indent, budget, depth)


def _entry(key: str, value: Value, indent: int, budget: Budget, depth: int) -> Iterator[str]:
    if len(key.encode()) > _LONGEST_SIMPLE_KEY or _has_break(key):
        yield from _behind("? ", string(key), indent, budget, depth)
        yield from _behind(": ", value, indent, budget, depth)
        return
    label = f"{' ' * indent}{_quoted(key)}:"
    if value.members():
        yield label
        inner = indent + 2 if isinstance(value.data, Mapping) else indent
        yield from _block(value, inner, budget, depth + 1)
    else:
        yield f"{label} {_scalar(value, indent + 2, column=len(label) + 1)}"


def _behind(mark: str, value: Value, indent: int, budget: Budget, depth: int) -> Iterator[str]:
    """A value that begins on the line of the mark before it."""
    start = " " * indent + mark
    if not value.members():
        yield start + _scalar(value, indent + 2, column=len(start))
        return
    lines = _block(value, indent + 2, budget, depth + 1)
    yield start + next(lines)[indent + 2 :]
    yield from lines


def _scalar(value: Value, indent: int, column: int) -> str:
    """Anything without members; ``indent`` is that of further lines, ``column`` where the first one begins."""
    match value.data:
        case None:
            return "null"
        case bool() as flag:
            return "true" if flag else "false"
        case int() | Fraction() | float() as number:
            return number_text(number)
        case str() as text:
            return _literal(text, indent) if _fits_literal(text) else _folded(text, indent, column)
        case tuple():
            return "[]"
    return "{}"


def _has_break(text: str) -> bool:
    return any(character in text for character in _BREAKS)


def _fits_literal(text: str) -> bool:
    return "\n" in text and not (_UNPRINTABLE.search(text) or re.search(f" (?:[{_BREAKS}]|$)", text))


def _literal(text: str, indent: int) -> str:
    """``|``, the hints that the text needs, and its lines."""
    hint = "2" if text[0] in f" {_BREAKS}" else ""
    closing = len(text) - len(text.rstrip(_BREAKS))
    chomp = "-" if closing == 0 else "" if closing == 1 and len(text) > 1 else "+"
    body = re.sub(f"(?m)(^|(?<=[{_BREAKS}]))(?=[^{_BREAKS}])", " " * indent, text)
    return f"|{hint}{chomp}\n{body.removesuffix(chr(10))}"


def _quoted(text: str) -> str:
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    if short := _SHORT_ESCAPES.get(character):
        return f"\\{short}"
    point = ord(character)
    if point <= 0xFF:
        return f"\\x{point:02X}"
    return f"\\u{point:04X}" if point <= 0xFFFF else f"\\U{point:08X}"


def _folded(text: str, indent: int, column: int) -> str:
    """A double-quoted text, broken at the first lone blank behind the eightieth column."""
    parts, column, after_blank = ['"'], column + 1, False
    for position, character in enumerate(text):
        if character != " ":
            part = _ESCAPED.sub(_escape, character)
        elif not after_blank and column > _WIDTH and 0 < position < len(text) - 1:
            part = "\n" + " " * indent + ("\\" if text[position + 1] == " " else "")
            column = 0
        else:
            part = " "
        after_blank = character == " "
        column += len(part) - part.startswith("\n")
        parts.append(part)
    return "".join((*parts, '"'))


FUNCTIONS: tuple[Function, ...] = (
    Function("yamlencode", (Parameter("value", DYNAMIC, null=True),), None, STRING, _yamlencode),
)
