"""Values and types in the notation that ``terraform console`` prints them in.

https://developer.hashicorp.com/terraform/cli/commands/console. It is close to the language, but says of lists, maps and
sets what they are, and of nulls which type they have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.types import (
    DYNAMIC,
    Dynamic,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from dynalint.evaluation.values import Value

UNKNOWN = "(known after apply)"
SENSITIVE = "(sensitive value)"
SHORT_ESCAPES = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    '"': r"\"",
    "\\": r"\\",
}


def value_text(value: Value, *, show_sensitive: bool = False, indent: int = 0) -> str:
    """The value as text of one or more lines; all but the first are indented by at least ``indent`` spaces."""
    if value.is_unknown:
        return UNKNOWN
    if value.sensitive and not show_sensitive:
        return SENSITIVE
    match value.data:
        case None:
            return _null(value.type)
        case bool() as flag:
            return "true" if flag else "false"
        case str() as text:
            return _string(text, indent)
        case int() | float() | Fraction() as number:
            return number_text(number)
        case _:
            return _wrapped(value, "".join(_collection(value, show_sensitive, indent)))


def quoted(text: str) -> str:
    """The text in double quotes on one line."""
    return f'"{"".join(map(_escaped, text))}"'


def type_text(type_: Type, indent: int = 0) -> str:
    """The type as ``type(x)`` answers it."""
    inner = " " * (indent + 4)
    match type_:
        case Primitive(name):
            return name
        case Dynamic():
            return "dynamic"
        case ListOf(element) | SetOf(element) | MapOf(element):
            return f"{_constructor(type_)}({_element(element, indent)})"
        case TupleOf(()):
            return "tuple([])"
        case TupleOf(elements):
            lines = (f"{inner}{type_text(element, indent + 4)},\n" for element in elements)
            return f"tuple([\n{''.join(lines)}{' ' * indent}])"
        case ObjectOf(()):
            return "object({})"
        case ObjectOf(attributes):
            lines = (f"{inner}{name}: {type_text(of, indent + 4)},\n" for name, of in attributes)
            return f"object({{\n{''.join(lines)}{' ' * indent}}})"


def _element(element: Type, indent: int) -> str:
    if not isinstance(element, TupleOf | ObjectOf):
        return type_text(element, indent)
    return f"\n{' ' * (indent + 4)}{type_text(element, indent + 4)},\n{' ' * indent}"


def _constructor(type_: ListOf | SetOf | MapOf) -> str:
    return {ListOf: "list", SetOf: "set", MapOf: "map"}[type(type_)]


def _null(type_: Type) -> str:
    match type_:
        case Dynamic():
            return "null"
        case Primitive(name):
            return f"to{name}(null)"
        case ListOf(element) | SetOf(element) | MapOf(element):
            of = "dynamic" if element == DYNAMIC else friendly(element)
            return f"to{_constructor(type_)}(null) /* of {of} */"
        case _:
            return f"null /* {friendly(type_)} */"


def _wrapped(value: Value, text: str) -> str:
    return f"to{_constructor(value.type)}({text})" if isinstance(value.type, ListOf | SetOf | MapOf) else text


def _collection(value: Value, show_sensitive: bool, indent: int) -> Iterator[str]:
    mapping = isinstance(value.data, Mapping)
    yield "{" if mapping else "["
    for entry in _entries(value, show_sensitive, indent + 2):
        yield f"\n{' ' * (indent + 2)}{entry}"
    if value.members():
        yield f"\n{' ' * indent}"
    yield "}" if mapping else "]"


def _entries(value: Value, show_sensitive: bool, indent: int) -> Iterator[str]:
    texts = (value_text(item, show_sensitive=show_sensitive, indent=indent) for item in value.members())
    if isinstance(value.data, Mapping):
        keys = (_string(name, indent) for name in value.data)
        yield from (f"{key} = {text}" for key, text in zip(keys, texts, strict=True))
    else:
        yield from (f"{text}," for text in texts)


def _string(text: str, indent: int) -> str:
    return _heredoc(text, indent) if "\n" in text else quoted(text)


def _heredoc(text: str, indent: int) -> str:
    """The lines of the text between delimiters that none of them is."""
    lines, delimiter = text.split("\n"), "EOT"
    while any(line.strip() == delimiter for line in lines):
        delimiter += "_"
    margin = " " * indent
    body = "".join(f"{margin}{_harmless(line)}\n" for line in lines)
    return f"<<{'-' if indent else ''}{delimiter}\n{body}{margin}{delimiter}"


def _harmless(line: str) -> str:
    """The line with what moves a cursor, other than tabulators, written as an escape."""
    return "".join(char if char.isprintable() or char == "\t" else _escaped(char) for char in line)


def _escaped(char: str) -> str:
    if char in SHORT_ESCAPES:
        return SHORT_ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
