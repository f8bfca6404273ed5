"""Wildcards as regular expressions that take no longer for many of them: a pattern may be a stranger's."""

from __future__ import annotations

import re
from collections.abc import Iterable


def starred(pattern: str, one: str) -> str:
    """A pattern in which ``?`` is ``one`` character, and ``*`` any number of them; others stand for themselves."""
    pieces = {"*": None, "?": one}
    return with_gaps((pieces.get(character, re.escape(character)) for character in pattern), one)


def with_gaps(pieces: Iterable[str | None], gap: str) -> str:
    """One piece after the other, with any number of ``gap`` in the place of each None.

    Pieces between two gaps stay at the first place where they match, since whatever follows fits behind that if it
    fits anywhere. Without this a failing match tries all places of all pieces, which are exponentially many. So a piece
    must always match texts of the same length, counted in what ``gap`` matches.
    """
    runs = [""]
    for piece in pieces:
        if piece is None:
            runs.append("")
        else:
            runs[-1] += piece
    first, *between = runs
    if not between:
        return first
    return first + "".join(f"(?>{gap}*?{run})" for run in between[:-1] if run) + f"{gap}*{between[-1]}"
