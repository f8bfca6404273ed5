"""Notes that say the same thing over and over: the first few of a rule are drawn, the others get a line each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dynalint.findings import Finding, Severity
from dynalint.reports.diagnostic import title
from dynalint.reports.inert import visible
from dynalint.reports.places import Places
from dynalint.reports.styled import SEVERITIES, STRONG, Line, Piece, line, wrapped

MOST_DRAWN = 5


def divided(findings: Iterable[Finding]) -> tuple[list[Finding], list[list[Finding]]]:
    """The findings to draw, and the others, those of each rule together. Errors and warnings are always drawn."""
    drawn, notes = list[Finding](), dict[str, list[Finding]]()
    for finding in findings:
        known = notes.setdefault(finding.rule.code, [])
        if finding.severity is Severity.NOTE:
            known.append(finding)
        if finding.severity is not Severity.NOTE or len(known) <= MOST_DRAWN:
            drawn.append(finding)
    return drawn, [rest for known in notes.values() if (rest := known[MOST_DRAWN:])]


def listed(findings: list[Finding], places: Places, width: int | None) -> Iterator[Line]:
    """A heading, and place and message of each finding. They are all notes of one rule."""
    head = (*title(str(Severity.NOTE), SEVERITIES[Severity.NOTE], findings[0].rule), Piece(": ", STRONG))
    yield from wrapped(head, f"{len(findings)} more (-v shows them in full)", width, STRONG)
    for finding in findings:
        place = line(Piece(f"  {visible(str(places.place(finding.span)))}: ", STRONG))
        yield from wrapped(place, visible(finding.message), width, hang=line("    "))
