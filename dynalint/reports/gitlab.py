"""GitLab's Code Quality report, which merge requests show.

https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import sha256
from typing import Any

from dynalint.findings import Finding, Report, Severity
from dynalint.identity import keys_of
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}


def render(report: Report, options: RenderOptions) -> str:
    """The findings as a JSON array in ASCII."""
    places = Places.in_repository(report, options)
    seen: Counter[str] = Counter()
    return json.dumps([_issue(finding, places, seen) for finding in report.findings], indent=2) + "\n"


def _issue(finding: Finding, places: Places, seen: Counter[str]) -> dict[str, Any]:
    place = places.on_one_line(finding.span)
    return {
        "description": visible(f"{summary.told(finding)} ({finding.rule.code} {finding.rule.name})"),
        "check_name": finding.rule.name,
        "fingerprint": _fingerprint(finding, place.path, seen),
        "severity": LEVELS[finding.severity],
        "location": {"path": place.path, "lines": {"begin": place.line}},
    }


def _fingerprint(finding: Finding, path: str, seen: Counter[str]) -> str:
    """What the finding is about, and its number among its like: GitLab merges equal ones."""
    about = "\0".join((finding.rule.code, path, *keys_of(finding)))
    seen[about] += 1
    return sha256(f"{about}\0{seen[about]}".encode("utf-8", "surrogateescape")).hexdigest()
