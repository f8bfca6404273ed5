"""The pack as a whole."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import sys
from pathlib import Path

import dynalint
from dynalint.packs import load_rules

RULES = load_rules()
FOLDER = Path(inspect.getfile(RULES[0].check)).parent
FILES = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")


def test_every_rule_file_is_registered_under_its_own_name() -> None:
    assert sorted(rule.info.name.replace("-", "_") for rule in RULES) == [path.stem for path in FILES]
    assert all(rule.check.__module__.rpartition(".")[2] == rule.check.__name__ for rule in RULES)


def test_codes_are_unique_well_formed_and_in_order() -> None:
    codes = [rule.info.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert all(re.fullmatch(r"DYN[1-9]\d\d", code) for code in codes)


def test_rules_import_only_public_names() -> None:
    for path in FILES:
        modules = {node.module for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)}
        assert modules <= {"__future__", "collections.abc", "dataclasses", "fnmatch", "re", "typing", "dynalint"}, (
            path.name
        )


def test_every_public_name_resolves() -> None:
    assert all(getattr(dynalint, name) is not None for name in dynalint.__all__)
    assert callable(dynalint.rule)


def test_public_names_are_loaded_when_they_are_used() -> None:
    loaded = "import sys, dynalint; print([name for name in sys.modules if name.startswith('dynalint.dynamodb')])"
    result = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


def test_summaries_fit_in_a_line_and_end_as_sentences() -> None:
    for rule in RULES:
        assert len(rule.info.summary) <= 80
        assert rule.info.summary.endswith(".")
