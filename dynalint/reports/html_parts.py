"""What every part of the page is made of. All text from outside comes through :func:`esc`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from dynalint.findings import Finding
from dynalint.reports.inert import visible
from dynalint.reports.pictures import Verdict
from dynalint.reports.styled import ADDED, FRAME, REMOVED, SEVERITIES, Line

CODE = re.compile(r"`([^`]+)`")
STRESS = re.compile(r"(?<![*\w])\*{1,2}([^*\s][^*]*)\*{1,2}(?![*\w])")
LINK = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
LETTERS = {
    Verdict.ERROR: "E",
    Verdict.WARNING: "W",
    Verdict.NOTE: "N",
    Verdict.UNDECIDED: "?",
    Verdict.SUPPRESSED: "S",
    Verdict.CLEAN: "✓",
    Verdict.UNASKED: "–",
}
SHAPES = {
    Verdict.ERROR: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/>',
    Verdict.WARNING: '<path d="M8 .4 15.8 15H.2z"/>',
    Verdict.NOTE: '<circle cx="8" cy="8" r="7.3"/>',
    Verdict.UNDECIDED: '<path d="M8 .2 15.8 8 8 15.8.2 8z"/>',
    Verdict.SUPPRESSED: '<rect x="1" y="2.5" width="14" height="11" rx="2"/>',
    Verdict.CLEAN: '<path d="m2.5 8.5 3.6 3.8L13.5 4" fill="none" stroke="currentColor" stroke-width="2.4"/>',
    Verdict.UNASKED: '<path d="M4 8h8" stroke="currentColor" stroke-width="1.6"/>',
}
"""A shape for each verdict, so that none of them rests on its colour."""
LETTERED = frozenset((Verdict.ERROR, Verdict.WARNING, Verdict.NOTE, Verdict.UNDECIDED, Verdict.SUPPRESSED))
STYLES = {FRAME: "fr", ADDED: "add", REMOVED: "del"} | {style: str(level) for level, style in SEVERITIES.items()}


def esc(text: str) -> str:
    """Text as itself, wherever it stands: in an element or in a quoted attribute."""
    return escape(visible(text), quote=True)


def prose(markdown: str) -> str:
    """A paragraph of a rule's page: code and stress as such, links by their text alone."""
    text = LINK.sub(r"\1", esc(markdown))
    return STRESS.sub(r"<em>\1</em>", CODE.sub(r"<code>\1</code>", text))


def symbols() -> str:
    """The shapes, once for the whole page."""
    return (
        f'<svg width="0" height="0" aria-hidden="true" style="position:absolute">{"".join(map(_symbol, SHAPES))}</svg>'
    )


def _symbol(verdict: Verdict) -> str:
    low = "12.6" if verdict is Verdict.WARNING else "11.3"
    letter = f'<text x="8" y="{low}">{LETTERS[verdict]}</text>' if verdict in LETTERED else ""
    shape = f'<g fill="currentColor">{SHAPES[verdict]}</g>{letter}'
    return f'<symbol id="m-{name_of(verdict)}" viewBox="0 0 16 16">{shape}</symbol>'


def name_of(verdict: Verdict) -> str:
    """The verdict in ids and classes."""
    return "unasked" if verdict is Verdict.UNASKED else verdict.value


def mark(verdict: Verdict, *, named: bool = True) -> str:
    """The shape of a verdict. ``named`` gives it its name for those who do not see it."""
    name = name_of(verdict)
    label = f'role="img" aria-label="{verdict.value}"' if named else 'aria-hidden="true"'
    return f'<svg class="m {name}" {label}><use href="#m-{name}"/></svg>'


def finding_mark(finding: Finding) -> str:
    """The shape of a finding's severity."""
    return mark(Verdict.of(finding.severity))


def lines_of(lines: Iterable[Line]) -> str:
    """Styled lines as the content of a ``pre``."""
    return "\n".join(_line(line) for line in lines)


def _line(pieces: Line) -> str:
    return "".join(_piece(piece.text, STYLES.get(piece.style, "")) for piece in pieces).rstrip()


def _piece(text: str, style: str) -> str:
    shown = escape(text)
    return f'<span class="{style}">{shown}</span>' if style and text.strip() else shown
