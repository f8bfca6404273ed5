"""Text put together from known and unknown parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
    parted = [piece for value in values for piece in _pieces(value)]
    budget.allow_text(sum(len(piece) for piece in parted if isinstance(piece, str)))
    pieces = tuple(_merged(parted))
    because = next((piece for piece in pieces if isinstance(piece, Unknown)), None)
    if because is None:
        return string("".join(piece for piece in pieces if isinstance(piece, str))).marked(sensitive)
    if len(pieces) == 1:
        return unknown(STRING, replace(because, not_null=True)).marked(sensitive)
    beginning = "".join(_beginning(values)) if prefix is None else prefix
    return unknown(STRING, _unknown_text(pieces, because, beginning)).marked(sensitive)


def _beginning(values: Iterable[Value]) -> Iterator[str]:
    """What the text certainly begins with."""
    for value in values:
        if value.unknown:
            yield value.unknown.prefix
            return
        yield str(value.data)


def _pieces(value: Value) -> tuple[str | Unknown, ...]:
    match value.data:
        case Unknown(pieces=inner) as whole:
            return inner or (whole,)
        case str() as text:
            return (text,)
    raise TypeError(f"not a string: {value!r}")


def _merged(pieces: Iterable[str | Unknown]) -> Iterator[str | Unknown]:
    """The pieces with neighbouring texts joined and empty ones dropped."""
    texts: list[str] = []
    for piece in pieces:
        if isinstance(piece, str):
            texts.append(piece)
            continue
        yield from filter(None, ["".join(texts)])
        texts.clear()
        yield piece
    yield from filter(None, ["".join(texts)])


def _unknown_text(pieces: tuple[str | Unknown, ...], because: Unknown, prefix: str) -> Unknown:
    return Unknown(
        because.reason,
        identity=identity_of("text", *(f"={piece}" if isinstance(piece, str) else piece.identity for piece in pieces)),
        hint=because.hint,
        not_null=True,
        prefix=settled(prefix),
        pieces=pieces,
        given=all(piece.given for piece in pieces if isinstance(piece, Unknown)),
    )
