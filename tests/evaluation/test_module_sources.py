from pathlib import Path

import pytest

from dynalint.evaluation.manifest import NAME, read_manifest
from dynalint.evaluation.module_sources import parse_source
from dynalint.project import Project

TABLE = "terraform-aws-modules/dynamodb-table/aws"
REPOSITORY = "github.com/terraform-aws-modules/terraform-aws-dynamodb-table"


@pytest.mark.parametrize(
    ("text", "address", "directory"),
    [
        (TABLE, TABLE, ""),
        (f"registry.terraform.io/{TABLE}", TABLE, ""),
        (f"Registry.OpenTofu.org/{TABLE}", TABLE, ""),
        (f"{TABLE}//wrappers", TABLE, "wrappers"),
        (f"{TABLE}//modules/a", TABLE, "modules/a"),
        (f"tf.example.com:8443/{TABLE}", f"tf.example.com:8443/{TABLE}", ""),
    ],
)
def test_a_registry_address_is_three_names_behind_a_host(text: str, address: str, directory: str) -> None:
    source = parse_source(text)
    assert source
    assert (source.addresses, source.directory, source.in_registry) == ((address,), directory, True)


@pytest.mark.parametrize(
    ("text", "ref", "directory"),
    [
        (REPOSITORY, None, ""),
        (f"{REPOSITORY}?ref=v4.0.0", "v4.0.0", ""),
        (f"git::https://{REPOSITORY}.git?ref=v4.0.0", "v4.0.0", ""),
        (f"git::https://user:secret@{REPOSITORY}.git//wrappers?ref=v4.0.0&depth=1", "v4.0.0", "wrappers"),
        (f"git::ssh://git@{REPOSITORY}.git?depth=1&ref=main", "main", ""),
        (f"git::git@{REPOSITORY.replace('/', ':', 1)}.git", None, ""),
        (f"git@{REPOSITORY.replace('/', ':', 1)}.git//wrappers", None, "wrappers"),
        (f"https://{REPOSITORY}/archive/refs/tags/v4.0.0.tar.gz", "v4.0.0", ""),
        (f"https://{REPOSITORY}/archive/v4.0.0.zip//wrappers", "v4.0.0", "wrappers"),
    ],
)
def test_a_repository_is_the_module_that_the_registry_takes_from_it(text: str, ref: str | None, directory: str) -> None:
    source = parse_source(text)
    assert source
    assert (source.addresses, source.ref, source.directory) == ((TABLE, REPOSITORY), ref, directory)
    assert not source.in_registry


def test_any_other_repository_is_known_by_its_own_name() -> None:
    source = parse_source("git::https://git.example.com/acme/modules.git//dynamodb?ref=7")
    assert source
    assert (source.addresses, source.directory, source.ref) == (("git.example.com/acme/modules",), "dynamodb", "7")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "./table",
        "../table",
        "a/b",
        "a/b/c/d",
        "a/../c",
        "/abs/olute/path",
        "terraform-aws-modules/dynamodb-table/aws//../../x",
        "s3::https://s3.amazonaws.com/bucket/module.zip",
        "git::https://example.com/../etc",
    ],
)
def test_nothing_else_is_taken_for_a_module(text: str) -> None:
    source = parse_source(text)
    assert source is None or all(".." not in address for address in source.addresses)
    assert source is None or source.directory.count("..") == 0


@pytest.mark.parametrize(
    "text",
    ["[]", '{"Modules": 5}', '{"Modules": {"a": 1}}', '{"Modules": [5, {"Key": 1}, {"Key": "a"}]}', "[" * 100_000],
    ids=lambda text: text[:40],
)
def test_a_list_of_modules_that_makes_no_sense_is_no_list(text: str, tmp_path: Path) -> None:
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(text)
    assert read_manifest(str(tmp_path), Project(str(tmp_path))) == {}
