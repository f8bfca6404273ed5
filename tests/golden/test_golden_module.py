"""The reference module against the real terraform, and against what is stored of its answers."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.oracle import record, terraform

GOLDEN = Path(__file__).parent.parent / "fixtures" / "golden"
MODULE = GOLDEN / "terraform-aws-dynamodb-table"
VARIANTS = sorted((GOLDEN / "variants").iterdir())
ACCEPTED = [variant for variant in VARIANTS if not variant.name.startswith("refused-")]
REFUSED = [variant for variant in VARIANTS if variant.name.startswith("refused-")]
REPLANNED = ("example-complete", "two-indexes", "provisioned", "refused-key-type")


def stored(variant: Path) -> dict[str, terraform.Json]:
    return dict(json.loads((variant / "expected.json").read_text(encoding="utf-8")))


def keys_of(table: dict[str, terraform.Json]) -> set[str]:
    owners = [table, *table["global_secondary_index"]]
    return {owner[key] for owner in owners for key in ("hash_key", "range_key") if owner[key]}


@pytest.mark.parametrize("variant", ACCEPTED, ids=lambda variant: variant.name)
def test_declares_each_key_attribute_once_and_no_other(variant: Path) -> None:
    for table in stored(variant)["tables"].values():
        assert sorted(keys_of(table)) == [attribute["name"] for attribute in table["attribute"]]


@pytest.mark.parametrize("variant", REFUSED, ids=lambda variant: variant.name)
def test_refuses_a_bad_input_in_its_own_words(variant: Path) -> None:
    assert stored(variant)["error"] in {"Invalid value for variable", "Resource precondition failed"}


def test_readme_names_every_input_and_output() -> None:
    readme = (MODULE / "README.md").read_text(encoding="utf-8")
    declared = re.compile(r'^(?:variable|output) "(\w+)"', re.MULTILINE)
    names = [name for file in MODULE.glob("*.tf") for name in declared.findall(file.read_text(encoding="utf-8"))]
    assert len(names) > 20
    assert [name for name in names if f"`{name}`" not in readme] == []


def test_policy_has_no_scan_and_no_wildcard_but_the_indexes() -> None:
    text = (MODULE / "iam.tf").read_text(encoding="utf-8")
    actions = set(re.findall(r'"(dynamodb:[^"]+)"', text))
    assert "dynamodb:Query" in actions
    assert not any(action.lower() == "dynamodb:scan" or "*" in action for action in actions)


@pytest.mark.terraform
@pytest.mark.parametrize("name", REPLANNED)
def test_terraform_still_plans_it_so(name: str) -> None:
    variant = GOLDEN / "variants" / name
    assert record.as_text(terraform.expected_of(variant)) == (variant / "expected.json").read_text(encoding="utf-8")


@pytest.mark.terraform
def test_is_formatted_as_terraform_formats() -> None:
    done = subprocess.run(
        ["terraform", "fmt", "-check", "-recursive", "-diff", MODULE], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.terraform
@pytest.mark.parametrize("root", [".", "examples/complete"])
def test_terraform_validates_it(root: str) -> None:
    settings = {"configuration": f"../../{MODULE.name}", "root": root}
    with terraform.workspace(GOLDEN / "variants" / "example-complete", settings) as (directory, environment):
        for command in (["init", "-input=false", "-backend=false"], ["validate"]):
            done = subprocess.run(
                ["terraform", *command], cwd=directory, env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr
