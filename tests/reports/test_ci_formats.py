"""What CI systems read: each format against what its consumer does with it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from junitparser import Error, Failure, JUnitXml, Skipped
from markdown_it import MarkdownIt

from dynalint.findings import Edit, Finding, Fix, Report, Severity
from dynalint.reports import FORMATS, RenderOptions, writer
from dynalint.reports.markdown import MOST_BYTES, inert
from dynalint.syntax.source import Source, Span
from tests.reports.samples import (
    BASE,
    FILES,
    OPTIONS,
    Files,
    clean,
    everything,
    key_undefined,
    pitr_disabled,
    pitr_missing,
    report_of,
    tags_missing,
)

EXTENSIONS = {"junit": "xml", "checkstyle": "xml", "gitlab": "json", "markdown": "md"}
NAMES = ["concise", "jsonl", "junit", "gitlab", "github", "markdown", "checkstyle", "rdjsonl", "azure"]


def rendered(name: str, report: Report, options: RenderOptions = OPTIONS) -> str:
    return writer(name)(report, options)


def many(count: int, severity: Severity = Severity.ERROR) -> list[Finding]:
    return [replace(pitr_missing(), message=f"finding {number}", severity=severity) for number in range(count)]


@pytest.mark.parametrize("name", NAMES)
def test_everything_reads_like_this(name: str, snapshot: Callable[[str, str], None]) -> None:
    snapshot(f"reports/everything.{name}.{EXTENSIONS.get(name, 'txt')}", rendered(name, everything()))


@pytest.mark.parametrize("name", FORMATS)
def test_a_finding_says_in_which_environments_it_holds(name: str) -> None:
    told = replace(pitr_missing(), environments=("dev", "qa"))
    text = rendered(name, report_of(FILES, told))
    assert re.search(r"\bin:? dev, qa\b" if "json" not in name or name == "rdjsonl" else r'"dev",\s*"qa"', text)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_is_the_same_text(name: str) -> None:
    assert rendered(name, everything()) == rendered(name, everything())


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("rdjsonl", "concise", "jsonl")])
def test_paths_start_at_the_top_of_the_repository(name: str) -> None:
    options = replace(OPTIONS, base=f"{BASE}/infra")
    assert "infra/main.tf" in rendered(name, everything(), options)


@pytest.mark.parametrize("name", ["rdjsonl", "concise", "jsonl"])
def test_paths_start_at_the_current_directory_where_that_is_wanted(name: str) -> None:
    text = rendered(name, everything(), replace(OPTIONS, base=f"{BASE}/infra"))
    assert "infra/main.tf" not in text
    assert "main.tf" in text


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@pytest.mark.parametrize(
    ("name", "place"), [("github", "file=real/a.tf,"), ("gitlab", '"real/a.tf"'), ("azure", "=real/a.tf;")]
)
def test_hosts_are_told_of_the_file_that_a_link_leads_to(name: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.tf").write_text("a = 1\n")
    (tmp_path / "a.tf").symlink_to("real/a.tf")
    (tmp_path / "top").symlink_to(".")
    path = str(tmp_path / "a.tf")
    report = replace(clean(), findings=(replace(pitr_missing(), span=Span(path, 0, 1), fix=None),))
    report = replace(report, sources={path: Source(path, b"a = 1\n")})
    assert place in rendered(name, report, replace(OPTIONS, git_root=str(tmp_path / "top")))


# --- JSON lines ---------------------------------------------------------------------------------------------------


def test_each_line_is_an_object_that_says_what_it_is() -> None:
    items = [json.loads(line) for line in rendered("jsonl", everything()).splitlines()]
    assert [item["kind"] for item in items] == ["finding"] * 6 + ["undecided", "suppressed", "summary"]
    assert items[-1]["findings"] == 6


# --- GitHub -------------------------------------------------------------------------------------------------------


def shown_of(report: Report) -> list[tuple[str, ...]]:
    pattern = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")
    return [found.groups() for line in rendered("github", report).splitlines() if (found := pattern.fullmatch(line))]


@pytest.mark.parametrize(("count", "shown"), [(9, 9), (10, 10), (11, 10), (47, 10)])
def test_the_tenth_annotation_says_how_many_are_not_shown(count: int, shown: int) -> None:
    found = shown_of(report_of(FILES, *many(count)))
    assert len(found) == shown
    assert found[-1][2].startswith(f"... and {count - 9} more" if count > 10 else "finding")


def test_every_level_has_its_own_ten_and_the_worst_comes_first() -> None:
    report = report_of(FILES, *many(20, Severity.NOTE), *many(20, Severity.WARNING), *many(20))
    assert [level for level, *_ in shown_of(report)] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10


def test_what_would_end_a_property_or_a_line_is_escaped() -> None:
    source = Files({"a,b:c%.tf": "x\n"})
    finding = replace(pitr_missing(), span=Span(f"{BASE}/a,b:c%.tf", 0, 1), message="100% of\nit", fix=None, help="")
    ((_, properties, message),) = shown_of(report_of(source, finding))
    assert properties.startswith("file=a%2Cb%3Ac%25.tf,line=1,")
    assert message.startswith(r"100%25 of\nit%0A")


# --- GitLab -------------------------------------------------------------------------------------------------------


def test_gitlab_gets_what_its_report_asks_for() -> None:
    issues = json.loads(rendered("gitlab", everything()))
    assert {item["severity"] for item in issues} == {"critical", "major", "info"}
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert not issue["location"]["path"].startswith((".", "/"))


def test_fingerprints_differ_and_do_not_move_with_lines() -> None:
    twice = report_of(FILES, pitr_missing(), pitr_missing(), key_undefined())
    prints = [item["fingerprint"] for item in json.loads(rendered("gitlab", twice))]
    assert len(set(prints)) == 3
    moved = replace(pitr_missing(), span=FILES.span("infra/main.tf", "hash_key"))
    assert json.loads(rendered("gitlab", report_of(FILES, moved)))[0]["fingerprint"] == prints[0]


# --- JUnit --------------------------------------------------------------------------------------------------------


def junit(report: Report, fail_on: Severity | None = Severity.WARNING) -> JUnitXml:
    text = rendered("junit", report, replace(OPTIONS, fail_on=fail_on))
    return JUnitXml.fromstring(text.encode())


def outcomes(document: JUnitXml) -> list[str]:
    return [type(case.result[0]).__name__ if case.result else "passed" for suite in document for case in suite]


def test_findings_fail_files_are_errors_and_the_rest_is_skipped() -> None:
    names = [kind.__name__ for kind in (Error, Failure, Failure, Failure, Failure, Skipped)]
    assert outcomes(junit(everything())) == [*names, "passed", "Skipped"]


def test_what_does_not_fail_the_run_fails_no_case() -> None:
    assert outcomes(junit(report_of(FILES, pitr_disabled()), fail_on=None)) == ["passed"]
    (case,) = next(iter(junit(report_of(FILES, tags_missing()))))
    assert "without tags" in str(case.system_out)


def test_a_clean_run_is_a_passed_case() -> None:
    assert outcomes(junit(clean())) == ["passed"]


# --- Checkstyle, reviewdog, Azure ---------------------------------------------------------------------------------


def test_checkstyle_has_each_file_once() -> None:
    root = ET.fromstring(rendered("checkstyle", everything()))  # noqa: S314 - written by dynalint a moment ago
    names = [file.get("name") for file in root]
    assert names == sorted({*names}, key=str)
    assert {error.get("severity") for error in root.iter("error")} == {"error", "warning", "info"}


def test_reviewdog_counts_bytes() -> None:
    source = Files({"a.tf": 'x = "𐐀é" + here\r\n'})
    finding = replace(pitr_missing(), span=source.span("a.tf", "here"), fix=None)
    made = json.loads(rendered("rdjsonl", report_of(source, finding)))
    assert made["location"]["range"] == {"start": {"line": 1, "column": 16}, "end": {"line": 1, "column": 20}}


def test_suggested_lines_end_as_those_around_them_do() -> None:
    source = Files({"a.tf": 'resource "t" "x" {\r\n}\r\n'})
    fix = Fix("add it", (Edit(Span(f"{BASE}/a.tf", 20, 20), "  a = 1\n"),))
    finding = replace(pitr_missing(), span=source.span("a.tf", "resource"), fix=fix)
    (suggestion,) = json.loads(rendered("rdjsonl", report_of(source, finding)))["suggestions"]
    assert suggestion["text"] == "  a = 1\r\n"


def test_only_safe_fixes_of_the_same_file_are_suggested() -> None:
    made = [json.loads(line) for line in rendered("rdjsonl", everything()).splitlines()]
    assert [item["code"]["value"] for item in made if "suggestions" in item] == ["DYN201"]


def test_azure_escapes_what_ends_a_property_and_in_messages_only_what_ends_a_line() -> None:
    source = Files({"a;b].tf": "x\n"})
    finding = replace(pitr_missing(), span=Span(f"{BASE}/a;b].tf", 0, 1), message="50% ];", fix=None)
    text = rendered("azure", report_of(source, finding))
    assert "sourcepath=a%3Bb%5D.tf;" in text
    assert ";]50%AZP25 ]; (" in text


# --- Markdown -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "[x](http://evil.example)",
        "![x](http://evil.example/p.png)",
        "<img src=x onerror=y> <!-- -->",
        "http://evil.example www.evil.example <http://evil.example>",
        "a | b `code` **bold** _it_ ~~gone~~ $x$",
        "&lt; &copy; \\",
    ],
)
def test_names_in_markdown_are_text_and_nothing_else(text: str) -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False, "html": True})
    (inline,) = (token for token in parser.parse(f"- {inert(text)}\n") if token.type == "inline")
    kinds = {child.type for child in inline.children or ()}
    htmls = {child.content for child in inline.children or () if child.type == "html_inline"}
    assert kinds <= {"text", "text_special", "html_inline"}
    assert htmls <= {"<span>", "</span>"}
    shown = "".join(child.content for child in inline.children or () if child.type != "html_inline")
    assert shown.replace("\u200b", "") == text


@pytest.mark.parametrize("text", ["@team please", "see #12", "https://evil.example", "WWW.evil.example"])
def test_nothing_is_mentioned_or_linked(text: str) -> None:
    assert "&#8203;" in inert(text)


def test_a_summary_too_large_for_github_is_cut_and_says_so() -> None:
    text = rendered("markdown", report_of(FILES, *many(9000)))
    assert MOST_BYTES - 1000 < len(text.encode()) < 1024 * 1024
    assert text.endswith("see the artifact or the log of the run.*\n")


def test_the_table_has_one_row_a_finding() -> None:
    parser = MarkdownIt("gfm-like", {"linkify": False})
    rows = [token for token in parser.parse(rendered("markdown", everything())) if token.type == "tr_open"]
    assert len(rows) == 1 + len(everything().findings)
