"""Which releases of the provider a configuration may run with."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynalint.discovery import discover
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.releases import Releases
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.versions import Version

SIX = Version(6)
TABLE = 'resource "aws_dynamodb_table" "t" {\n  name = "t"\n}\n'
LOCK = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n'


def required(version: str, name: str = "aws", source: str = "hashicorp/aws") -> str:
    entry = f'{name} = {{ source = "{source}", version = "{version}" }}'
    return f"terraform {{\n  required_providers {{\n    {entry}\n  }}\n}}\n"


def releases(directory: Path, files: dict[str, str]) -> Releases:
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    scan = discover([str(directory)])
    [resource] = evaluate_root(scan.roots[0], scan.project, Inputs()).resources
    return resource.releases


@pytest.mark.parametrize(
    ("version", "six"),
    [
        ("5.100.0", False),
        ("~> 5.60", False),
        (">= 5.0, < 6.0", False),
        ("<= 5.100", False),
        ("~> 6.2", True),
        (">= 6.0", True),
        ("> 6.0.0", True),
        (">= 5.98, < 7.0", None),
        (">= 5.0", None),
        ("!= 5.1", None),
        ("newest", None),
    ],
)
def test_a_requirement_says_whether_it_is_provider_6(tmp_path: Path, version: str, six: bool | None) -> None:
    assert releases(tmp_path, {"main.tf": required(version) + TABLE}).since(SIX) is six


def test_nothing_said_leaves_every_release(tmp_path: Path) -> None:
    found = releases(tmp_path, {"main.tf": TABLE})
    assert (found.stated, found.since(SIX)) == (False, None)


def test_the_lock_file_settles_what_a_range_leaves_open(tmp_path: Path) -> None:
    found = releases(tmp_path, {"main.tf": required(">= 5.0") + TABLE, ".terraform.lock.hcl": LOCK})
    assert found.since(SIX) is False


def test_a_called_module_is_bound_by_its_caller(tmp_path: Path) -> None:
    call = 'module "m" {\n  source = "./m"\n}\n'
    found = releases(tmp_path, {"main.tf": required("~> 5.0") + call, "m/main.tf": required(">= 4.0") + TABLE})
    assert found.since(SIX) is False


def test_another_provider_of_the_name_says_nothing(tmp_path: Path) -> None:
    assert not releases(tmp_path, {"main.tf": required("5.0", source="example/aws") + TABLE}).stated


def test_the_provider_may_go_by_another_name(tmp_path: Path) -> None:
    assert releases(tmp_path, {"main.tf": required("5.0", name="amazon") + TABLE}).since(SIX) is False


def test_the_old_form_and_json_are_read(tmp_path: Path) -> None:
    old = 'terraform {\n  required_providers {\n    aws = "~> 5.0"\n  }\n}\n'
    assert releases(tmp_path / "old", {"main.tf": old + TABLE}).since(SIX) is False
    text = '{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 6.0"}}}}'
    assert releases(tmp_path / "json", {"main.tf": TABLE, "versions.tf.json": text}).since(SIX) is True
