"""What must hold of settings, of plans and of whole runs with their fixes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.errors import UsageError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.plan_file import PlanError, PlanFile, read_plan
from dynalint.findings import Finding, Report, Severity
from dynalint.fixes import fix_all
from dynalint.packs import infos_of, load_rules
from dynalint.reports import RenderOptions, writer
from dynalint.run_rules import RULE_FAILED
from dynalint.selection import Selection
from dynalint.settings import everywhere
from dynalint.settings.discovery import Layers
from dynalint.settings.keys import Settings
from dynalint.settings.reading import read_table
from dynalint.settings.ruleset import ruleset_of
from dynalint.syntax import load_text
from dynalint.syntax.source import Source, Span
from tests.hostile.asking import lies_within, outcome, twice
from tests.hostile.of_reports import acts_in_no
from tests.hostile.shapes import PLAN_WORDS, WHOLE_PLAN, document

DAY = date(2026, 1, 1)
PLAN_PATH = "/plan.json"


@cache
def directory(text: str = "") -> str:
    """A directory that holds a module of that text; it goes with the process."""
    place = TemporaryDirectory(prefix="dynalint-fuzz-")
    _kept.append(place)
    Path(place.name, "main.tf").write_text(text, encoding="utf-8")
    return place.name


_kept: list[TemporaryDirectory[str]] = []


@cache
def rules_once() -> tuple[Any, ...]:
    """The rules that are installed."""
    return load_rules()


@cache
def ordinary() -> Request:
    """A check by every rule, without settings."""
    rules = rules_once()
    codes = frozenset(info.code for info in infos_of(rules))
    return Request(ruleset=everywhere(rules, codes), inputs=Inputs(), today=DAY)


def settings(data: bytes) -> None:
    """A settings file, its own or as a part of pyproject.toml, applied to the rules there are."""
    shared = b"tool" in data
    path, table = ("/p/pyproject.toml", ("tool", "dynalint")) if shared else ("/p/dynalint.toml", ())
    found = twice(lambda: read_table(path, data, table), UsageError)
    if isinstance(found, dict):
        layers = Layers(Settings(**found), dict.fromkeys(found, path), "/p")
        paths = (layers.settings.extend, layers.settings.baseline, *layers.settings.var_files)
        assert "\0" not in "".join(paths), "no system opens a path like this"
        twice(lambda: _applied(layers), UsageError)


def _applied(layers: Layers) -> list[object]:
    ruleset = ruleset_of(layers, Selection(), rules_once())
    finding = Finding(ruleset.rules[0].info, Severity.ERROR, "", Span("/p/a/b.tf", 0, 0), ('a.b["c"]', "module.m.a.b"))
    return [
        ruleset.silent_in(finding),
        ruleset.spared(finding),
        ruleset.graded(finding).severity,
        sorted(ruleset.chosen),
    ]


def plan(data: bytes) -> None:
    """A plan in JSON: read, or refused with a reason; and judged alone, as where its source is not there."""
    data = document(data, WHOLE_PLAN, PLAN_WORDS)
    found = outcome(lambda: read_plan(Source(PLAN_PATH, data)), PlanError)
    if not isinstance(found, PlanFile):
        assert found == outcome(lambda: read_plan(Source(PLAN_PATH, data)), PlanError)
        return
    lies_within(list(found.places().values()), 0, len(data))
    request = replace(ordinary(), inputs=Inputs(plan=found))
    first, second = (check(discover([directory()]), request) for _ in range(2))
    sound(first)
    assert first.findings == second.findings, "the same input gave two answers"


def sound(report: Report) -> None:
    """No rule failed, and everything that is reported lies in its file."""
    assert not [finding.message for finding in report.findings if finding.rule is RULE_FAILED]
    for finding in report.findings:
        for span in (finding.span, *(step.span for step in finding.trace), *_edited(finding)):
            size = len(report.sources[span.path].data) if span.path in report.sources else span.end
            assert 0 <= span.start <= span.end <= size, f"{finding.rule.code} points outside of its file: {span}"


def _edited(finding: Finding) -> Iterator[Span]:
    for edit in finding.fix.edits if finding.fix else ():
        yield edit.span


def reports(data: bytes) -> None:
    """What is written of a whole run: the same twice, and inert. It is not fuzzed: it takes longer than all else."""
    path = f"{directory()}/main.tf"
    first, second = (check(discover([directory()], overlay={path: data}), ordinary()) for _ in range(2))
    options = RenderOptions(directory())
    for name in ("text", "sarif", "json"):
        text = writer(name)(first, options)
        assert text == writer(name)(second, options), "the same input gave two answers"
        acts_in_no(name, text)


def fixes(data: bytes) -> None:
    """A module checked and fixed: the same report twice, fixes that leave it readable and nothing more to fix."""
    path = f"{directory()}/main.tf"

    def run(texts: Mapping[str, bytes]) -> Report:
        return check(discover([directory()], overlay={path: data, **texts}), ordinary())

    report = run({})
    sound(report)
    fixed = fix_all(report, run, unsafe=True)
    once_more = run(fixed.texts)
    assert once_more.findings == fixed.report.findings, "the same input gave two reports"
    if fixed.texts:
        sound(once_more)
        before, after = (load_text(Source(path, text)) for text in (data, fixed.texts[path]))
        assert len(after.faults) <= len(before.faults), "a fix broke the file"
        again = fix_all(once_more, lambda texts: run({**fixed.texts, **texts}), unsafe=True)
        assert not again.texts, "fixing once more changed more"
