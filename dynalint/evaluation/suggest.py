"""Near names for messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """``; did you mean "x"?`` for the one nearest candidate, whatever its case, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a failing run needs it

    names = list(candidates)
    folded = {candidate.casefold(): candidate for candidate in reversed(names)}
    near = get_close_matches(name, names, n=1, cutoff=0.7)
    near = near or [folded[key] for key in get_close_matches(name.casefold(), folded, n=1, cutoff=0.7)]
    return f'; did you mean "{near[0]}"?' if near else ""
