"""Checkstyle's XML, which many a server of builds reads."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from dynalint.findings import Finding, Report, Severity
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


def render(report: Report, options: RenderOptions) -> str:
    """The findings by file."""
    places = Places.of(report, options.git_root or options.base)
    root = ET.Element("checkstyle", version=options.tool_version)
    by_path = sorted(report.findings, key=lambda finding: finding.span.path)
    for path, findings in groupby(by_path, key=lambda finding: finding.span.path):
        file = ET.SubElement(root, "file", name=visible(places.relative(path)))
        file.extend(_error(finding, places) for finding in findings)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _error(finding: Finding, places: Places) -> ET.Element:
    place = places.on_one_line(finding.span)
    attributes = {
        "source": f"dynalint.{visible(finding.rule.code)}",
        "line": str(place.line),
        "column": str(place.column),
        "severity": LEVELS[finding.severity],
        "message": visible(f"{summary.told(finding)} ({finding.rule.name})"),
        **({"link": finding.rule.url} if finding.rule.url else {}),
    }
    return ET.Element("error", attributes)
