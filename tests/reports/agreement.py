"""Whether consumers read out of a report what was found, where it is, and what would fix it.

Places are worked out anew from the bytes of the files: lines and columns are what reports get wrong.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

from junitparser import Error, Failure, JUnitXml, Skipped

from dynalint.findings import Edit, Finding, Report, Severity
from dynalint.fixes import apply_edits
from dynalint.reports import writer
from dynalint.reports.inert import visible
from dynalint.reports.places import Places, first_line, is_file
from dynalint.syntax.source import Source, Span
from tests.reports.consumers import Command, Page, Row, strict_json
from tests.reports.corpus import Checked

Members = dict[str, Any]
MARK = b"\xef\xbb\xbf"


def rendered(checked: Checked, name: str) -> str:
    """The report in a format; as SARIF with the descriptors of the rules that speak, the rest are the same for all."""
    report = replace(checked.report, rules=()) if name == "sarif" else checked.report
    return writer(name)(report, checked.options)


def by_severity(report: Report) -> list[Finding]:
    return sorted(report.findings, key=lambda finding: -finding.severity)


def levels(words: Mapping[Severity, str], report: Report) -> Counter[str]:
    return Counter(words[finding.severity] for finding in report.findings)


def seen_from(base: Path, span: Span) -> str:
    """The path of a span's file from a directory, spelt as reports spell what is no text."""
    return visible(os.path.relpath(span.path, base))


def line_of(checked: Checked, finding: Finding) -> int:
    return data_at(checked, finding).count(b"\n", 0, finding.span.start) + 1


def data_at(checked: Checked, finding: Finding) -> bytes:
    source = checked.report.sources.get(finding.span.path)
    return source.data if source else b""


@cache
def lines_of(data: bytes) -> list[str]:
    return data.removeprefix(MARK).decode("utf-8", "replace").split("\n")


def points_at(cut: str, checked: Checked, span: Span) -> bool:
    """Whether a piece cut out of a file is what a span points at; one of no width is shown one sign wide."""
    source = checked.report.sources.get(span.path) or Source(span.path, b"")
    wanted = source.text(first_line(source, span))
    return cut == wanted or (not wanted and len(cut) <= 1)


def text_holds(titles: list[str], checked: Checked) -> None:
    assert Counter(titles) == Counter(
        f"{finding.severity}[{finding.rule.code} {finding.rule.name}]: {visible(finding.message)}"
        for finding in checked.report.findings
    )


def concise_holds(rows: list[Row], checked: Checked) -> None:
    assert [row.severity for row in rows] == [str(finding.severity) for finding in checked.report.findings]
    for row, finding in zip(rows, checked.report.findings, strict=True):
        assert row.rule == f"{finding.rule.code} {finding.rule.name}"
        assert row.message == visible(finding.message)
        assert (row.path, row.line) == (seen_from(checked.home, finding.span), line_of(checked, finding))


def json_holds(document: Members, checked: Checked) -> None:
    report = checked.report
    assert [len(document[name]) for name in ("findings", "undecided", "suppressed")] == [
        len(report.findings),
        len(report.undecided),
        len(report.suppressed),
    ]
    assert document["summary"]["errors"] == report.count(Severity.ERROR)
    for item, finding in zip(document["findings"], sorted(report.findings, key=_json_order(checked)), strict=True):
        assert (item["code"], item["message"]) == (finding.rule.code, finding.message)
        assert visible(item["path"]) == seen_from(checked.home, finding.span)
        line = lines_of(data_at(checked, finding))[item["line"] - 1]
        assert points_at(line[item["column"] - 1 : item["end_column"] - 1], checked, finding.span)


def _json_order(checked: Checked) -> Callable[[Finding], tuple[Any, ...]]:
    def order(finding: Finding) -> tuple[Any, ...]:
        place = Places(checked.report.sources, str(checked.home)).place(finding.span)
        where = (place.path, place.line, place.column)
        return (*where, finding.rule.code, finding.message, finding.addresses)

    return order


def jsonl_holds(items: list[Members], checked: Checked) -> None:
    document = strict_json(rendered(checked, "json"))
    kinds = {"finding": "findings", "undecided": "undecided", "suppressed": "suppressed"}
    made: Members = {plural: [] for plural in kinds.values()}
    for item in items[:-1]:
        kind = item.pop("kind")
        made[kinds[kind]].append(item)
    (summary,) = items[-1:]
    assert summary.pop("kind") == "summary"
    assert {"version": summary.pop("version"), **made, "summary": summary} == document


def gitlab_holds(issues: list[Members], checked: Checked) -> None:
    prints = [issue["fingerprint"] for issue in issues]
    assert len({*prints}) == len(prints) == len(checked.report.findings)
    words = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "info"}
    assert Counter(issue["severity"] for issue in issues) == levels(words, checked.report)
    for issue, finding in zip(issues, checked.report.findings, strict=True):
        assert not issue["location"]["path"].startswith(("/", "./", "../"))
        assert visible(issue["location"]["path"]) == seen_from(checked.top, finding.span)
        assert issue["location"]["lines"]["begin"] == line_of(checked, finding)


def junit_holds(document: JUnitXml, checked: Checked) -> None:
    report = checked.report
    suites = [*document]
    cases = [case for suite in suites for case in suite]
    outcomes = Counter(type(case.result[0]) if case.result else None for case in cases)
    unreadable = sum(1 for finding in report.findings if finding.rule.code == "DYN001")
    failed = sum(1 for finding in report.findings if finding.severity >= Severity.WARNING) - unreadable
    assert (outcomes[Error], outcomes[Failure]) == (unreadable, failed)
    assert outcomes[Skipped] == len(report.suppressed) + len(report.undecided)
    assert outcomes[None] == report.count(Severity.NOTE) or len(cases) == outcomes[None] == 1
    for which in (document, *suites):
        inside = [case for suite in (suites if which is document else [which]) for case in suite]
        counted = Counter(type(case.result[0]) if case.result else None for case in inside)
        assert (which.tests, which.failures, which.errors) == (len(inside), counted[Failure], counted[Error])
    assert len({suite.name for suite in suites}) == len(suites)


def annotations_hold(found: list[Command], checked: Checked) -> None:
    report = checked.report
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    shown = Counter(command.name for command in found)
    assert shown == {word: min(count, 10) for word, count in levels(words, report).items()}
    for severity, word in words.items():
        commands = [command for command in found if command.name == word]
        findings = [finding for finding in report.findings if finding.severity is severity]
        if len(findings) > 10:
            *commands, last = commands
            assert last.message.startswith(f"... and {len(findings) - 9} more")
        for command, finding in zip(commands, findings, strict=False):
            assert command.properties["title"] == f"{finding.rule.code} {finding.rule.name}"
            assert command.message.startswith(visible(finding.message))
            assert command.properties["file"] == seen_from(checked.top, finding.span)
            assert command.properties["line"] == command.properties["endLine"] == str(line_of(checked, finding))


def issues_hold(found: list[Command], checked: Checked) -> None:
    findings = [finding for finding in by_severity(checked.report) if finding.severity is not Severity.NOTE]
    assert len(found) == len(findings)
    for command, finding in zip(found, findings, strict=True):
        assert command.properties["type"] == str(finding.severity)
        assert command.properties["sourcepath"] == seen_from(checked.top, finding.span)
        assert command.properties["linenumber"] == str(line_of(checked, finding))
        assert command.properties["code"] == finding.rule.code
        assert command.message == visible(f"{finding.message} ({finding.rule.name})")


def markdown_holds(page: Page, checked: Checked) -> None:
    found = by_severity(checked.report)
    assert len(page.rows) == (len(found) + 1 if found else 0)
    for row, finding in zip(page.rows[1:], found, strict=True):
        told = row[2].replace("\u200b", "").split("\n")[0]
        assert told.split() == visible(finding.message).split()
        assert row[0].endswith(str(finding.severity))
        assert row[3].startswith(finding.rule.code)
    assert len(page.items) == len(checked.report.undecided) + len(checked.report.suppressed)


def checkstyle_holds(root: ET.Element, checked: Checked) -> None:
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}
    listed = [(file.get("name"), error) for file in root for error in file]
    found = sorted(checked.report.findings, key=lambda finding: finding.span.path)
    for (name, error), finding in zip(listed, found, strict=True):
        assert (name, error.get("severity")) == (seen_from(checked.top, finding.span), words[finding.severity])
        assert error.get("line") == str(line_of(checked, finding))
        assert error.get("message") == visible(f"{finding.message} ({finding.rule.name})")
    assert all(len(file) for file in root)


def diagnostics_hold(items: list[Members], checked: Checked) -> None:
    for item, finding in zip(items, checked.report.findings, strict=True):
        data = data_at(checked, finding)
        start, end = offsets(data, item["location"]["range"])
        assert points_at(data[start:end].decode("utf-8", "replace"), checked, finding.span)
        assert visible(item["location"]["path"]) == seen_from(checked.home, finding.span)
        if suggestions := item.get("suggestions"):
            assert finding.fix is not None
            made = [(*offsets(data, one["range"]), one["text"]) for one in suggestions]
            assert spliced(data, made) == apply_edits(data, finding.fix.edits)


def offsets(data: bytes, area: Members) -> tuple[int, int]:
    """The bytes of a range of reviewdog's, whose lines end at LF and whose columns are bytes."""
    starts = starts_of(data)
    start, end = (starts[area[side]["line"] - 1] + area[side]["column"] - 1 for side in ("start", "end"))
    return start, end


@cache
def starts_of(data: bytes) -> list[int]:
    mark = len(MARK) if data.startswith(MARK) else 0
    return [mark, *(found.end() for found in re.finditer(rb"\n", data))]


def spliced(data: bytes, replacements: list[tuple[int, int, str]]) -> bytes:
    for start, end, text in sorted(replacements, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    return data


# --- SARIF --------------------------------------------------------------------------------------------------------

URI = re.compile(r"(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+(?:/(?:[A-Za-z0-9_.~-]|%[0-9A-F]{2})+)*")
PRINT = re.compile(r"[0-9a-f]{1,16}:[1-9][0-9]*")


def sarif_holds(log: Members, checked: Checked) -> None:
    (run,) = log["runs"]
    assert run["columnKind"] == "utf16CodeUnits"
    hidden = [item.finding for item in checked.report.suppressed]
    found = sorted((*checked.report.findings, *hidden), key=lambda finding: -finding.severity)
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], found, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule.code
        assert result["level"] == str(finding.severity)
        (location,) = result["locations"]
        assert points_at(region_text(location, checked), checked, finding.span)
        steps = [step for step in finding.trace[:99] if is_file(step.span.path)]
        for related, step in zip(result.get("relatedLocations", ()), steps, strict=True):
            assert points_at(region_text(related, checked), checked, step.span)
        assert links_of(result["message"]["text"]) <= {str(item["id"]) for item in result.get("relatedLocations", ())}
        assert bool(result.get("suppressions")) == (finding in hidden)
        for fix in result.get("fixes", ()):
            fix_holds(fix, finding, checked)
    prints_hold(run["results"])
    assert run["tool"]["driver"]["semanticVersion"] == "1.2.3"


def links_of(text: str) -> set[str]:
    return {*re.findall(r"\]\(([^)]*)\)", text)}


def prints_hold(results: list[Members]) -> None:
    """By what GitHub, and those who read all of them, tell results apart."""
    seen = Counter()  # type: ignore[var-annotated]  # tuples of texts
    for result in results:
        prints = result["partialFingerprints"]
        assert PRINT.fullmatch(prints["primaryLocationLineHash"])
        place = result["locations"][0]["physicalLocation"]
        seen[result["ruleId"], place["artifactLocation"]["uri"], *sorted(prints.values()), str(place["region"])] += 1
    assert [key for key, count in seen.items() if count > 1] == []


def file_of(physical: Members, checked: Checked) -> bytes:
    artifact = physical["artifactLocation"]
    assert artifact["uriBaseId"] == "%SRCROOT%"
    assert URI.fullmatch(artifact["uri"]), artifact["uri"]
    path = checked.top / unquote(artifact["uri"], errors="surrogateescape")
    assert path.is_file(), path
    source = checked.report.sources.get(str(path))
    return source.data if source else b""


def region_text(location: Members, checked: Checked) -> str:
    physical = location["physicalLocation"]
    lines, region = lines_of(file_of(physical, checked)), physical["region"]
    assert region["startLine"] == region["endLine"]
    assert 1 <= region["startColumn"] < region["endColumn"]
    line: bytes = lines[region["startLine"] - 1].encode("utf-16-le", "surrogatepass")
    return line[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode("utf-16-le", "replace")


def fix_holds(fix: Members, finding: Finding, checked: Checked) -> None:
    """What a tool makes of the fix is what ``--fix`` makes of it."""
    assert finding.fix is not None
    wanted: dict[str, list[Edit]] = {}
    for edit in finding.fix.edits:
        wanted.setdefault(edit.span.path, []).append(edit)
    for change, (path, edits) in zip(fix["artifactChanges"], wanted.items(), strict=True):
        data = file_of(change, checked)
        text = data.removeprefix(MARK).decode()
        made = [
            (*units(text, item["deletedRegion"]), item["insertedContent"]["text"]) for item in change["replacements"]
        ]
        for start, end, inserted in sorted(made, reverse=True):
            text = text[:start] + inserted + text[end:]
        assert text.encode() == apply_edits(checked.report.sources[path].data, edits).removeprefix(MARK)


def units(text: str, region: Members) -> tuple[int, int]:
    """Where a region begins and ends, in signs; its columns are units of UTF-16."""
    lines = text.split("\n")

    def at(side: str) -> int:
        line = lines[region[f"{side}Line"] - 1].encode("utf-16-le")[: 2 * (region[f"{side}Column"] - 1)]
        return sum(len(one) + 1 for one in lines[: region[f"{side}Line"] - 1]) + len(line.decode("utf-16-le"))

    return at("start"), at("end")


HOLDS: Mapping[str, Callable[[Any, Checked], None]] = {
    "text": text_holds,
    "concise": concise_holds,
    "json": json_holds,
    "jsonl": jsonl_holds,
    "sarif": sarif_holds,
    "junit": junit_holds,
    "gitlab": gitlab_holds,
    "github": annotations_hold,
    "markdown": markdown_holds,
    "checkstyle": checkstyle_holds,
    "rdjsonl": diagnostics_hold,
    "azure": issues_hold,
}
