"""The report as SARIF 2.1.0, for GitHub code scanning and whatever else reads it.

What GitHub reads and refuses: https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dynalint.findings import Finding, Report, RuleInfo
from dynalint.reports import RenderOptions, summary
from dynalint.reports.sarif_places import SarifPlaces
from dynalint.reports.sarif_results import Results
from dynalint.reports.sarif_rules import descriptor, sentence

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
HOME = "https://dynalint.dev/"
MOST_RESULTS = 5_000
"""GitHub shows no more of a run, and does not say by which order it chooses."""

RULE_FAILED = "DYN003"
ABOUT_THE_RUN = frozenset({"DYN001", RULE_FAILED})
"""Findings that also say that the run did not see everything."""
CUT = "CUT1"
UNDECIDED = "UND1"
NOTIFICATIONS = {
    CUT: ("ResultsLeftOut", "Results were left out because code scanning shows only so many."),
    UNDECIDED: ("ChecksUndecided", "Checks could not be decided because a value is not known."),
}

Members = dict[str, Any]


def render(report: Report, options: RenderOptions) -> str:
    """The report as one SARIF log with one run; same report, same bytes."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report, options)]}
    return json.dumps(log, indent=2) + "\n"


def _run(report: Report, options: RenderOptions) -> Members:
    hidden = report.suppressed if options.include_suppressed else ()
    found = sorted(
        (*report.findings, *(suppressed.finding for suppressed in hidden)), key=lambda finding: -finding.severity
    )
    kept, cut = found[:MOST_RESULTS], len(found[MOST_RESULTS:])
    rules = _rules(report, kept)
    places = SarifPlaces(report.sources, options.git_root or options.base)
    results = Results.of(kept, places, rules, {id(item.finding): item for item in hidden} if hidden else None)
    label = options.root_label.strip("/. ")
    return {
        "tool": {"driver": _driver(rules, options.tool_version)},
        "automationDetails": {"id": f"dynalint/{label}/" if label else "dynalint/"},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root of the repository."}}},
        "columnKind": "utf16CodeUnits",
        "invocations": [
            {
                "executionSuccessful": all(finding.rule.code != RULE_FAILED for finding in report.findings),
                "toolExecutionNotifications": [*_notifications(report, places, cut)],
            }
        ],
        "results": [*map(results.result, kept)],
        "properties": {"summary": summary.counts(report), "resultsLeftOut": cut},
    }


def _rules(report: Report, found: list[Finding]) -> list[RuleInfo]:
    """The rules that ran and those that speak, by code."""
    rules = {rule.code: rule for rule in (*report.rules, *(finding.rule for finding in found))}
    return [rules[code] for code in sorted(rules)]


def _driver(rules: list[RuleInfo], version: str) -> Members:
    return {
        "name": "dynalint",
        "informationUri": HOME,
        "version": version,
        "semanticVersion": version,
        "rules": [*map(descriptor, rules)],
        "notifications": [_notification_descriptor(code, *words) for code, words in NOTIFICATIONS.items()]
        + [descriptor(rule) for rule in rules if rule.code in ABOUT_THE_RUN],
    }


def _notification_descriptor(code: str, name: str, text: str) -> Members:
    return {
        "id": code,
        "name": name,
        "shortDescription": {"text": text},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": text},
        "helpUri": HOME,
    }


def _notifications(report: Report, places: SarifPlaces, cut: int) -> Iterator[Members]:
    """What GitHub does not show, for those who read the file: what the run did not see, decide or write."""
    for finding in report.findings:
        if finding.rule.code in ABOUT_THE_RUN:
            yield _notification(finding.rule.code, "error", finding.message) | {
                "locations": [places.location(finding.span)]
            }
    if cut:
        yield _notification(CUT, "warning", f"{cut} results were left out, the least severe ones")
    if report.undecided:
        yield _notification(UNDECIDED, "note", summary.undecided(report))


def _notification(code: str, level: str, text: str) -> Members:
    return {"descriptor": {"id": code}, "level": level, "message": {"text": sentence(text)}}
