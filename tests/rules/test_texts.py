"""What each rule says to people: the text of its own example, whole, stored below tests/fixtures/rules.

After a wanted change run ``pytest tests/rules/test_texts.py --update-snapshots`` and read what it wrote.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dynalint.findings import Report
from dynalint.reports import RenderOptions, writer
from tests.conftest import Snapshot
from tests.rules.conftest import CheckChange, CheckText
from tests.rules.test_examples import CHANGES, CODES, NAMES, examples


def told(report: Report, code: str, base: Path) -> str:
    """The report as text, with the findings of one rule alone."""
    own = replace(
        report,
        findings=tuple(item for item in report.findings if item.rule.code == code),
        undecided=tuple(item for item in report.undecided if item.rule.code == code),
    )
    options = RenderOptions(base=base.as_posix(), git_root=None, tool_version="0", width=100, verbose=1)
    return writer("text")(own, options)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in CHANGES])
def test_what_a_rule_says(name: str, check_text: CheckText, tmp_path: Path, snapshot: Snapshot) -> None:
    code = CODES[name]
    texts = [told(check_text(text, also=(code,)), code, tmp_path) for text in examples(name, "Non-compliant")]
    assert all(f"[{code} {name}]" in text for text in texts)
    snapshot(f"rules/{code}.txt", "\n".join(texts))


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_rule_about_changes_says(
    name: str, check_change: CheckChange, tmp_path: Path, snapshot: Snapshot
) -> None:
    [before], [after] = (examples(name, "Non-compliant", kind) for kind in ("hcl before", "hcl"))
    text = told(check_change(before, after), CODES[name], tmp_path)
    assert f"[{CODES[name]} {name}]" in text
    snapshot(f"rules/{CODES[name]}.txt", text)
