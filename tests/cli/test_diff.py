"""``dynalint diff`` on real repositories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Cli

TABLE = """resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "orderId"

  attribute {
    name = "orderId"
    type = "S"
  }
}
"""


def git(directory: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(("git", "-C", directory, *identity, *arguments), capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(directory: Path, text: str, message: str = "x") -> str:
    (directory / "main.tf").write_text(text, encoding="utf-8")
    git(directory, "add", "-A")
    git(directory, "commit", "-q", "-m", message)
    return git(directory, "rev-parse", "HEAD")


@pytest.fixture
def repository(cli: Cli) -> Path:
    git(cli.home, "init", "-q", "-b", "main")
    committed(cli.home, TABLE)
    return cli.home


def codes(cli: Cli, *arguments: str) -> list[str]:
    report = json.loads(cli("diff", *arguments, "--format", "json").stdout)
    return [item["code"] for item in report["findings"]]


def test_the_work_tree_is_compared_with_the_last_commit(cli: Cli, repository: Path) -> None:
    (repository / "main.tf").write_text(TABLE.replace("orderId", "id"), encoding="utf-8")
    ended = cli("diff")
    assert ended.returncode == 1
    assert "main.tf:4:3" in ended.stdout
    assert "the text alone, not what exists" in ended.stderr


def test_a_branch_is_compared_with_where_it_left_the_default_branch(cli: Cli, repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "feature")
    committed(repository, TABLE.replace("orderId", "id"))
    git(repository, "checkout", "-q", "main")
    committed(repository, TABLE.replace('"orders"\n', '"all-orders"\n'))
    git(repository, "checkout", "-q", "feature")
    assert codes(cli) == ["DYN701"]
    assert codes(cli, "HEAD") == []


@pytest.mark.usefixtures("repository")
def test_what_is_unchanged_exits_with_nothing(cli: Cli) -> None:
    assert cli("diff").returncode == 0


def test_a_revision_and_paths_are_told_apart(cli: Cli, repository: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    committed(repository, TABLE.replace("orderId", "id"))
    assert codes(cli, first, "main.tf") == ["DYN701"]
    assert codes(cli, "main.tf") == []


def test_comments_and_selection_hold(cli: Cli, repository: Path) -> None:
    changed = TABLE.replace("orderId", "id")
    (repository / "main.tf").write_text(f"# dynalint: ignore[DYN701] new\n{changed}", encoding="utf-8")
    assert codes(cli) == []
    assert codes(cli, "--no-inline-ignores") == ["DYN701"]
    assert codes(cli, "--no-inline-ignores", "--ignore", "DYN701") == []


def test_a_deleted_file_is_a_deleted_table(cli: Cli, repository: Path) -> None:
    (repository / "other.tf").write_text("locals {}\n", encoding="utf-8")
    (repository / "main.tf").unlink()
    report = json.loads(cli("diff", "--format", "json").stdout)
    [finding] = report["findings"]
    assert (finding["code"], finding["path"], finding["line"]) == ("DYN702", "other.tf", 1)
    assert "it stood at line 1 of main.tf in HEAD" in finding["message"]


def test_an_unreadable_file_hides_no_deletion(cli: Cli, repository: Path) -> None:
    (repository / "main.tf").write_text('resource "aws_dynamodb_table" "orders" {\n', encoding="utf-8")
    assert codes(cli) == ["DYN001"]


@pytest.mark.usefixtures("repository")
def test_ordinary_findings_are_left_to_check(cli: Cli) -> None:
    assert "DYN201" not in codes(cli)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "git knows no revision 'nowhere'"),
        (("HEAD~7",), "git knows no revision 'HEAD~7'"),
        (("HEAD", "missing.tf"), "missing.tf"),
    ],
)
def test_what_git_does_not_know_is_an_error(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    ended = cli("diff", *arguments)
    assert ended.returncode == 2
    assert message in ended.stderr
    assert len(ended.stderr.splitlines()) == 1


def test_without_a_repository_there_is_nothing_to_compare_with(cli: Cli) -> None:
    (cli.home / "main.tf").write_text(TABLE, encoding="utf-8")
    ended = cli("diff")
    assert (ended.returncode, "lies in no git work tree" in ended.stderr) == (2, True)


@pytest.mark.usefixtures("repository")
def test_without_git_it_says_so(cli: Cli) -> None:
    ended = cli("diff", PATH="/nonexistent")
    assert (ended.returncode, "git is not installed" in ended.stderr) == (2, True)


def test_a_shallow_clone_names_the_cause(cli: Cli, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    git(repository, "checkout", "-q", "-b", "feature")
    committed(repository, TABLE + "\n")
    committed(repository, TABLE + "\n\n")
    clone = tmp_path_factory.mktemp("clone") / "c"
    source = f"file://{repository}"
    git(repository, "clone", "-q", "--depth", "1", "--no-single-branch", "-b", "feature", source, str(clone))
    ended = cli("diff", "origin/feature~1", str(clone))
    assert (ended.returncode, "this clone is shallow" in ended.stderr) == (2, True)


def test_nothing_of_the_repository_is_run_or_changed(cli: Cli, repository: Path) -> None:
    trap = repository / "ran"
    script = repository / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch {trap}\n", encoding="utf-8")
    script.chmod(0o755)
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "filter.x.smudge"):
        git(repository, "config", key, str(script))
    (repository / ".gitattributes").write_text("*.tf filter=x\n", encoding="utf-8")
    before = git(repository, "status", "--porcelain") and (repository / ".git" / "index").read_bytes()
    trap.unlink(missing_ok=True)
    cli("diff")
    assert not trap.exists()
    assert (repository / ".git" / "index").read_bytes() == before


def test_the_environment_does_not_lead_git_elsewhere(
    cli: Cli, repository: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (repository / "main.tf").write_text(TABLE.replace("orderId", "id"), encoding="utf-8")
    elsewhere = {"GIT_DIR": str(tmp_path_factory.mktemp("x")), "GIT_WORK_TREE": "/"}
    ended = cli("diff", "-q", **elsewhere)
    assert "DYN701" in ended.stdout


def test_links_of_the_earlier_text_lead_nowhere(cli: Cli, repository: Path) -> None:
    (repository / "secret.json").symlink_to("/etc/hostname")
    committed(repository, TABLE.replace('"orders"\n', 'file("secret.json")\n'))
    (repository / "main.tf").write_text(TABLE, encoding="utf-8")
    ended = cli("diff")
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in ended.stdout


def test_variables_files_are_those_of_each_side(cli: Cli, repository: Path) -> None:
    by_input = 'variable "key" {}\n' + TABLE.replace('"orderId"', "var.key")
    (repository / "prod.tfvars").write_text('key = "orderId"\n', encoding="utf-8")
    committed(repository, by_input)
    (repository / "prod.tfvars").write_text('key = "id"\n', encoding="utf-8")
    assert codes(cli, "--var-file", "prod.tfvars") == ["DYN701"]


def test_an_input_that_nobody_knows_is_the_same_on_both_sides(cli: Cli, repository: Path) -> None:
    by_input: Any = 'variable "key" {}\n' + TABLE.replace('"orderId"', "var.key")
    committed(repository, by_input)
    (repository / "main.tf").write_text(by_input + "\n", encoding="utf-8")
    report = json.loads(cli("diff", "--format", "json").stdout)
    assert (report["findings"], report["undecided"]) == ([], [])


def test_a_baseline_is_not_out_of_date_because_other_rules_run(cli: Cli, repository: Path) -> None:
    assert cli("baseline", "create").returncode == 0
    cli.write({"dynalint.toml": 'baseline = "dynalint-baseline.json"\n'})
    committed(repository, TABLE.replace("PAY_PER_REQUEST", "PROVISIONED"))
    done = cli("diff", "HEAD~1")
    assert "out of date" not in done.stdout + done.stderr
    assert json.loads(cli("diff", "HEAD~1", "--format", "json").stdout)["summary"]["stale"] == 0
