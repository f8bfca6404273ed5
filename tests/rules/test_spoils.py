"""One small edit of the reference module a rule: then that rule speaks, and no other."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from dynalint.dynamodb.changes import ResourceChange
from dynalint.packs import load_rules
from tests.rules.conftest import CheckChange, CheckDirectory

MODULE = Path(__file__).parent.parent / "fixtures" / "golden" / "terraform-aws-dynamodb-table"
SPOILS = Path(__file__).parent / "spoils"
CODES = [rule.info.code for rule in load_rules()]
CHANGES = [rule.info.code for rule in load_rules() if issubclass(rule.visits, ResourceChange)]


def spoiled(code: str, directory: Path, edits: str = "edit") -> Path:
    """A copy of the reference module with the edits of ``spoils/CODE.toml``; each must find its text once.

    ``before`` are the edits that make the text which a change is measured against.
    """
    module = directory / edits
    shutil.copytree(MODULE, module)
    for edit in tomllib.loads((SPOILS / f"{code}.toml").read_text(encoding="utf-8")).get(edits, ()):
        path = module / edit["file"]
        text = path.read_text(encoding="utf-8")
        assert text.count(edit["search"]) == 1, edit
        path.write_text(text.replace(edit["search"], edit["replace"]), encoding="utf-8")
    return module


def test_the_reference_module_is_clean_and_decided(check_directory: CheckDirectory) -> None:
    report = check_directory(MODULE)
    assert [(finding.rule.code, finding.message) for finding in report.findings] == []
    assert [(doubt.rule.code, doubt.reason) for doubt in report.undecided] == []
    assert report.summary.tables == 1


@pytest.mark.parametrize("code", CHANGES)
def test_a_spoil_is_a_change_of_which_exactly_its_rule_speaks(
    code: str, tmp_path: Path, compare_directories: CheckChange
) -> None:
    before, after = spoiled(code, tmp_path, "before"), spoiled(code, tmp_path)
    assert {finding.rule.code for finding in compare_directories(before, after, (code,)).findings} == {code}


def test_the_reference_module_unchanged_is_no_change(compare_directories: CheckChange) -> None:
    report = compare_directories(MODULE, MODULE)
    assert (report.findings, report.undecided) == ((), ())


@pytest.mark.parametrize("code", [code for code in CODES if code not in CHANGES])
def test_a_spoil_makes_exactly_its_rule_speak(code: str, tmp_path: Path, check_directory: CheckDirectory) -> None:
    report = check_directory(spoiled(code, tmp_path), (code,))
    assert {finding.rule.code for finding in report.findings} == {code}


def test_every_rule_has_a_spoil_and_no_spoil_is_left_over() -> None:
    assert sorted(path.stem for path in SPOILS.iterdir()) == sorted(CODES)
