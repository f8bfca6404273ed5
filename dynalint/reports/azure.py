"""Logging commands of Azure Pipelines, which show findings beside the log of a run.

https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
"""

from __future__ import annotations

from dynalint.findings import Finding, Report, Severity
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
"""What an issue can be; notes are plain lines of the log."""

ESCAPES = str.maketrans({"%": "%AZP25", "\r": "%0D", "\n": "%0A"})
"""In messages. The agent undoes the escapes of properties there as well, Microsoft's library for tasks does not."""
PROPERTY_ESCAPES = ESCAPES | str.maketrans({";": "%3B", "]": "%5D"})


def render(report: Report, options: RenderOptions) -> str:
    """One line a finding, the worst first, and one that says what was found."""
    places = Places.in_repository(report, options)
    found = sorted(report.findings, key=lambda finding: -finding.severity)
    lines = [_line(finding, places) for finding in found]
    return "".join(f"{line}\n" for line in (*lines, visible(summary.verdict(report))))


def _line(finding: Finding, places: Places) -> str:
    place = places.on_one_line(finding.span)
    rule, level = finding.rule, LEVELS.get(finding.severity)
    message = visible(f"{summary.told(finding)} ({rule.name})")
    if level is None:
        return f"{visible(str(place))}: note[{visible(rule.code)}] {message}"
    properties = {
        "type": level,
        "sourcepath": place.path,
        "linenumber": place.line,
        "columnnumber": place.column,
        "code": rule.code,
    }
    told = "".join(f"{name}={visible(str(value)).translate(PROPERTY_ESCAPES)};" for name, value in properties.items())
    return f"##vso[task.logissue {told}]{message.translate(ESCAPES)}"
