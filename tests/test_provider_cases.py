"""What Terraform or AWS refuses is refused, with the fault named; what they take is no error of family 1."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from dynalint.findings import Severity
from dynalint.packs import infos_of, load_rules
from tests.rules.conftest import CheckDirectory, check_directory

FOLDER = Path(__file__).parent / "fixtures" / "provider-cases"
CASES: dict[str, dict[str, Any]] = json.loads((FOLDER / "cases.json").read_text(encoding="utf-8"))
REFUSED = sorted(name for name, case in CASES.items() if "refused" in case)
LOADED = {info.code for info in infos_of(load_rules())}
LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n'
__all__ = ["check_directory"]
NOT_TO_BE_SEEN = {
    "e011-sse-other-region-key": "no provider block says in which Region the table is",
    "i010-item-no-table": "the table may be made elsewhere",
    "m022-variable-without-value": "the value may come from the command line",
}
"""Refused for reasons that lie outside of the configuration."""


@pytest.fixture
def errors(tmp_path: Path, check_directory: CheckDirectory) -> Any:
    """The codes of the errors in a case, checked with the provider that it was recorded with."""

    def run(name: str) -> set[str]:
        shutil.copytree(FOLDER / name, tmp_path / name)
        (tmp_path / name / ".terraform.lock.hcl").write_text(LOCK, encoding="utf-8")
        found = check_directory(tmp_path / name).findings
        return {finding.rule.code for finding in found if finding.severity is Severity.ERROR}

    return run


@pytest.mark.parametrize("name", [name for name in REFUSED if name not in NOT_TO_BE_SEEN])
def test_what_is_refused_is_an_error_that_names_the_fault(name: str, errors: Any) -> None:
    wanted = set(CASES[name]["codes"])
    if not wanted <= LOADED:
        pytest.skip(f"no rule yet: {', '.join(sorted(wanted - LOADED))}")
    assert wanted <= errors(name)


@pytest.mark.parametrize("name", sorted(set(CASES) - set(REFUSED)))
def test_what_is_accepted_is_no_error_of_keys_indexes_or_schema(name: str, errors: Any) -> None:
    assert {code for code in errors(name) if code.startswith("DYN1")} == set()


def test_every_case_is_listed() -> None:
    assert sorted(CASES) == sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    assert {name for name in REFUSED if "codes" not in CASES[name]} == set(NOT_TO_BE_SEEN)
