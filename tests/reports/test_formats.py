from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from dynalint.findings import Finding, RuleInfo
from dynalint.reports import FORMATS, RenderOptions, UnknownFormatError, writer
from tests.reports.samples import BASE, MAIN, OPTIONS, Files, clean, everything, report_of, rule_info


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_and_ends_its_last_line(name: str) -> None:
    for report in (everything(), clean()):
        text = writer(name)(report, OPTIONS)
        assert text.endswith("\n") or (not text and not report.findings)


TEAM = rule_info("TEAM1", "table-unowned", summary="Nobody owns the table.")
UNLINKED = {"azure", "concise", "gitlab"}
"""Formats without room for a link."""
LINKED = replace(TEAM, own_url="https://wiki.example.com/dynamodb#owners")


def rendered(name: str, rule: RuleInfo) -> str:
    files = Files({"main.tf": MAIN})
    finding = Finding(rule, rule.severity, "it is nobody's", files.span("main.tf", '"orders"'))
    shown = RenderOptions(BASE, verbose=1, hyperlinks=True, color=True, tool_version="1.0")
    return writer(name)(report_of(files, finding, rules=(rule,)), shown)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_makes_up_a_page_for_a_rule_of_another_pack(name: str) -> None:
    assert "dynalint.dev/rules" not in rendered(name, TEAM)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - UNLINKED))
def test_formats_that_link_to_pages_link_to_that_of_the_pack(name: str) -> None:
    assert "https://wiki.example.com/dynamodb#owners" in rendered(name, LINKED)
    assert "dynalint.dev/rules/table-unowned" in rendered(name, replace(TEAM, code="DYN999"))


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"'xml'.*text, concise, json, json-v1, jsonl, sarif"):
        writer("xml")


def test_importing_the_formats_names_loads_none_of_them() -> None:
    code = "import sys, dynalint.reports, dynalint.reports.terminal; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "rich" not in loaded
    assert not [name for name in loaded if name.startswith("dynalint.reports.") and not name.endswith("terminal")]


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("text", "concise")])
def test_formats_for_programs_need_no_rich(name: str) -> None:
    code = f"import sys; from dynalint.reports import writer; writer({name!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "rich" not in loaded


def test_the_text_report_does_without_the_console() -> None:
    code = "import sys; from dynalint.reports import writer; writer('text'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rich.console", "rich.markdown", "rich.table", "pygments"} & {*loaded}
