"""JUnit's XML: findings as failed test cases, for servers of builds that show those.

A suite for each directory with findings. What a comment hides and what is undecided is skipped, a file that cannot be
read is an error, and what does not fail the run is a passed case that tells of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from dynalint.findings import Finding, Report, Suppressed, UndecidedCheck
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

UNREADABLE = "DYN001"


def render(report: Report, options: RenderOptions) -> str:
    """The report as one document; where nothing is to be said, one passed case says so."""
    places = Places.of(report, options.git_root or options.base)
    suites: dict[str, TestSuite] = {}
    for directory, case in _cases(report, options, places):
        suites.setdefault(directory, TestSuite(visible(directory or "."))).add_testcase(case)
    document = JUnitXml("dynalint")
    for _, suite in sorted(suites.items()):
        document.add_testsuite(suite)
    document.update_statistics()  # type: ignore[no-untyped-call]  # typed by junitparser but for these
    text = document.tostring().decode()  # type: ignore[no-untyped-call]  # as above
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _cases(report: Report, options: RenderOptions, places: Places) -> Iterator[tuple[str, TestCase]]:
    for finding in report.findings:
        yield _directory(finding, places), _of_finding(finding, options, places)
    for suppressed in report.suppressed:
        yield _directory(suppressed.finding, places), _of_suppressed(suppressed, places)
    for check in report.undecided:
        yield _directory(check, places), _of_undecided(check, places)
    if not report.findings and not report.suppressed and not report.undecided:
        case = TestCase("dynalint", "dynalint")
        case.system_out = visible(summary.verdict(report))
        yield "", case


def _directory(subject: Finding | UndecidedCheck, places: Places) -> str:
    return dirname(places.relative(subject.span.path))


def _case(subject: Finding | UndecidedCheck, places: Places) -> TestCase:
    place = places.place(subject.span)
    about = f" [{summary.listed(subject.addresses, 3)}]" if subject.addresses else ""
    case = TestCase(visible(f"{subject.rule.code} {subject.rule.name}{about}"), visible(place.path))
    case._elem.set("file", visible(place.path))  # noqa: SLF001 - junitparser knows neither file nor line
    case._elem.set("line", str(place.line))  # noqa: SLF001 - as above
    return case


def _of_finding(finding: Finding, options: RenderOptions, places: Places) -> TestCase:
    case = _case(finding, places)
    text = visible(summary.told(finding))
    told = "\n".join((f"{visible(str(places.place(finding.span)))}: {text}", *_more(finding)))
    if options.fail_on is None or finding.severity < options.fail_on:
        case.system_out = told
        return case
    outcome = (Error if finding.rule.code == UNREADABLE else Failure)(text, str(finding.severity))
    outcome.text = told
    case.result = [outcome]
    return case


def _more(finding: Finding) -> Iterator[str]:
    if finding.help:
        yield f"help: {visible(finding.help)}"
    if finding.rule.url:
        yield f"see: {finding.rule.url}"


def _of_suppressed(suppressed: Suppressed, places: Places) -> TestCase:
    case = _case(suppressed.finding, places)
    case.result = [Skipped(visible(f"ignored: {suppressed.reason or 'no reason given'}"))]
    return case


def _of_undecided(check: UndecidedCheck, places: Places) -> TestCase:
    case = _case(check, places)
    case.result = [Skipped(visible(f"undecided: {check.reason}"))]
    return case
