"""From the text of a policy to its structure, unknown parts and all."""

from __future__ import annotations

import re
from fractions import Fraction

from dynalint.dynamodb.heredocs import Heredoc, heredoc_of, json_of
from dynalint.dynamodb.pieces import Pieces, flat, joined
from dynalint.evaluation.json_values import read_json
from dynalint.evaluation.numbers import rounded
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import (
    Trace,
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
)
from dynalint.records import dataclass
from dynalint.syntax.nodes import Expression, Literal, ObjectExpression, TupleExpression
from dynalint.syntax.source import Sources, no_source

_OPEN, _CLOSE = "\ue000", "\ue001"
_PLACEHOLDER = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Malformed:
    """The text is no JSON object; ``message`` says where it stops being one."""

    message: str


def structure(value: Value, sources: Sources = no_source) -> Value | Unknown | Malformed:
    """What the text of a policy says.

    Text that ``jsonencode`` or a policy document made brings its structure along. Other known text is parsed; of text
    with unknown parts the rest is parsed around them, so that a heredoc with one unknown ARN can still be judged. What
    is written in a heredoc knows its line there, which ``sources`` are for.
    """
    if value.encodes is not None:
        return _object(value.encodes)
    match value.data:
        case str() as text:
            return _parse((text,), value, sources)
        case Unknown(pieces=()) as because:
            return because
        case Unknown(pieces=pieces):
            return _parse(flat(pieces), value, sources)
        case None:
            return Malformed("it is null")
    return Malformed("it is no text")


def _object(value: Value) -> Value | Unknown | Malformed:
    match value.data:
        case Unknown() as because:
            return because
        case dict():
            return value
        case _:
            return Malformed("it is no JSON object")


def _parse(pieces: Pieces, value: Value, sources: Sources) -> Value | Unknown | Malformed:
    unknowns = [piece for piece in pieces if isinstance(piece, Unknown)]
    if joined(pieces).strip() == "\ufffc":
        return unknowns[0]
    try:
        text = _with_placeholders(pieces)
        decoded = _valued(read_json(text), unknowns)
    except (ValueError, RecursionError) as error:
        # An unknown part may be half of the structure: then nothing can be said of the text.
        return unknowns[0] if unknowns else Malformed(str(error) or "it is nested too deeply")
    heredoc = heredoc_of(value, text, sources)
    written = json_of(heredoc) if heredoc else None
    placed = _placed(decoded, written, heredoc) if heredoc and written else decoded
    return _object(placed.marked(value.sensitive))


def _placed(value: Value, written: Expression, heredoc: Heredoc) -> Value:
    """The value with its place and those of its parts."""
    match value.data, written:
        case dict() as members, ObjectExpression(items=items):
            parts = {item.key.value: item.value for item in items if isinstance(item.key, Literal)}
            value = object_value(
                {key: _placed(item, parts[key], heredoc) if key in parts else item for key, item in members.items()}
            )
        case tuple() as members, TupleExpression(items=items):
            value = tuple_value(tuple(_placed(item, part, heredoc) for item, part in zip(members, items, strict=True)))
    return value.with_trace(Trace(heredoc.span_of(written.span), ""))


def _with_placeholders(pieces: Pieces) -> str:
    """The text with a placeholder for each unknown; one that stands for a whole JSON value gets quotes."""
    parts: list[str] = []
    quoted, count = False, 0
    for piece in pieces:
        if isinstance(piece, str):
            parts.append(piece)
            quoted ^= len(re.findall(r'(?<!\\)(?:\\\\)*"', piece)) % 2 == 1
            continue
        placeholder = f"{_OPEN}{count}{_CLOSE}"
        parts.append(placeholder if quoted else f'"{placeholder}"')
        count += 1
    return "".join(parts)


def _valued(data: object, unknowns: list[Unknown]) -> Value:
    match data:
        case dict():
            # A key made of an unknown part cannot be looked up: it stays as its placeholder, which names no element.
            return object_value({str(key): _valued(item, unknowns) for key, item in data.items()})
        case list():
            return tuple_value(tuple(_valued(item, unknowns) for item in data))
        case str():
            return _text(data, unknowns)
        case bool():
            return boolean(data)
        case int():
            return number(data)
        case float():
            return number(rounded(Fraction(str(data))))
        case _:
            return null()


def _text(data: str, unknowns: list[Unknown]) -> Value:
    parts = _PLACEHOLDER.split(data)
    if len(parts) == 1:
        return string(data)
    pieces: list[str | Unknown] = [
        unknowns[int(part)] if index % 2 else part for index, part in enumerate(parts) if index % 2 or part
    ]
    if len(pieces) == 1 and isinstance(pieces[0], Unknown):
        return unknown(STRING, pieces[0])
    lost = next(piece for piece in pieces if isinstance(piece, Unknown))
    identity = identity_of("text", *(f"={piece}" if isinstance(piece, str) else piece.identity for piece in pieces))
    return unknown(STRING, Unknown(lost.reason, identity, lost.hint, not_null=True, pieces=tuple(pieces)))
