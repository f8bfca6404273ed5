"""The frames of lexing: what a bracket, quote or heredoc opens, and how text reads inside it."""

from __future__ import annotations

import re
from enum import Enum, auto

from dynalint.records import dataclass


class Kind(Enum):
    """How text inside a frame reads."""

    BODY = auto()
    OBJECT = auto()
    FOR = auto()
    GROUP = auto()
    HOLE = auto()
    QUOTED = auto()
    HEREDOC = auto()
    BARE = auto()


class Phase(Enum):
    """Where a line of a body stands."""

    START = auto()
    HEADER = auto()
    VALUE = auto()
    AFTER_BLOCK = auto()


@dataclass(slots=True)
class Frame:
    """An open bracket, quote or heredoc, or the text as a whole."""

    kind: Kind
    opened: int
    closer: bytes = b""
    phase: Phase = Phase.START
    one_line: bool | None = None
    """Of a body: whether it stands on the line of its opening brace; None before its first word."""
    broken: bool = False
    """Of an object: a line break was met that may have to separate two items."""
    awaits_in: bool = False
    """Of a ``for``: its ``in`` has not come yet."""
    marker: re.Pattern[bytes] | None = None
    """Of a heredoc: what its last line looks like."""
    is_text: bool = False
    """Whether what stands inside is text with template sequences, not code."""
