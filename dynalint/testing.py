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
from collections import Counter
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
EXAMPLE = re.compile(r"^```hcl\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARKED = {"Non-compliant": "~", "Undecided": "?"}
"""Headings of examples, with the mark that every example there has."""
OPTIONAL = {"Undecided"}


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
    sections = _sections(rule.info.documentation)
    return [text for title, section in sections if title == heading for text in EXAMPLE.findall(section)]


def check_examples(rule: Rule[Any], *, options: object | None = None) -> None:
    """Assert that what is found in the examples of a rule's page is what is marked there.

    Each example under *Non-compliant* has a line that is marked ``#~``, each under *Undecided*, which a page need not
    have, one that is marked ``#?``; the other mark may be there, too. In those under *Compliant* nothing is found. A
    mark anywhere else is refused, for nobody would check it.
    """
    name, code = rule.info.name, rule.info.code
    for heading, kind in {**MARKED, "Compliant": ""}.items():
        texts = examples(rule, heading)
        assert texts or heading in OPTIONAL, f"{name} has no example in HCL under ## {heading}"
        for text in texts:
            wanted = f"no line of this example under ## {heading} is marked #{kind} {code}:\n{text}"
            assert f"{kind}{code}" in " ".join(marked(text)) or not kind, f"{name}: {wanted}"
            wrong = _differences(text, found(text, rule, options=options))
            assert not wrong, "\n".join((f"{name}: an example under ## {heading} is not what it says:", *wrong))
    stray = _stray_mark(rule.info.documentation)
    assert not stray, f"{name}: a mark that is in no example in HCL under ## {' or ## '.join(MARKED)}: {stray}"


def _differences(text: str, have: list[str]) -> list[str]:
    want, lines = marked(text), text.splitlines()
    both = ((have, want, "is found and not marked"), (want, have, "is marked and not found"))
    differing = sorted(
        (*_line(item), what) for some, others, what in both for item in (Counter(some) - Counter(others)).elements()
    )
    return [f"  line {number}: {code} {what}: {lines[number - 1].strip()}" for number, code, what in differing]


def _stray_mark(documentation: str) -> str:
    """A line with a mark outside the examples that are marked; empty where there is none."""
    sections = _sections(documentation)
    rest = (EXAMPLE.sub("", section) if title in MARKED else section for title, section in sections)
    return next((line.strip() for text in rest for line in text.splitlines() if MARK.search(line)), "")


def _sections(documentation: str) -> list[tuple[str, str]]:
    """Headings with what stands below each, first what stands above them all; comments in code are no headings."""
    sections = [("", [""])]
    in_code = False
    for line in documentation.splitlines(keepends=True):
        in_code ^= line.startswith("```")
        if line.startswith("## ") and not in_code:
            sections.append((line[3:].strip(), []))
        else:
            sections[-1][1].append(line)
    return [(title, "".join(lines)) for title, lines in sections]


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
