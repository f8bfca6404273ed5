"""Whole configurations as experienced teams write them: nothing in them is an error or a warning, or undecided."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynalint.findings import Severity
from tests.rules.conftest import CheckDirectory, check_directory

FOLDER = Path(__file__).parent / "fixtures" / "good-practice"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
__all__ = ["check_directory"]
EXPLAINED = {"import-from-s3": {"DYN241"}, "restore-from-backup": {"DYN241"}}
"""What the configurations themselves suppress: the provider leaves settings to the apply after an import or restore."""


@pytest.mark.parametrize("name", CASES)
def test_good_practice_has_no_error_and_no_warning(name: str, check_directory: CheckDirectory) -> None:
    found = check_directory(FOLDER / name).findings
    assert [finding.message for finding in found if finding.severity >= Severity.WARNING] == []


@pytest.mark.parametrize("name", CASES)
def test_good_practice_leaves_nothing_undecided(name: str, check_directory: CheckDirectory) -> None:
    undecided = check_directory(FOLDER / name).undecided
    assert [(doubt.rule.code, doubt.reason) for doubt in undecided] == []


@pytest.mark.parametrize("name", CASES)
def test_good_practice_suppresses_only_what_cannot_be_written_otherwise(
    name: str, check_directory: CheckDirectory
) -> None:
    suppressed = check_directory(FOLDER / name).suppressed
    assert {hidden.finding.rule.code for hidden in suppressed} == EXPLAINED.get(name, set())


def test_every_configuration_has_a_table_that_is_looked_at(check_directory: CheckDirectory) -> None:
    assert len(CASES) >= 10
    assert all(check_directory(FOLDER / name).summary.tables for name in CASES)
