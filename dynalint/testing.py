"""For the tests of rules: whether a rule's examples are what they say, and what it finds in a short text.

A test of a pack needs no more than::

    import pytest
    from dynalint.testing import check_examples
    from acme_rules import RULES

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.info.name)
    def test_examples(rule):
        check_examples(rule)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Report
from dynalint.rule import Rule
from dynalint.settings import everywhere

TODAY = date(2026, 1, 1)
MARK = re.compile(r"#([~?]) ?([A-Z][A-Z0-9-]*)")


def found(text: str | Mapping[str, str], *rules: Rule[Any], options: object | None = None) -> list[str]:
    """What rules say of a text: ``["1 ~EX001", "9 ?EX001"]``, line and code, ``?`` for what they cannot decide.

    The text is that of a ``main.tf``; several files are given by their paths. ``options`` are those of the rules.
    """
    chosen = [replace(rule, options=options) if options is not None else rule for rule in rules]
    return sorted(_reported(_report(text, chosen)), key=_line)


def marked(text: str) -> list[str]:
    """What the marks in a text say, in the same form: ``#~ EX001`` for a finding on that line, ``#? EX001``."""
    lines = enumerate(text.splitlines(), 1)
    return sorted((f"{number} {kind}{code}" for number, line in lines for kind, code in MARK.findall(line)), key=_line)


def examples(rule: Rule[Any], heading: str) -> list[str]:
    """The examples in HCL under a heading of the rule's page."""
    _, _, rest = rule.info.documentation.partition(f"\n## {heading}\n")
    return re.findall(r"^```hcl\n(.*?)^```$", rest.partition("\n## ")[0], re.MULTILINE | re.DOTALL)


def check_examples(rule: Rule[Any], *, options: object | None = None) -> None:
    """Assert that what is found in *Non-compliant* is what is marked there, and that *Compliant* is clean."""
    bad, good = examples(rule, "Non-compliant"), examples(rule, "Compliant")
    assert bad, f"{rule.info.name} has no example in HCL under ## Non-compliant"
    assert good, f"{rule.info.name} has no example in HCL under ## Compliant"
    for text in bad:
        assert f"~{rule.info.code}" in " ".join(marked(text)), f"no line of this is marked #~ {rule.info.code}:\n{text}"
        assert found(text, rule, options=options) == marked(text)
    for text in good:
        assert found(text, rule, options=options) == [], f"this should be clean:\n{text}"


def _report(text: str | Mapping[str, str], rules: list[Rule[Any]]) -> Report:
    files = {"main.tf": text} if isinstance(text, str) else text
    codes = frozenset(rule.info.code for rule in rules)
    with TemporaryDirectory() as directory:
        for name, content in files.items():
            path = Path(directory, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return check(discover([directory]), Request(everywhere(rules, codes), Inputs(), TODAY))


def _reported(report: Report) -> Iterator[str]:
    for finding in report.findings:
        line = report.sources[finding.span.path].line_at(finding.span.start)
        yield f"{line} ~{finding.rule.code}"
    for doubt in report.undecided:
        line = report.sources[doubt.span.path].line_at(doubt.span.start)
        yield f"{line} ?{doubt.rule.code}"


def _line(text: str) -> tuple[int, str]:
    number, _, rest = text.partition(" ")
    return int(number), rest
