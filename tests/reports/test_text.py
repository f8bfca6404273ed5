from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from dynalint.findings import Edit, Fix, Severity, Step, Summary, UndecidedCheck
from dynalint.reports import RenderOptions
from dynalint.reports.text import render
from dynalint.syntax.source import Source, Span
from tests.reports.samples import (
    BASE,
    FILES,
    HOSTILE,
    KEY,
    OPTIONS,
    PITR,
    Files,
    clean,
    everything,
    hostile,
    key_undefined,
    pitr_disabled,
    pitr_missing,
    report_of,
    tags_missing,
)

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b]8;;.*?\x1b\\")


@pytest.mark.parametrize("width", [60, 100, 160, None])
def test_everything_reads_well_at_every_width(snapshot: Callable[[str, str], None], width: int | None) -> None:
    snapshot(f"reports/everything-{width or 'log'}.txt", render(everything(), replace(OPTIONS, width=width)))


def test_colours_and_links_change_no_character(snapshot: Callable[[str, str], None]) -> None:
    plain = render(everything(), replace(OPTIONS, width=100))
    coloured = render(everything(), replace(OPTIONS, width=100, color=True, hyperlinks=True))
    assert ESCAPES.sub("", coloured) == plain
    snapshot("reports/everything-color.txt", coloured)


def test_links_carry_no_random_id() -> None:
    linked = render(everything(), replace(OPTIONS, hyperlinks=True))
    assert "\x1b]8;;https://dynalint.dev/rules/tags-missing/\x1b\\" in linked
    assert "id=" not in linked


def test_verbose_shows_undecided_and_suppressed(snapshot: Callable[[str, str], None]) -> None:
    snapshot("reports/everything-verbose.txt", render(everything(), replace(OPTIONS, width=100, verbose=1)))


def test_quiet_is_one_line_a_finding(snapshot: Callable[[str, str], None]) -> None:
    text = render(everything(), replace(OPTIONS, quiet=True))
    assert len(text.splitlines()) == len(everything().findings)
    snapshot("reports/everything-quiet.txt", text)


def test_a_clean_run_says_what_it_looked_at() -> None:
    assert render(clean(), OPTIONS) == "✓ nothing found in 4 tables and 1 policy (2 modules, 3 files)\n"


def test_a_run_without_tables_says_so() -> None:
    report = report_of(FILES, summary=Summary(files=14, roots=1, modules=1))
    assert render(report, OPTIONS) == "✓ nothing found among 0 tables in 14 files\n"


def test_a_quiet_clean_run_says_nothing() -> None:
    assert render(clean(), replace(OPTIONS, quiet=True)) == ""


@pytest.mark.parametrize("reason", ["var.failover has no default", "var.FAIL_OVER has no default"])
def test_a_clean_run_never_holds_the_word_that_atlantis_looks_for(reason: str) -> None:
    check = UndecidedCheck(PITR, reason, FILES.span("infra/main.tf", "var.pitr"))
    text = render(report_of(FILES, undecided=(check,)), OPTIONS)
    assert "fail" not in text.casefold()
    assert "? 1 check undecided (-v says why)" in text


def test_the_commonest_reasons_for_undecided_checks_are_named() -> None:
    reasons = ["var.b has no default", "var.a has no default", "var.c has no default", "var.b has no default"]
    checks = tuple(UndecidedCheck(PITR, reason, FILES.span("infra/main.tf", "var.pitr")) for reason in reasons)
    last = render(report_of(FILES, undecided=checks), OPTIONS).splitlines()[-1]
    assert last == ("? 4 checks undecided: var.b has no default (2 times); var.a has no default; 1 more reason")


def test_findings_elsewhere_are_counted() -> None:
    assert "  3 more in files you did not touch (run dynalint check .)\n" in render(report_of(FILES, hidden=3), OPTIONS)


def test_a_rule_is_introduced_once() -> None:
    text = render(report_of(FILES, pitr_missing(), pitr_missing()), OPTIONS)
    assert text.count("= see: dynalint rule point-in-time-recovery-missing") == 1


def test_an_address_that_the_source_line_spells_out_is_not_repeated() -> None:
    assert "address:" not in render(report_of(FILES, pitr_missing()), OPTIONS)
    assert "= address: module.sessions.aws_dynamodb_table.this" in render(report_of(FILES, tags_missing()), OPTIONS)


def test_many_addresses_are_counted_and_listed_in_full_when_asked() -> None:
    report = report_of(FILES, pitr_disabled())
    assert 'events["c"] and 17 more\n' in render(report, OPTIONS)
    assert 'events["t"]\n' in render(report, replace(OPTIONS, verbose=1))


def test_notes_that_repeat_a_rule_get_a_line_each_unless_asked_for() -> None:
    report = report_of(
        FILES, *(replace(tags_missing(), severity=Severity.NOTE, message=f"no. {at}") for at in range(8))
    )
    text = render(report, OPTIONS)
    assert text.count("note[DYN601 tags-missing]: no. ") == 5
    assert "note[DYN601 tags-missing]: 3 more (-v shows them in full)\n" in text
    assert re.findall(r"^  (\S+): no\. ([567])$", text, re.MULTILINE) == [
        ("infra/modules/sessions/main.tf:1:1", f"{at}") for at in (5, 6, 7)
    ]
    assert render(report, replace(OPTIONS, verbose=1)).count("note[DYN601 tags-missing]: no. ") == 8


def test_errors_and_warnings_are_all_drawn() -> None:
    report = report_of(FILES, *(replace(tags_missing(), severity=Severity.WARNING) for _ in range(8)))
    assert render(report, OPTIONS).count("warning[DYN601 tags-missing]: ") == 8


def test_a_long_trace_is_cut_unless_asked_for() -> None:
    steps = tuple(Step(Span(f"{BASE}/infra/main.tf", at, at + 1), f"step {at}") for at in range(12))
    report = report_of(FILES, replace(key_undefined(), trace=steps))
    assert "= trace: 4 more steps (-v shows them)" in render(report, OPTIONS)
    assert "step 11" in render(report, replace(OPTIONS, verbose=1))


def test_a_value_from_the_command_line_is_shown_as_written() -> None:
    span = Span("--var pitr", 0, 5)
    report = report_of(FILES, replace(pitr_disabled(), trace=(Step(span, "set by --var pitr"),), fix=None))
    report = replace(report, sources={**report.sources, "--var pitr": Source("--var pitr", b"false")})
    assert "  ::: --var pitr:1:1\n 1 | false\n   | ----- set by --var pitr\n" in render(report, OPTIONS)


def test_a_file_without_source_keeps_its_place() -> None:
    finding = replace(pitr_missing(), span=Span(f"{BASE}/gone.tf", 0, 0), fix=None)
    lines = render(report_of(FILES, finding), OPTIONS).splitlines()
    assert lines[1:3] == [" --> gone.tf:1:1", "  |"]


def test_a_fix_in_another_file_names_that_file() -> None:
    assert "  ::: infra/prod.auto.tfvars\n 2 - pitr = false\n 2 + pitr = true\n" in render(
        report_of(FILES, pitr_disabled()), OPTIONS
    )


def test_a_large_fix_is_cut() -> None:
    edit = Edit(Span(f"{BASE}/infra/main.tf", 0, 0), "# a\n" * 40)
    text = render(report_of(FILES, replace(pitr_missing(), fix=Fix("add much", (edit,)))), OPTIONS)
    assert text.count("+ # a") == 16
    assert "... 24 more lines\n" in text


def test_help_of_several_lines_keeps_them() -> None:
    finding = replace(pitr_missing(), help="write\n  attribute {\n  }", fix=None)
    assert "  = help: write\n            attribute {\n            }\n" in render(report_of(FILES, finding), OPTIONS)


@pytest.mark.parametrize("width", [60, None])
@pytest.mark.parametrize("quiet", [False, True])
def test_hostile_names_do_nothing(width: int | None, quiet: bool) -> None:
    files, finding = hostile()
    undecided = UndecidedCheck(KEY, HOSTILE, finding.span, (HOSTILE,), HOSTILE)
    report = report_of(files, finding, undecided=(undecided,))
    text = render(report, RenderOptions(base=BASE, width=width, quiet=quiet, verbose=1))
    assert [char for char in text if not char.isprintable() and char != "\n"] == []
    assert not re.search(r"##\w*\[", text)
    assert not [
        line for line in text.splitlines() if line.lstrip().startswith("::") and not line.lstrip().startswith(":::")
    ]


def test_a_path_is_as_harmless_as_a_name() -> None:
    files = Files({"::error::\x1b[2Jx.tf": "a = 1\n"})
    finding = replace(pitr_missing(), span=Span(f"{BASE}/::error::\x1b[2Jx.tf", 0, 1), fix=None)
    text = render(report_of(files, finding), replace(OPTIONS, quiet=True))
    assert text.startswith(r"\x3a:error::\x1b[2Jx.tf:1:1: error")


def test_no_line_is_wider_than_the_terminal_where_words_allow() -> None:
    for line in render(everything(), replace(OPTIONS, width=60)).splitlines():
        assert cell_len(line) <= 60
