"""One line a finding: ``infra/main.tf:12:3: error[DYN201 point-in-time-recovery-missing] message``."""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.findings import Report
from dynalint.reports import RenderOptions, summary
from dynalint.reports.diagnostic import title
from dynalint.reports.inert import visible
from dynalint.reports.places import Places
from dynalint.reports.styled import SEVERITIES, STRONG, Line, Piece, to_text


def render(report: Report, options: RenderOptions) -> str:
    """The findings, in order of place; nothing at all where there are none."""
    return to_text(lines(report, options), color=options.color, hyperlinks=options.hyperlinks)


def lines(report: Report, options: RenderOptions) -> Iterator[Line]:
    """The line of each finding."""
    places = Places.of(report, options.base)
    for finding in report.findings:
        style = SEVERITIES[finding.severity]
        place = Piece(f"{visible(str(places.place(finding.span)))}: ", STRONG)
        yield (place, *title(str(finding.severity), style, finding.rule), Piece(f" {visible(summary.told(finding))}"))
