import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dynalint.errors import UsageError
from dynalint.evaluation import stand_ins
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.module_sources import parse_source
from dynalint.evaluation.resources import RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.stand_ins import Template, as_of, find_template
from dynalint.evaluation.versions import Version
from dynalint.installed import EntryPoint
from dynalint.project import Project

TABLE = "terraform-aws-modules/dynamodb-table/aws"
TEXT = b"""\
variable "a" { # since 1.1.0
  default = {
    x = 1
  }
}
variable "b" {
  default = 1 # before 1.1.0
  default = 2 # since 1.1.0, before 2.0.0
  default = 3 # since 2.0.0
}
"""


def template(source: str) -> tuple[Template, object]:
    named = parse_source(source)
    assert named
    found = find_template(named)
    assert found
    return found, named


def evaluated(directory: Path, call: str) -> RootModule:
    (directory / "main.tf").write_text(call)
    return evaluate_root(str(directory), Project(str(directory)), Inputs())


# --- versions of one text -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "kept", "gone"),
    [
        (Version(1, 0, 0), ["= 1"], ['"a"', "x", "= 2", "= 3"]),
        (Version(1, 1, 0), ['"a"', "x", "= 2"], ["= 1 #", "= 3"]),
        (Version(2, 0, 0), ['"a"', "x", "= 3"], ["= 1 #", "= 2"]),
    ],
)
def test_a_release_has_the_lines_and_blocks_of_its_time(version: Version, kept: list[str], gone: list[str]) -> None:
    text = as_of(version, TEXT).decode()
    assert len(text) == len(TEXT)
    assert text.count("\n") == TEXT.count(b"\n")
    assert [word for word in kept if word not in text] == []
    assert [word for word in gone if word in text] == []


@pytest.mark.parametrize("name", ["orders", "carts"])
def test_every_release_of_every_built_in_stand_in_can_be_read(name: str) -> None:
    addresses = {"orders": [TABLE], "carts": [f"cloudposse/{end}" for end in ("dynamodb/aws", "label/null")]}
    for address in addresses[name]:
        found, _ = template(address)
        for version in found.releases:
            stand_in = stand_ins.StandIn(f"stand-in:{name}", found, stand_ins.Release(version, certain=True))
            for file in stand_in.files_of(stand_in.top):
                assert file.faults == ()
                assert [block.parse().type for block in file.blocks]


# --- which release a call means -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "version", "certain"),
    [
        (None, "5.5.0", False),
        ("~> 4.0", "4.4.0", True),
        ("4.0.1", "4.0.1", True),
        (">= 3.0, < 3.2", "3.1.2", True),
        (">= 4.0", "5.5.0", False),
        ("5.999.0", "5.5.0", False),
    ],
)
def test_the_newest_release_that_the_constraint_allows(constraint: str | None, version: str, certain: bool) -> None:
    found, named = template(TABLE)
    release = found.release(named, constraint)  # type: ignore[arg-type]  # as find_template got it
    assert isinstance(release, stand_ins.Release)
    assert (str(release.version), release.certain) == (version, certain)


@pytest.mark.parametrize("constraint", ["0.9.0", "~> 99.0", "3.0.1", "latest", "> 3, < 2"])
def test_a_version_that_is_not_known_is_not_guessed(constraint: str) -> None:
    found, named = template(TABLE)
    assert isinstance(found.release(named, constraint), stand_ins.Unfit)  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize(
    ("ref", "version", "certain"),
    [("v4.0.0", "4.0.0", True), ("4.0.0", "4.0.0", True), ("master", "5.5.0", False)],
)
def test_a_git_reference_names_a_release(ref: str, version: str, certain: bool) -> None:
    found, named = template(f"github.com/terraform-aws-modules/terraform-aws-dynamodb-table?ref={ref}")
    release = found.release(named, None)  # type: ignore[arg-type]  # as above
    assert isinstance(release, stand_ins.Release)
    assert (str(release.version), release.certain) == (version, certain)


def test_a_commit_is_the_release_that_was_made_of_it() -> None:
    commit = template(TABLE)[0].releases[Version(4, 2, 0)]
    for ref in (commit, commit[:8]):
        found, named = template(f"github.com/terraform-aws-modules/terraform-aws-dynamodb-table?ref={ref}")
        release = found.release(named, None)  # type: ignore[arg-type]  # as above
        assert isinstance(release, stand_ins.Release)
        assert str(release.version) == "4.2.0"


@pytest.mark.parametrize("ref", ["feature/x", "v4.0.99", "0123456789abcdef0123456789abcdef01234567"])
def test_any_other_reference_is_not_guessed(ref: str) -> None:
    found, named = template(f"github.com/terraform-aws-modules/terraform-aws-dynamodb-table?ref={ref}")
    assert isinstance(found.release(named, None), stand_ins.Unfit)  # type: ignore[arg-type]  # as above


# --- in use -------------------------------------------------------------------------------------------------------


def test_an_input_that_only_a_newer_release_can_have_leaves_the_call_open(tmp_path: Path) -> None:
    root = evaluated(tmp_path, f'module "t" {{\n  source = "{TABLE}"\n  brand_new = 1\n}}\n')
    (call,) = root.unresolved
    assert "brand_new" in call.reason
    assert root.faults == ()


def test_an_input_that_the_release_does_not_have_is_a_fault(tmp_path: Path) -> None:
    root = evaluated(
        tmp_path, f'module "t" {{\n  source = "{TABLE}"\n  version = "5.5.0"\n  name = "t"\n  brand_new = 1\n}}\n'
    )
    assert [fault.code for fault in root.faults] == ["DYN022"]


def test_stand_ins_are_no_modules_of_the_user(tmp_path: Path) -> None:
    root = evaluated(tmp_path, 'module "t" {\n  source = "cloudposse/dynamodb/aws"\n  hash_key = "id"\n}\n')
    assert root.modules == (str(tmp_path),)
    assert root.called_modules == frozenset()
    assert {resource.address for resource in root.of_type("aws_dynamodb_table")} == {
        "module.t.aws_dynamodb_table.default[0]"
    }


def test_a_directory_that_the_stand_in_does_not_have_is_unresolved(tmp_path: Path) -> None:
    root = evaluated(tmp_path, f'module "t" {{\n  source = "{TABLE}//examples/basic"\n}}\n')
    assert len(root.unresolved) == 1


# --- packs --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An importable package that a distribution registers beside the built-in one."""
    package = tmp_path / "site" / "acme_modules"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setattr(stand_ins, "entry_points", lambda _: [EntryPoint("acme", "acme_modules")])
    stand_ins.packages.cache_clear()
    stand_ins.read_template.cache_clear()
    yield package
    sys.modules.pop("acme_modules", None)
    stand_ins.packages.cache_clear()
    stand_ins.read_template.cache_clear()


def add(pack: Path, address: str, listing: object) -> None:
    place = pack / address
    place.mkdir(parents=True)
    (place / "module.json").write_text(json.dumps(listing))
    (place / "main.tf").write_text('resource "aws_dynamodb_table" "t" {\n  name = "t"\n}\n')


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("tf.example.com/acme/table/aws", 'source = "tf.example.com/acme/table/aws"\n  version = "1.0.0"'),
        ("git.example.com/acme/table", 'source = "git::https://git.example.com/acme/table.git?ref=v1.0.0"'),
        ("acme/table/aws", 'source = "git@github.com:acme/terraform-aws-table.git?ref=1.0.0"'),
    ],
)
def test_a_pack_of_a_team_describes_its_own_modules(pack: Path, tmp_path: Path, address: str, source: str) -> None:
    add(pack, address, {"releases": {"1.0.0": ""}})
    root = evaluated(tmp_path, f'module "t" {{\n  {source}\n}}\n')
    assert [resource.address for resource in root.resources] == ["module.t.aws_dynamodb_table.t"]


@pytest.mark.parametrize("listing", [{}, {"releases": {}}, {"releases": {"one": ""}}, {"releases": []}, []])
def test_a_pack_that_lists_no_releases_stops_the_run(pack: Path, tmp_path: Path, listing: object) -> None:
    add(pack, "acme/table/aws", listing)
    with pytest.raises(UsageError, match="module pack 'acme'"):
        evaluated(tmp_path, 'module "t" {\n  source = "acme/table/aws"\n}\n')


def test_a_pack_that_does_not_load_stops_the_run(pack: Path, tmp_path: Path) -> None:
    (pack / "__init__.py").write_text("import nothing_of_this_name\n")
    with pytest.raises(UsageError, match="does not load"):
        evaluated(tmp_path, 'module "t" {\n  source = "acme/table/aws"\n}\n')
