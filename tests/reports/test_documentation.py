from __future__ import annotations

from dataclasses import replace

from dynalint.reports.documentation import family, page, reason, sections
from tests.reports.samples import KEY, rule_info


def test_a_page_has_neither_its_summary_nor_the_marks_of_its_tests() -> None:
    marked = replace(
        KEY, documentation="Sum.\n\n## A\n\nx\n\n```hcl\na {  #~ DYN101\n  b = 1 # kept\n}\n#? DYN202\n```\n"
    )
    assert page(marked) == "## A\n\nx\n\n```hcl\na {\n  b = 1 # kept\n}\n\n```"


def test_sections_come_by_their_headings() -> None:
    titles = ["Why it matters", "Non-compliant", "Compliant", "References"]
    assert [title for title, _ in sections(KEY)] == titles


def test_the_reason_is_the_first_paragraph_on_one_line() -> None:
    documentation = "Sum.\n\n## Non-compliant\n\nx\n\n## Why it matters\n\nOne\ntwo.\n\nThree.\n"
    assert reason(replace(KEY, documentation=documentation)) == "One two."
    assert reason(replace(KEY, documentation="Sum.")) == ""


def test_families_are_those_of_built_in_rules() -> None:
    assert family(KEY) == "keys and indexes"
    assert family(rule_info("ACME101", "naming")) == "other packs"
