"""Near names for messages."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, candidates: Iterable[str]) -> str:
    """``; did you mean "x"?`` for the one nearest candidate, or nothing."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a failing run needs it

    near = get_close_matches(name, list(candidates), n=1, cutoff=0.7)
    return f'; did you mean "{near[0]}"?' if near else ""
