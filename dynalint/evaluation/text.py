"""Text put together from known and unknown parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.graphemes import settled
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value, identity_of, string, unknown


def concatenate(parts: Iterable[Value], budget: Budget, prefix: str | None = None) -> Value:
    """The strings in one; where a part is unknown an unknown that keeps the known parts and the known beginning.

    ``prefix`` is the beginning that Terraform's plan goes by, where that is not all that is known.
    """
    values = list(parts)
    sensitive = any(value.sensitive for value in values)
    pieces = _merged(piece for value in values for piece in _pieces(value))
    because = next((piece for piece in pieces if isinstance(piece, Unknown)), None)
    budget.allow_text(sum(len(piece) for piece in pieces if isinstance(piece, str)))
    if because is None:
        return string("".join(piece for piece in pieces if isinstance(piece, str))).marked(sensitive)
    if len(pieces) == 1:
        return unknown(STRING, replace(because, not_null=True)).marked(sensitive)
    return unknown(STRING, _unknown_text(pieces, because, prefix)).marked(sensitive)


def _pieces(value: Value) -> tuple[str | Unknown, ...]:
    match value.data:
        case Unknown(pieces=inner) as whole:
            return inner or (whole,)
        case str() as text:
            return (text,)
    raise TypeError(f"not a string: {value!r}")


def _merged(pieces: Iterable[str | Unknown]) -> tuple[str | Unknown, ...]:
    """The pieces with neighbouring texts joined and empty ones dropped."""
    merged: list[str | Unknown] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    return tuple(merged)


def _unknown_text(pieces: tuple[str | Unknown, ...], because: Unknown, prefix: str | None) -> Unknown:
    if prefix is None:
        prefix = pieces[0] if isinstance(pieces[0], str) else pieces[0].prefix
    return Unknown(
        because.reason,
        identity=identity_of("text", *(f"={piece}" if isinstance(piece, str) else piece.identity for piece in pieces)),
        hint=because.hint,
        not_null=True,
        prefix=settled(prefix),
        pieces=pieces,
    )
