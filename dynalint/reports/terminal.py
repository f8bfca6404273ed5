"""What the terminal at the other end can do. Needs neither rich nor a report."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import IO

NARROWEST = 40


def wants_color(stream: IO[str], environ: Mapping[str, str], choice: str = "auto") -> bool:
    """Whether to write colours; ``choice`` is ``always``, ``never`` or ``auto``.

    ``auto`` asks, in this order, NO_COLOR (https://no-color.org), FORCE_COLOR and CLICOLOR_FORCE, CLICOLOR=0,
    TERM=dumb, and whether the stream is a terminal.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "").lower() not in ("", "0", "false") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    if environ.get("CLICOLOR") == "0" or environ.get("TERM") == "dumb":
        return False
    return _is_terminal(stream)


def wants_hyperlinks(stream: IO[str], environ: Mapping[str, str], choice: str = "auto") -> bool:
    """Whether to write OSC 8 links; ``auto`` means on a terminal that is not dumb and not a log of a CI system."""
    if choice != "auto":
        return choice == "always"
    return _is_terminal(stream) and environ.get("TERM") != "dumb" and not environ.get("CI")


def width_of(stream: IO[str], environ: Mapping[str, str]) -> int | None:
    """Cells in a line: COLUMNS where it is a number, else the terminal's own; None where there is no terminal."""
    columns = environ.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns) > 0:
        return max(int(columns), NARROWEST)
    if not _is_terminal(stream):
        return None
    try:
        return max(os.get_terminal_size(stream.fileno()).columns, NARROWEST)
    except OSError:
        return None


def _is_terminal(stream: IO[str]) -> bool:
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False
