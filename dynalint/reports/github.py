"""Annotations of GitHub Actions: lines that the runner turns into notes beside the code.

A step shows ten of each level and says nothing about the rest, so that the tenth does:
https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dynalint.findings import Finding, Report, Severity
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
MOST = 10
"""Annotations of one level that a step shows."""


def render(report: Report, options: RenderOptions) -> str:
    """The annotations, the worst first, and a line for the log that says what was found."""
    lines = [line for severity in sorted(Severity, reverse=True) for line in _of_level(report, severity, options)]
    return "".join(f"{line}\n" for line in (*lines, visible(summary.verdict(report))))


def _of_level(report: Report, severity: Severity, options: RenderOptions) -> Iterator[str]:
    places = Places.in_repository(report, options)
    found = [finding for finding in report.findings if finding.severity is severity]
    shown = found if len(found) <= MOST else found[: MOST - 1]
    yield from (_annotation(finding, places) for finding in shown)
    if rest := found[len(shown) :]:
        yield _rest(rest, LEVELS[severity])


def _annotation(finding: Finding, places: Places) -> str:
    place = places.on_one_line(finding.span, unit="utf16")
    properties = {
        "file": place.path,
        "line": place.line,
        "endLine": place.end_line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": f"{finding.rule.code} {finding.rule.name}",
    }
    told = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = [summary.told(finding), f"Help: {finding.help}" if finding.help else "", finding.rule.url]
    return f"::{LEVELS[finding.severity]} {told}::{'%0A'.join(_data(visible(part)) for part in text if part)}"


def _rest(findings: Sequence[Finding], level: str) -> str:
    return f"::{level} title=dynalint::... and {len(findings)} more, see the step summary"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")
