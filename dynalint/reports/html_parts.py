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
STYLES = {FRAME: "fr", ADDED: "add", REMOVED: "del"} | {style: str(level) for level, style in SEVERITIES.items()}


def esc(text: str) -> str:
    """Text as itself, wherever it stands: in an element or in a quoted attribute."""
    return escape(visible(text), quote=True)


def prose(markdown: str) -> str:
    """A paragraph of a rule's page: code and stress as such, links by their text alone."""
    text = LINK.sub(r"\1", esc(markdown))
    return STRESS.sub(r"<em>\1</em>", CODE.sub(r"<code>\1</code>", text))


def name_of(verdict: Verdict) -> str:
    """The verdict in ids and classes: there are thousands of them, so they are short."""
    return "o" if verdict is Verdict.UNASKED else verdict.value[0]


def mark(verdict: Verdict) -> str:
    """The shape of a verdict with its letter: the style sheet gives each its own, so that none rests on colour."""
    return f'<b class="m {name_of(verdict)}" title="{verdict.value}">{LETTERS[verdict]}</b>'


def link(verdict: Verdict, anchor: str, title: str) -> str:
    """The shape of a verdict, leading to what is said of it."""
    return f'<a class="m {name_of(verdict)}" href="#{anchor}" title="{esc(title)}">{LETTERS[verdict]}</a>'


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
