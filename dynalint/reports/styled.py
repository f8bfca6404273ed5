"""Lines of styled text, and their way to a string.

rich does the styling and the measuring. Its ``Console`` is left out where a few styled pieces are all there is to
show: importing it costs more than writing a report. Nothing here knows markup, so text is never taken for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from dynalint.findings import Severity

if TYPE_CHECKING:
    from rich.style import Style as RichStyle


NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u02ff\u2500-\u257f–—…→✓✗]*")
"""Latin letters, lines that boxes are made of, and signs of dynalint's: one cell each."""


class Style(NamedTuple):
    """How text looks; rich is asked for it when something is painted."""

    color: str | None = None
    bold: bool = False
    dim: bool = False


PLAIN = Style()
STRONG = Style(bold=True)
FAINT = Style(dim=True)
ERROR = Style(color="red", bold=True)
WARNING = Style(color="yellow", bold=True)
NOTE = Style(color="cyan", bold=True)
SEVERITIES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.NOTE: NOTE}
UNDECIDED = Style(color="magenta", bold=True)
FRAME = Style(color="blue", bold=True)
GOOD = Style(color="green", bold=True)
ADDED = Style(color="green")
REMOVED = Style(color="red")


class Piece(NamedTuple):
    """Text in one style; ``link`` is where it leads on a terminal that knows links."""

    text: str
    style: Style = PLAIN
    link: str = ""


Line = tuple[Piece, ...]
"""A line without its end."""


def line(*pieces: str | Piece) -> Line:
    """A line of pieces; a bare string is unstyled."""
    return tuple(piece if isinstance(piece, Piece) else Piece(piece) for piece in pieces)


def cell_len(text: str) -> int:
    """Terminal cells that a text takes."""
    if NARROW.fullmatch(text):
        return len(text)
    from rich.cells import cell_len as measured  # noqa: PLC0415 - most texts have one cell a character

    return measured(text)


def width(pieces: Line) -> int:
    """Terminal cells that a line takes."""
    return sum(cell_len(piece.text) for piece in pieces)


def to_text(lines: Iterable[Line], *, color: bool, hyperlinks: bool) -> str:
    """The lines as one string. Colours are the sixteen that every terminal has and every user may have chosen."""
    paint = _painted if color else _plain
    return "".join(
        "".join(_linked(paint(piece), piece.link if hyperlinks else "") for piece in _trimmed(pieces)) + "\n"
        for pieces in lines
    )


def _trimmed(pieces: Line) -> Line:
    """The line without blanks at its end."""
    while pieces and not pieces[-1].text.rstrip(" "):
        pieces = pieces[:-1]
    return (*pieces[:-1], pieces[-1]._replace(text=pieces[-1].text.rstrip(" "))) if pieces else ()


def _plain(piece: Piece) -> str:
    return piece.text


def _painted(piece: Piece) -> str:
    if not piece.text.strip():
        return piece.text
    from rich.color import ColorSystem  # noqa: PLC0415 - costs more than a report without colours

    return as_rich(piece.style).render(piece.text, color_system=ColorSystem.STANDARD)


def as_rich(style: Style) -> RichStyle:
    """The style as rich has it."""
    from rich.style import Style  # noqa: PLC0415 - costs more than a report without colours

    return Style(color=style.color, bold=style.bold or None, dim=style.dim or None)


def _linked(text: str, link: str) -> str:
    # rich would give every link a random id, and two runs two outputs
    return f"\x1b]8;;{link}\x1b\\{text}\x1b]8;;\x1b\\" if link and link.isprintable() else text


def wrapped(
    prefix: Line, text: str, cells: int | None, style: Style = PLAIN, hang: Line | None = None
) -> Iterator[Line]:
    """``prefix`` and ``text``, broken at blanks so that no line is wider than ``cells``; None breaks nothing.

    Lines after the first begin with ``hang``, by default blanks as wide as the prefix. A word too long for a line
    keeps a line of its own: paths and addresses stay whole.
    """
    start, room = prefix, (cells or 0) - width(prefix)
    hang = line(" " * width(prefix)) if hang is None else hang
    taken = ""
    for word in text.split(" "):
        longer = f"{taken} {word}" if taken else word
        if cells and taken and cell_len(longer) > max(room, 1):
            yield (*start, Piece(taken, style))
            start, room, longer = hang, cells - width(hang), word
        taken = longer
    yield (*start, Piece(taken, style))
