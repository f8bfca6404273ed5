"""``format`` and ``formatlist``.

https://developer.hashicorp.com/terraform/language/functions/format. A verb is ``%``, flags, width, precision, the
number of the argument in brackets, and a letter, in this order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.functions.arguments import bad_argument, call_failed, fraction_of, items_of, text_of
from dynalint.evaluation.functions.base import Context, Function, Parameter
from dynalint.evaluation.functions.json_text import json_text
from dynalint.evaluation.functions.number_formats import Verb, float_text, integer_text, shortest_text
from dynalint.evaluation.graphemes import clusters
from dynalint.evaluation.text import concatenate
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, Dynamic, ListOf, Primitive, SetOf, TupleOf
from dynalint.evaluation.values import Unknown, Value, identity_of, list_value, string, unknown, value_identity

_VERB = re.compile(
    r"%(?P<flags>[-+ 0#]*)(?P<width>[1-9][0-9]*)?(?:\.(?P<precision>[0-9]*))?(?:\[(?P<argument>[1-9][0-9]*)\])?"
    r"(?P<letter>[A-Za-z])"
)
_UNREADABLE = re.compile(r"%[-+ 0#]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*)?)?")
_KINDS = {"s": "string", "q": "string", "t": "bool"}


def _format(context: Context, template: Value, *arguments: Value) -> Value:
    because = template.unknown or next(filter(None, map(_untyped_null, arguments)), None)
    if because:
        call = _unknown_call("format", because, template, *arguments)
        return replace(call, type=DYNAMIC) if any(map(_untyped_null, arguments)) else call
    try:
        return _formatted(context, text_of(template), arguments)
    except _UnreadableError as error:
        raise call_failed("format", str(error)) from error


class _UnreadableError(Exception):
    """A template that cannot be read, or does not go with its arguments."""


def _formatted(context: Context, template: str, arguments: Sequence[Value]) -> Value:
    try:
        parts = list(_parts(context, template, arguments))
    except _UnreadableError:
        because = next(filter(None, (argument.first_unknown() for argument in arguments)), None)
        if because is None:
            raise
        # Terraform looks at the arguments only once it knows them all.
        return _unknown_call("format", because, string(template), *arguments)
    return concatenate(parts, context.budget, prefix=template.partition("%")[0])


def _untyped_null(argument: Value) -> Unknown | None:
    if argument.is_null and argument.type == DYNAMIC:
        return Unknown("a null of no type is left open until apply")
    return None


def _unknown_call(function: str, because: Unknown, *arguments: Value) -> Value:
    identity = identity_of(function, *map(value_identity, arguments))
    return unknown(STRING, Unknown(because.reason, identity, because.hint))


def _parts(context: Context, template: str, arguments: Sequence[Value]) -> Iterator[Value]:
    used = 0
    for part in _parsed(template):
        if isinstance(part, str):
            yield string(part)
            continue
        if part.argument > len(arguments):
            need = f"need index {part.argument} but have {len(arguments)} total"
            raise _UnreadableError(f'not enough arguments for "{part.raw}" at {part.offset}: {need}')
        used = max(used, part.argument)
        context.budget.allow_text(part.width)
        yield _part(context, part, arguments[part.argument - 1])
    if used < len(arguments):
        most = f"only {used} used by format string" if used else "no verbs in format string"
        raise _UnreadableError(f"too many arguments; {most}")


def _parsed(template: str) -> Iterator[str | Verb]:
    """The literal texts and the verbs of a template."""
    position, argument = 0, 0
    while (percent := template.find("%", position)) >= 0:
        yield template[position:percent]
        if template.startswith("%%", percent):
            yield "%"
            position = percent + 2
            continue
        match = _VERB.match(template, percent)
        if match is None:
            raise _unreadable(template, percent)
        verb = _verb(match, argument + 1, len(template[:percent].encode()))
        argument, position = verb.argument, match.end()
        yield verb
    yield template[position:]


def _verb(match: re.Match[str], following: int, offset: int) -> Verb:
    precision = match["precision"]
    return Verb(
        raw=match[0],
        offset=offset,
        flags=frozenset(match["flags"]),
        width=int(match["width"] or 0),
        precision=None if precision is None else int(precision or 0),
        argument=int(match["argument"] or following),
        letter=match["letter"],
    )


def _unreadable(template: str, percent: int) -> _UnreadableError:
    match = _UNREADABLE.match(template, percent)
    end = match.end() if match else percent + 1
    offset = len(template[:end].encode())
    if end == len(template):
        return _UnreadableError(f"invalid format string starting at offset {offset}")
    return _UnreadableError(f"unrecognized format character '{template[end]}' at offset {offset}")


def _part(context: Context, verb: Verb, argument: Value) -> Value:
    because = argument.first_unknown()
    if because:
        return _unknown_part(verb, argument, because)
    if argument.is_null and verb.letter != "v":
        raise _unsupported(verb, "null value cannot be formatted")
    match verb.letter:
        case "v":
            return string(_padded(verb, _as_it_is(context, verb, argument)))
        case "t":
            return string(_padded(verb, text_of(convert(_wanted(verb, argument, BOOL), STRING))))
        case "b" | "d" | "o" | "x" | "X":
            return string(integer_text(verb, _whole(verb, argument)))
        case "e" | "E" | "f" | "g" | "G":
            return string(float_text(verb, fraction_of(_wanted(verb, argument, NUMBER))))
        case "s" | "q":
            return string(_text(context, verb, _wanted(verb, argument, STRING)))
    raise _UnreadableError(f"unsupported format verb '{verb.letter}' in \"{verb.raw}\" at offset {verb.offset}")


def _unknown_part(verb: Verb, argument: Value, because: Unknown) -> Value:
    """What an unknown argument leaves: where the verb writes it as it is, the unknown itself."""
    plain = verb.raw.endswith(("%s", "]s")) or (verb.letter in "sv" and argument.type == STRING)
    if plain and not verb.width and verb.precision is None and isinstance(argument.type, Primitive | Dynamic):
        return convert(argument, STRING)
    identity = identity_of("format", verb.raw, value_identity(argument))
    return unknown(STRING, Unknown(because.reason, identity, because.hint, not_null=True))


def _wanted(verb: Verb, argument: Value, wanted: Primitive) -> Value:
    try:
        return convert(argument, wanted)
    except ConversionError as error:
        raise _unsupported(verb, error.message) from error


def _unsupported(verb: Verb, reason: str) -> _UnreadableError:
    return _UnreadableError(f'unsupported value for "{verb.raw}" at {verb.offset}: {reason}')


def _whole(verb: Verb, argument: Value) -> int:
    number = fraction_of(_wanted(verb, argument, NUMBER))
    if not isinstance(number, int):
        raise _unsupported(verb, "an integer is required")
    return number


def _as_it_is(context: Context, verb: Verb, argument: Value) -> str:
    """``%v``: a string and a number plainly, the rest, and with ``#`` all, as JSON."""
    if "#" not in verb.flags and not argument.is_null:
        if argument.type == STRING:
            return text_of(argument)
        if argument.type == NUMBER:
            return shortest_text(fraction_of(argument))
    return json_text(argument, context.budget)


def _text(context: Context, verb: Verb, argument: Value) -> str:
    text = text_of(argument)
    if verb.precision:
        text = "".join(clusters(text)[: verb.precision])
    return _padded(verb, json_text(string(text), context.budget) if verb.letter == "q" else text)


def _padded(verb: Verb, text: str) -> str:
    if not verb.width:
        return text
    padding = ("0" if "0" in verb.flags else " ") * (verb.width - len(clusters(text)))
    return text + padding if "-" in verb.flags else padding + text


def _formatlist(context: Context, template: Value, *arguments: Value) -> Value:
    because = template.unknown or next(filter(None, map(_undecided_length, arguments)), None)
    if because:
        identity = identity_of("formatlist", *map(value_identity, (template, *arguments)))
        typed = not any(argument.is_unknown and argument.type == DYNAMIC for argument in arguments)
        result = Unknown(because.reason, identity, because.hint, not_null=typed)
        return unknown(ListOf(STRING) if typed else DYNAMIC, result)
    count = _common_length(arguments)
    context.budget.allow_members(count)
    return list_value(STRING, tuple(_rows(context, text_of(template), arguments, count)))


def _rows(context: Context, template: str, arguments: Sequence[Value], count: int) -> Iterator[Value]:
    for index in range(count):
        try:
            yield _formatted(context, template, [_at(argument, index) for argument in arguments])
        except _UnreadableError as error:
            raise call_failed("formatlist", f"error on format iteration {index}: {error}") from error


def _undecided_length(argument: Value) -> Unknown | None:
    """Why it cannot be told how many texts an argument asks for."""
    if isinstance(argument.type, Primitive):
        return None
    if isinstance(argument.type, SetOf) and len(argument.members()) > 1:
        return argument.first_unknown()  # its members may turn out to be equal
    return argument.unknown or _untyped_null(argument)


def _is_sequence(value: Value) -> bool:
    return isinstance(value.type, ListOf | SetOf | TupleOf)


def _at(argument: Value, index: int) -> Value:
    return items_of(argument)[index] if _is_sequence(argument) and not argument.is_null else argument


def _common_length(arguments: Sequence[Value]) -> int:
    """The length that all sequences among the arguments share; 1 where there is none."""
    length, first = None, 0
    for position, argument in enumerate(arguments, 1):
        if not _is_sequence(argument) or argument.is_null:
            continue
        count = len(items_of(argument))
        if length is None:
            length, first = count, position
        elif count != length:
            other = f"argument {first} of length {length}"
            raise bad_argument("args", f"argument {position} has length {count}, which is inconsistent with {other}")
    return 1 if length is None else length


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "format",
        (Parameter("format", STRING, unknown=True),),
        Parameter("args", DYNAMIC, null=True, unknown=True),
        STRING,
        _format,
    ),
    Function(
        "formatlist",
        (Parameter("format", STRING, unknown=True),),
        Parameter("args", DYNAMIC, null=True, unknown=True),
        ListOf(STRING),
        _formatlist,
    ),
)
