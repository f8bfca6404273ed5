"""Reviewdog's diagnostics, one JSON object a line: comments and suggestions on pull requests anywhere.

Columns count bytes of UTF-8, ends are exclusive: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf
"""

from __future__ import annotations

import json
from typing import Any

from dynalint.findings import Edit, Finding, Report, Severity
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Place, Places
from dynalint.syntax.source import with_line_ends_of

LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(report: Report, options: RenderOptions) -> str:
    """One line a finding, with paths as seen from where dynalint runs: reviewdog looks there."""
    places = Places.of(report, options.base)
    return "".join(json.dumps(_diagnostic(finding, places)) + "\n" for finding in report.findings)


def _diagnostic(finding: Finding, places: Places) -> dict[str, Any]:
    place = places.on_one_line(finding.span, unit="byte")
    text = visible(summary.told(finding)) + (f"\n{visible(finding.help)}" if finding.help else "")
    diagnostic: dict[str, Any] = {
        "message": text,
        "location": {"path": place.path, "range": _range(place)},
        "severity": LEVELS[finding.severity],
        "source": {"name": "dynalint", "url": "https://dynalint.dev/"},
        "code": {"value": finding.rule.code, **({"url": finding.rule.url} if finding.rule.url else {})},
    }
    if suggestions := _suggestions(finding, places):
        diagnostic["suggestions"] = suggestions
    return diagnostic


def _suggestions(finding: Finding, places: Places) -> list[dict[str, Any]]:
    """The fix, where it is safe and lies in the file of the finding: a suggestion has no path of its own."""
    fix = finding.fix
    if fix is None or not fix.safe or any(edit.span.path != finding.span.path for edit in fix.edits):
        return []
    return [_suggestion(edit, places) for edit in fix.edits]


def _suggestion(edit: Edit, places: Places) -> dict[str, Any]:
    text = with_line_ends_of(places.source(edit.span.path).data, edit.span.start, edit.text)
    return {"range": _range(places.place(edit.span, unit="byte")), "text": text}


def _range(place: Place) -> dict[str, dict[str, int]]:
    return {
        "start": {"line": place.line, "column": place.column},
        "end": {"line": place.end_line, "column": place.end_column},
    }
