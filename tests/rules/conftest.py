"""Configurations checked as a user would: from the files to the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dynalint.comparison import Comparison
from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Report
from dynalint.packs import infos_of, load_rules
from dynalint.rule import Rule
from dynalint.settings import everywhere

CheckDirectory = Callable[..., Report]
OPTIONS: Mapping[str, Mapping[str, object]] = {"DYN602": {"keys": ("Owner",)}}
"""Options of rules that are silent without, for their examples and spoils."""

CheckText = Callable[..., Report]
CheckChange = Callable[..., Report]


@pytest.fixture
def check_directory() -> CheckDirectory:
    """The report on everything below a directory, opt-in rules left out unless they are in ``also``."""

    def run(directory: Path, also: tuple[str, ...] = ()) -> Report:
        rules = [_with_options(rule) if rule.info.code in also else rule for rule in load_rules()]
        chosen = frozenset(info.code for info in infos_of(rules) if not info.opt_in or info.code in also)
        return check(discover([str(directory)]), Request(everywhere(rules, chosen), Inputs(), date(2026, 1, 1)))

    return run


def _with_options(rule: Rule[Any]) -> Rule[Any]:
    given: dict[str, Any] = dict(OPTIONS.get(rule.info.code, {}))
    return replace(rule, options=type(rule.options)(**given)) if given else rule


@pytest.fixture
def check_text(tmp_path: Path, check_directory: CheckDirectory) -> CheckText:
    """The report on a module whose ``main.tf`` has this text; ``files`` are more files, by path.

    ``also`` are codes of opt-in rules to run with the others.
    """

    def run(text: str, files: dict[str, str] | None = None, also: tuple[str, ...] = ()) -> Report:
        for name, content in {"main.tf": text, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return check_directory(tmp_path, also)

    return run


@pytest.fixture
def compare_directories() -> CheckChange:
    """The report on what became of everything below a directory, which was as in another one."""

    def run(before: Path, after: Path, also: tuple[str, ...] = ()) -> Report:
        rules = load_rules()
        chosen = frozenset(info.code for info in infos_of(rules) if not info.opt_in or info.code in also)
        scan = discover([str(after)])
        changes = Comparison(scan.project, str(before), "the earlier text").changes
        return check(scan, Request(everywhere(rules, chosen), Inputs(), date(2026, 1, 1), changes=changes))

    return run


@pytest.fixture
def check_change(tmp_path: Path, compare_directories: CheckChange) -> CheckChange:
    """The report on what became of a module: two texts of its ``main.tf``, and ``files`` that both have, by path."""

    def run(before: str, after: str, files: dict[str, str] | None = None, also: tuple[str, ...] = ()) -> Report:
        for side, text in (("before", before), ("after", after)):
            for name, content in {"main.tf": text, **(files or {})}.items():
                path = tmp_path / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(content, encoding="utf-8")
        return compare_directories(tmp_path / "before", tmp_path / "after", also)

    return run
