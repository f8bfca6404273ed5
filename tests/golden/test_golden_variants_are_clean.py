"""The reference module with other inputs, under dynalint's own eyes: nothing found, nothing undecided."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.findings import Report
from dynalint.packs import infos_of, load_rules
from dynalint.settings import everywhere
from tests.oracle import terraform

VARIANTS = Path(__file__).parent.parent / "fixtures" / "golden" / "variants"
ACCEPTED = sorted(path for path in VARIANTS.iterdir() if not path.name.startswith("refused-"))
REFUSED = sorted(path.parent for path in VARIANTS.glob("refused-*/expected.json") if "for variable" in path.read_text())
KNOWN = {"throw-away": ("DYN202", "DYN210"), "provisioned": ("DYN645",)}
"""What a variant does on purpose."""
OPEN = {"customer-managed-key": ("DYN311",)}
"""What only a root can decide that calls the module: alone it is in no Region, so its key may be in another."""


def report_on(variant: Path, place: Path) -> Report:
    settings = terraform.case_settings(variant)
    terraform.copied(variant, settings, place / "case")
    if "root" not in settings:
        shutil.rmtree(place / "case" / "examples")  # so that the module is a root, with the variant's inputs
    rules = load_rules()
    chosen = frozenset(info.code for info in infos_of(rules) if not info.opt_in)
    return check(discover([str(place / "case")]), Request(everywhere(rules, chosen), Inputs(), date(2026, 1, 1)))


@pytest.mark.parametrize("variant", ACCEPTED, ids=lambda variant: variant.name)
def test_a_variant_is_clean_and_decided(variant: Path, tmp_path: Path) -> None:
    report = report_on(variant, tmp_path)
    found = [finding for finding in report.findings if finding.rule.code not in KNOWN.get(variant.name, ())]
    assert [(finding.rule.code, finding.message) for finding in found] == []
    doubts = [doubt for doubt in report.undecided if doubt.rule.code not in OPEN.get(variant.name, ())]
    assert [(doubt.rule.code, doubt.reason) for doubt in doubts] == []


@pytest.mark.parametrize("variant", REFUSED, ids=lambda variant: variant.name)
def test_an_input_that_the_module_refuses_is_reported(variant: Path, tmp_path: Path) -> None:
    assert "DYN022" in {finding.rule.code for finding in report_on(variant, tmp_path).findings}
