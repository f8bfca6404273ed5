from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from rich.cells import cell_len

from dynalint.reports.rule_lists import as_json, markdown, table
from dynalint.reports.rule_page import rule_page
from tests.reports.samples import PITR, RULES, SCAN, TAGS, UNREADABLE


@pytest.mark.parametrize("width", [60, 100, None])
def test_rules_are_listed_by_family(snapshot: Callable[[str, str], None], width: int | None) -> None:
    text = table(RULES, color=False, width=width)
    snapshot(f"reports/rules-{width or 'log'}.txt", text)
    assert width is None or all(cell_len(line) <= width for line in text.splitlines())


def test_colours_change_no_character_of_the_list() -> None:
    assert "\x1b[" in table(RULES, color=True, width=100)
    assert "\x1b" not in table(RULES, color=False, width=100)


def test_rules_that_must_be_asked_for_say_so() -> None:
    assert "The table has no tags. (opt-in)" in table([replace(TAGS, opt_in=True)], color=False, width=None)


def test_rules_as_json_say_everything() -> None:
    first, *rest = json.loads(as_json(RULES))
    assert len(rest) == len(RULES) - 1
    assert (first["code"], first["family"], first["severity"]) == ("DYN001", "the run itself", "error")
    assert "#~" not in first["documentation"]


def test_rules_as_markdown_link_to_their_pages() -> None:
    text = markdown([PITR])
    assert text.splitlines()[-1] == (
        "| [DYN201](https://dynalint.dev/rules/point-in-time-recovery-missing/) "
        "| `point-in-time-recovery-missing` | error | Point-in-time recovery is off. |"
    )


def test_rules_of_other_packs_have_the_page_that_these_name_or_none() -> None:
    team = replace(PITR, code="TEAM1")
    linked = replace(team, own_url="https://wiki.example.com/team1")
    shown = [json.loads(as_json([rule]))[0].get("url") for rule in (team, linked)]
    assert shown == [None, "https://wiki.example.com/team1"]
    assert markdown([team]).splitlines()[-1].startswith("| TEAM1 | ")
    assert markdown([linked]).splitlines()[-1].startswith("| [TEAM1](https://wiki.example.com/team1) | ")
    pages = [rule_page(rule, color=False, width=100) for rule in (team, linked)]
    assert ["on the web" in page for page in pages] == [False, True]
    assert "   https://wiki.example.com/team1\n" in pages[1]


@pytest.mark.parametrize("width", [60, 100])
def test_a_page_reads_well(snapshot: Callable[[str, str], None], width: int) -> None:
    snapshot(f"reports/page-{width}.txt", rule_page(replace(SCAN, equivalents=("CKV_1",)), color=False, width=width))


def test_addresses_on_a_page_are_whole() -> None:
    text = rule_page(SCAN, color=False, width=40)
    assert "   https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.html\n" in text


def test_no_line_of_an_example_is_lost_in_a_narrow_terminal() -> None:
    long = replace(SCAN, documentation='x\n\n## Bad\n\n```hcl\na = "' + "y" * 90 + 'z"\n```\n')
    assert 'z"' in rule_page(long, color=False, width=40)


def test_a_page_says_whether_its_rule_can_be_ignored() -> None:
    assert "# dynalint: ignore[iam-scan-broad] reason" in rule_page(SCAN, color=False, width=None)
    assert "It cannot be ignored." in rule_page(replace(UNREADABLE, ignorable=False), color=False, width=None)


def test_a_page_is_the_same_every_time() -> None:
    assert rule_page(SCAN, color=True, width=80) == rule_page(SCAN, color=True, width=80)
