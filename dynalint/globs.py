"""Patterns for paths, as people know them from ``.gitignore``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dynalint.wildcards import starred, with_gaps

FOLDER = "(?:[^/]+/)"


def compile_glob(pattern: str) -> re.Pattern[str]:
    """A pattern for relative POSIX paths; what it matches, it matches with everything below.

    ``*`` and ``?`` stay within a path segment, ``**`` crosses segments. A pattern without a slash, other than at its
    end, matches at any depth.
    """
    anchored = "/" in pattern.rstrip("/")
    segments = [segment for segment in pattern.split("/") if segment not in ("", ".")]
    parts = [None if segment == "**" else f"{_segment(segment)}/" for segment in segments]
    return re.compile(with_gaps(parts if anchored else [None, *parts], FOLDER))


def matches(path: str, patterns: Iterable[re.Pattern[str]]) -> bool:
    """Whether one of the patterns matches the relative path or a directory above it."""
    return any(pattern.match(f"{path}/") for pattern in patterns)


def _segment(segment: str) -> str:
    return starred(segment, "[^/]")
