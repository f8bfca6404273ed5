"""Text of which parts are unknown, as a sequence of pieces, and its matching against patterns."""

from __future__ import annotations

import re
from functools import lru_cache

from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value
from dynalint.wildcards import starred

Pieces = tuple[str | Unknown, ...]
"""Known text and unknown parts in order; no two neighbours are both known."""

GAP = "\ufffc"
"""Stands for one unknown part where pieces are written as one text: OBJECT REPLACEMENT CHARACTER."""


def pieces_of(value: Value) -> Pieces:
    """The pieces of a value that is to be text; a value that is no text is one unknown piece, null is none."""
    match value.data:
        case None:
            return ()
        case Unknown(pieces=()) as because:
            return (because,)
        case Unknown(pieces=parts):
            return flat(parts)
        case str() as plain:
            return (plain,)
    try:
        return (str(convert(value, STRING).data),)
    except ConversionError:
        return (Unknown("its value is no text"),)


def flat(parts: Pieces) -> Pieces:
    """The same pieces with those of their unknowns spread out."""
    result: list[str | Unknown] = []
    for part in parts:
        spread = flat(part.pieces) if isinstance(part, Unknown) and part.pieces else (part,)
        for piece in spread:
            if isinstance(piece, str) and result and isinstance(result[-1], str):
                result[-1] += piece
            elif piece != "":
                result.append(piece)
    return tuple(result)


def joined(pieces: Pieces) -> str:
    """The pieces as one text, a :data:`GAP` for each unknown."""
    return "".join(piece if isinstance(piece, str) else GAP for piece in pieces)


def cut(pieces: Pieces, start: int, end: int) -> Pieces:
    """The pieces that make up ``joined(pieces)[start:end]``."""
    result: list[str | Unknown] = []
    at = 0
    for piece in pieces:
        length = len(piece) if isinstance(piece, str) else 1
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            result.append(piece[first:last] if isinstance(piece, str) else piece)
        at += length
    return tuple(result)


def key_of(pieces: Pieces) -> tuple[str, ...] | None:
    """What equals the key of equal pieces; None where a part equals nothing."""
    parts = tuple(f"={piece}" if isinstance(piece, str) else piece.identity for piece in pieces)
    return parts if all(parts) else None


def first_unknown(pieces: Pieces) -> Unknown | None:
    """The first unknown part."""
    return next((piece for piece in pieces if isinstance(piece, Unknown)), None)


def covers(pattern: str, text: str) -> bool:
    """Whether an IAM pattern (``*`` any text, ``?`` one character) matches all of ``text``, case and all.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    return _compiled(pattern).fullmatch(text) is not None


def may_cover(pattern: Pieces, text: str) -> bool:
    """Whether a pattern with unknown parts may turn out to match ``text``."""
    return _compiled(joined(pattern).replace(GAP, "*")).fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(starred(pattern, "."), re.DOTALL)
