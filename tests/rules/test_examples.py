"""The examples in the rules' documentation are tests: what is reported is what is marked."""

from __future__ import annotations

import re

import pytest

from dynalint.dynamodb.changes import ResourceChange
from dynalint.findings import Report
from dynalint.packs import load_rules
from dynalint.syntax.source import Span
from tests.rules.conftest import CheckChange, CheckText

HEADINGS = ["Why it matters", "Non-compliant", "Compliant", "How to fix", "References"]
RULES = load_rules()
NAMES = [rule.info.name for rule in RULES]
CHANGES = [rule.info.name for rule in RULES if issubclass(rule.visits, ResourceChange)]
DOCUMENTATION = {rule.info.name: rule.info.documentation for rule in RULES}
CODES = {rule.info.name: rule.info.code for rule in RULES}


def examples(name: str, heading: str, kind: str = "hcl") -> list[str]:
    """The examples under a heading; of rules about changes ``hcl before`` is the text that is changed."""
    _, _, rest = DOCUMENTATION[name].partition(f"\n## {heading}\n")
    return re.findall(rf"^```{kind}\n(.*?)^```$", rest.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


def marked(text: str) -> list[tuple[int, str]]:
    """Line and mark: ``~DYN101`` for a violation, ``?DYN101`` for an undecided check."""
    lines = enumerate(text.splitlines(), start=1)
    return sorted(
        (number, f"{kind}{code}") for number, line in lines for kind, code in re.findall(r"#([~?]) (\w+)", line)
    )


def reported(report: Report) -> list[tuple[int, str]]:
    def line(span: Span) -> int:
        return report.sources[span.path].line_at(span.start)

    found = [(line(finding.span), f"~{finding.rule.code}") for finding in report.findings]
    return sorted(found + [(line(doubt.span), f"?{doubt.rule.code}") for doubt in report.undecided])


@pytest.mark.parametrize("name", NAMES)
def test_documentation_has_its_headings_in_order(name: str) -> None:
    assert re.findall(r"^## (.*)$", DOCUMENTATION[name], re.MULTILINE) == HEADINGS
    assert not DOCUMENTATION[name].startswith(("#", "-"))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CHANGES])
def test_non_compliant_example_is_reported_where_it_is_marked(name: str, check_text: CheckText) -> None:
    for text in examples(name, "Non-compliant"):
        assert reported(check_text(text, also=(CODES[name],))) == marked(text)
        assert f"~{CODES[name]}" in [mark for _, mark in marked(text)]


@pytest.mark.parametrize("name", CHANGES)
def test_non_compliant_change_is_reported_where_it_is_marked(name: str, check_change: CheckChange) -> None:
    [before], [after] = (examples(name, "Non-compliant", kind) for kind in ("hcl before", "hcl"))
    assert reported(check_change(before, after)) == marked(after)
    assert f"~{CODES[name]}" in [mark for _, mark in marked(after)]


@pytest.mark.parametrize("name", CHANGES)
def test_compliant_change_is_clean(name: str, check_change: CheckChange) -> None:
    [before], [after] = (examples(name, "Compliant", kind) for kind in ("hcl before", "hcl"))
    assert reported(check_change(before, after)) == []


@pytest.mark.parametrize("name", NAMES)
def test_compliant_example_is_clean_under_all_rules(name: str, check_text: CheckText) -> None:
    for text in examples(name, "Compliant"):
        assert reported(check_text(text, also=(CODES[name],))) == []


@pytest.mark.parametrize("heading", ["Non-compliant", "Compliant"])
@pytest.mark.parametrize("name", NAMES)
def test_there_is_an_example(name: str, heading: str) -> None:
    assert examples(name, heading)
