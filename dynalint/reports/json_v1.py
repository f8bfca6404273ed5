"""The report as JSON, version 1; its schema is ``dynalint-report-v1.schema.json`` beside this file.

Version 1 may gain keys; it does not lose, rename or reinterpret any. Output is ASCII, so that no text of a scanned
repository can act on a terminal or a log.
"""

from __future__ import annotations

import json
from typing import Any

from dynalint.findings import Finding, Report, Step, Suppressed, UndecidedCheck
from dynalint.reports import RenderOptions, summary
from dynalint.reports.places import Places

VERSION = 1

Members = dict[str, Any]


def render(report: Report, options: RenderOptions) -> str:
    """The report as a JSON document: same report, same bytes."""
    return json.dumps(document(report, options), indent=2) + "\n"


def document(report: Report, options: RenderOptions) -> Members:
    """The report as plain data, everything in a fixed order."""
    places = Places.of(report, options.base)
    return {
        "version": VERSION,
        "findings": sorted((_finding(finding, places) for finding in report.findings), key=_order),
        "undecided": sorted((_undecided(check, places) for check in report.undecided), key=_order),
        "suppressed": sorted((_suppressed(suppressed, places) for suppressed in report.suppressed), key=_order),
        "summary": summary.counts(report),
    }


def _order(members: Members) -> tuple[Any, ...]:
    message = members.get("message", members.get("reason"))
    return (members["path"], members["line"], members["column"], members["code"], message, members["addresses"])


def _finding(finding: Finding, places: Places) -> Members:
    place = places.on_one_line(finding.span)
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": str(finding.severity),
        "message": finding.message,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "addresses": [*finding.addresses],
        "latent": finding.latent,
        "environments": [*finding.environments],
        "trace": [_step(step, places) for step in finding.trace],
        "help": finding.help,
        "fixable": summary.is_fixable(finding),
        **({"url": finding.rule.url} if finding.rule.url else {}),
    }


def _step(step: Step, places: Places) -> Members:
    place = places.place(step.span)
    return {"path": place.path, "line": place.line, "column": place.column, "message": step.message}


def _undecided(check: UndecidedCheck, places: Places) -> Members:
    place = places.on_one_line(check.span)
    return {
        "code": check.rule.code,
        "name": check.rule.name,
        "reason": check.reason,
        "hint": check.hint,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "addresses": [*check.addresses],
    }


def _suppressed(suppressed: Suppressed, places: Places) -> Members:
    comment = places.place(suppressed.comment)
    return _finding(suppressed.finding, places) | {
        "suppression": {
            "path": comment.path,
            "line": comment.line,
            "column": comment.column,
            "reason": suppressed.reason,
            "until": suppressed.until,
            "tool": suppressed.tool,
        }
    }
