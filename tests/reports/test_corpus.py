"""Every format over hundreds of configurations: its consumer takes it, and reads what was found.

``consumers.py`` says who they are and what they take, ``agreement.py`` what they should have read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from dynalint.findings import Finding, Report, Severity, Step
from dynalint.packs import infos_of, load_rules
from dynalint.reports import FORMATS, writer
from dynalint.reports.places import is_file
from dynalint.syntax.source import Source, Span
from tests.reports.agreement import HOLDS, MARK, by_severity, rendered
from tests.reports.consumers import READERS, REFUSALS, strict_json
from tests.reports.corpus import NAMES, TEXTS, Checked, fixtures, hostile
from tests.reports.samples import OPTIONS, everything

NAMED = [name for name in FORMATS if name != "json-v1"]
"""The formats, each once: ``json`` is another name of the last version of the JSON report."""


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checked, ...]:
    return (*fixtures(), *hostile(tmp_path_factory.mktemp("hostile").resolve()))


def faults_of(corpus: tuple[Checked, ...], name: str, holds: Callable[[Any, Checked], None]) -> Iterator[str]:
    for checked in corpus:
        try:
            holds(READERS[name](rendered(checked, name)), checked)
        except (*REFUSALS, AssertionError) as fault:
            yield f"{checked.name}: {type(fault).__name__} {str(fault)[:1000]}"


def test_there_are_hundreds_of_configurations_and_findings_of_all_kinds(corpus: tuple[Checked, ...]) -> None:
    assert len(corpus) >= 600
    assert len(corpus) - len(fixtures()) == len(NAMES) + len(TEXTS) + 1
    assert len({finding.rule.code for checked in corpus for finding in checked.report.findings}) > 70
    assert sum(len(checked.report.undecided) for checked in corpus) > 100
    assert {severity for checked in corpus for severity in Severity if checked.report.count(severity)} == {*Severity}
    assert any(checked.report.suppressed for checked in corpus)
    assert sum(1 for checked in corpus if not checked.report.findings) > 20


@pytest.mark.parametrize("name", NAMED)
def test_consumers_read_what_was_found(corpus: tuple[Checked, ...], name: str) -> None:
    assert [*faults_of(corpus, name, HOLDS[name])] == []


def test_code_scanning_takes_the_descriptors_of_all_rules(corpus: tuple[Checked, ...]) -> None:
    every = tuple(infos_of(load_rules()))
    log = READERS["sarif"](writer("sarif")(replace(corpus[0].report, rules=every), corpus[0].options))
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} >= {info.code for info in every}
    for rule in rules:
        assert all(0 < len(rule[name]["text"]) <= 1024 for name in ("shortDescription", "fullDescription"))
        assert len(rule["name"]) <= 255
        assert len(rule["properties"]["tags"]) <= 10
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]


def test_a_finding_that_is_left_out_is_missed(corpus: tuple[Checked, ...]) -> None:
    checked = next(item for item in corpus if item.name == "text broken")
    worst, *rest = by_severity(checked.report)
    fewer = replace(checked, report=replace(checked.report, findings=tuple(rest)))
    assert worst.severity is Severity.ERROR
    assert [name for name in NAMED if not [*faults_of((checked,), name, missing(fewer, name))]] == []


def missing(fewer: Checked, name: str) -> Callable[[Any, Checked], None]:
    return lambda _read, checked: HOLDS[name](READERS[name](rendered(fewer, name)), checked)


def test_a_finding_in_another_line_is_missed(corpus: tuple[Checked, ...]) -> None:
    checked = next(item for item in corpus if item.name == "text broken")
    first = checked.report.findings[0]
    moved = replace(first, span=first.span._replace(start=first.span.start + 20, end=first.span.end + 20))
    other = replace(checked, report=replace(checked.report, findings=(moved, *checked.report.findings[1:])))
    placed = [name for name in NAMED if name not in ("text", "markdown", "junit", "jsonl")]  # read for what they say
    assert [name for name in placed if not [*faults_of((checked,), name, missing(other, name))]] == []


SPOILS = [
    ("text", "error[", "\x1b[31merror["),
    ("text", "file-unreadable", "file\u202eunreadable"),
    ("concise", ": error[DYN201", " error[DYN201"),
    ("concise", "warning[", "fatal["),
    ("json", '"severity": "error"', '"severity": "fatal"'),
    ("json", '"line": 1,', '"line": 0,'),
    ("json", '"latent"', '"dormant"'),
    ("json", '"tables": 4', '"tables": NaN'),
    ("jsonl", '"kind": "finding"', '"kind": "summary"'),
    ("jsonl", '"severity": "error"', '"severity": "fatal"'),
    ("jsonl", "infra/main.tf", "infra/\\udcff.tf"),
    ("sarif", '"level": "error"', '"level": "fatal"'),
    ("sarif", '"startColumn": 1,', '"startColumn": 0,'),
    ("sarif", '"version": "2.1.0"', '"version": "2.0.0"'),
    ("sarif", '"deletedRegion"', '"removedRegion"'),
    ("sarif", '"uriBaseId": "%SRCROOT%"', '"uriBaseId": 1'),
    ("sarif", '"helpUri"', '"homepage"'),
    ("junit", "<failure message", "<failure reason"),
    ("junit", 'name="infra/modules/sessions"', 'title="infra/modules/sessions"'),
    ("junit", "</testsuites>", ""),
    ("gitlab", '"severity": "critical"', '"severity": "error"'),
    ("gitlab", '"begin": 1\n', '"begin": "1"\n'),
    ("gitlab", '"fingerprint"', '"print"'),
    ("gitlab", "[\n", "\ufeff[\n"),
    ("github", ",line=1,", ",line=,"),
    ("github", "::error file=infra/main.tf", "::error file=infra,main.tf"),
    ("github", "::warning ", "::fatal "),
    ("github", ",title=", ",heading="),
    ("markdown", "| 💡 note |", "| [x](https://evil.example) |"),
    ("markdown", "| 💡 note |", "| <img src=x> |"),
    ("markdown", "</details>", ""),
    ("checkstyle", 'severity="error"', 'severity="fatal"'),
    ("checkstyle", ' line="1"', ' line="0"'),
    ("checkstyle", "infra/policy.tf", "infra/main.tf"),
    ("checkstyle", ' version="1.2.3"', ""),
    ("rdjsonl", '"severity": "ERROR"', '"severity": "error"'),
    ("rdjsonl", '"suggestions"', '"fixes"'),
    ("rdjsonl", '"column": 1}', '"column": 0}'),
    ("azure", "type=error", "type=fatal"),
    ("azure", "linenumber=", "linenumber=x"),
    ("azure", ";code=", ";rule="),
    ("azure", "task.logissue", "task.setvariable"),
]
"""What nobody would take: a format, a piece of its document, and what stands there instead."""


@pytest.mark.parametrize(("name", "good", "bad"), SPOILS)
def test_a_spoilt_document_is_refused(name: str, good: str, bad: str) -> None:
    text = writer(name)(everything(), OPTIONS)
    READERS[name](text)
    assert good in text
    with pytest.raises(REFUSALS):
        READERS[name](text.replace(good, bad))


def test_every_format_is_read_checked_and_spoilt() -> None:
    assert {name for name, _, _ in SPOILS} == {*HOLDS} == {*NAMED}
    assert {*READERS} == {*FORMATS}
    assert FORMATS["json"] == FORMATS["json-v1"]


ABOVE = b"# above\n"


def test_fingerprints_stay_where_lines_move() -> None:
    with_findings = [checked for checked in fixtures() if checked.report.findings]
    for checked in with_findings[::4]:
        assert prints_of(replace(checked, report=lowered(checked.report))) == prints_of(checked), checked.name


def prints_of(checked: Checked) -> list[tuple[Any, Any]]:
    (run,) = strict_json(rendered(checked, "sarif"))["runs"]
    issues = strict_json(rendered(checked, "gitlab"))
    return [
        *((result["ruleId"], result["partialFingerprints"]) for result in run["results"]),
        *((issue["check_name"], issue["fingerprint"]) for issue in issues),
    ]


def lowered(report: Report) -> Report:
    """The report on the same files with a line more at the top of each."""
    files = {path: Source(path, with_a_line_more(source.data)) for path, source in report.sources.items()}

    def below(span: Span) -> Span:
        return Span(span.path, span.start + len(ABOVE), span.end + len(ABOVE)) if is_file(span.path) else span

    def moved(finding: Finding) -> Finding:
        trace = tuple(Step(below(step.span), step.message) for step in finding.trace)
        return replace(finding, span=below(finding.span), trace=trace, fix=None)

    hidden = tuple(
        replace(item, finding=moved(item.finding), comment=below(item.comment)) for item in report.suppressed
    )
    return replace(report, findings=tuple(map(moved, report.findings)), suppressed=hidden, undecided=(), sources=files)


def with_a_line_more(data: bytes) -> bytes:
    return MARK + ABOVE + data.removeprefix(MARK) if data.startswith(MARK) else ABOVE + data
