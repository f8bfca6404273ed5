"""Functions on text that need no more than the text.

https://developer.hashicorp.com/terraform/language/functions, "String Functions". Case and blanks are those of Go's
``unicode`` package: one character for one character, so ``upper("ß")`` is ``ß``.
"""

from __future__ import annotations

from itertools import pairwise

from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.functions.arguments import (
    bad_argument,
    call_failed,
    fraction_of,
    of_texts,
    predicate_of_texts,
    text_of,
)
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.graphemes import clusters
from dynalint.evaluation.text import concatenate
from dynalint.evaluation.types import BOOL, NUMBER, STRING, ListOf
from dynalint.evaluation.values import (
    FALSE,
    TRUE,
    Unknown,
    Value,
    identity_of,
    list_value,
    string,
    unknown,
    value_identity,
)

# White_Space of Unicode; Python's strip() takes U+001C to U+001F too.
BLANKS = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def _chomp(text: str) -> str:
    return text.rstrip("\r\n")


def _upper(text: str) -> str:
    return text.upper() if text.isascii() else "".join(map(_upper_one, text))


def _upper_one(character: str) -> str:
    upper = character.upper()
    return upper if len(upper) == 1 else _title_one(character)


def _title_one(character: str) -> str:
    title = character.title()
    return title if len(title) == 1 else character


def _lower(text: str) -> str:
    return text.lower() if text.isascii() else "".join(map(_lower_one, text))


def _lower_one(character: str) -> str:
    # U+0130 is the one character whose lower case is two; Go takes the first of them.
    return character.lower()[0]


def _title(text: str) -> str:
    pairs = pairwise(" " + text)
    return "".join(_title_one(character) if _separates(before) else character for before, character in pairs)


def _separates(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return character in BLANKS


def _trim(text: str, cutset: str) -> str:
    return text.strip(cutset) if cutset else text


def _trimspace(text: str) -> str:
    return text.strip(BLANKS)


def _strrev(text: str) -> str:
    return "".join(reversed(clusters(text)))


def _contains(text: str, part: str) -> bool:
    return part in text


def _indent(context: Context, spaces: Value, text: Value) -> Value:
    count = _whole(spaces, "indent")
    if count < 0:
        raise call_failed("indent", "the number of spaces must not be negative")
    lines = text_of(text)
    context.budget.allow_text(len(lines) + count * lines.count("\n"))
    return string(lines.replace("\n", "\n" + " " * count))


def _substr(_context: Context, text: Value, offset: Value, length: Value) -> Value:
    start, size = _whole(offset, "substr"), _whole(length, "substr")
    characters = clusters(text_of(text))
    if start < 0:
        start = max(0, start + len(characters))
    end = len(characters) if size < 0 else start + size
    return string("".join(characters[start:end]))


def _whole(value: Value, function: str) -> int:
    """A number that fits Go's ``int``."""
    number = fraction_of(value)
    if not isinstance(number, int) or not -(2**63) <= number < 2**63:
        between = "between -9223372036854775808 and 9223372036854775807"
        raise call_failed(function, f"value must be a whole number, {between}")
    return number


def _split(context: Context, separator: Value, text: Value) -> Value:
    cut, whole = text_of(separator), text_of(text)
    context.budget.allow_members(whole.count(cut) + 1)
    return list_value(STRING, tuple(map(string, whole.split(cut) if cut else whole)))


def _startswith(_context: Context, text: Value, prefix: Value) -> Value:
    """Decided by the known beginning of an unknown text, too."""
    start = text_of(prefix) if isinstance(prefix.data, str) else None
    match text.data, start:
        case (_, None):
            return _undecided("startswith", text, prefix)
        case (_, ""):
            return TRUE
        case (str() as whole, str()):
            return TRUE if whole.startswith(start) else FALSE
        case (Unknown(prefix=known), str()) if known.startswith(start):
            return TRUE
        case (Unknown(prefix=known), str()) if len(known.encode()) >= len(start.encode()):
            return FALSE
    return _undecided("startswith", text, prefix)


def _undecided(function: str, *arguments: Value) -> Value:
    because = next(argument.unknown for argument in arguments if argument.unknown)
    identity = identity_of(function, *map(value_identity, arguments))
    return unknown(BOOL, Unknown(because.reason, identity, because.hint, not_null=True))


def _join(context: Context, separator: Value, *lists: Value) -> Value:
    if not lists:
        raise call_failed("join", "at least one list is required")
    parts: list[Value] = []
    for position, items in enumerate(lists, 1):
        for part in _joined(items, position, len(lists)):
            parts += (separator, part) if parts else (part,)
    context.budget.allow_members(len(parts))
    return concatenate(parts, context.budget, prefix="")


def _joined(items: Value, position: int, count: int) -> tuple[Value, ...]:
    """The strings of one list; for an unknown list one unknown that stands for them."""
    if items.unknown:
        because = Unknown(items.unknown.reason, identity_of("join", items.unknown.identity), items.unknown.hint)
        return (unknown(STRING, because),)
    for index, item in enumerate(items.members()):
        if item.is_null:
            raise _null_element(index, position, count)
    return items.members()


def _null_element(index: int, position: int, count: int) -> EvaluationError:
    where = f"element {index}" if count == 1 else f"element {index} of list {position}"
    return bad_argument("lists", f"{where} is null; cannot concatenate null values")


FUNCTIONS: tuple[Function, ...] = (
    of_texts("chomp", ("str",), _chomp),
    of_texts("lower", ("str",), _lower),
    of_texts("strrev", ("str",), _strrev),
    of_texts("title", ("str",), _title),
    of_texts("trim", ("str", "cutset"), _trim),
    of_texts("trimprefix", ("str", "prefix"), str.removeprefix),
    of_texts("trimspace", ("str",), _trimspace),
    of_texts("trimsuffix", ("str", "suffix"), str.removesuffix),
    of_texts("upper", ("str",), _upper),
    predicate_of_texts("endswith", ("str", "suffix"), str.endswith),
    predicate_of_texts("strcontains", ("str", "substr"), _contains),
    Function("indent", (Parameter("spaces", NUMBER), Parameter("str", STRING)), None, STRING, _indent),
    Function(
        "join",
        (Parameter("separator", STRING, unknown=True),),
        Parameter("lists", ListOf(STRING), unknown=True),
        STRING,
        _join,
    ),
    Function("split", (Parameter("separator", STRING), Parameter("str", STRING)), None, ListOf(STRING), _split),
    Function(
        "startswith",
        (Parameter("str", STRING, unknown=True), Parameter("prefix", STRING, unknown=True)),
        None,
        BOOL,
        _startswith,
    ),
    Function(
        "substr",
        (Parameter("str", STRING), Parameter("offset", NUMBER), Parameter("length", NUMBER)),
        None,
        STRING,
        _substr,
    ),
)
