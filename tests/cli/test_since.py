"""``check --since REV``: only what a branch brought in."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

EVENTS = UNRECOVERABLE.replace("orders", "events")


def git(cli: Cli, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=cli.home, check=True, capture_output=True)


def commit(cli: Cli, files: dict[str, str]) -> None:
    cli.write(files)
    git(cli, "add", "--all")
    git(cli, "commit", "-m", "change")


@pytest.fixture
def repository(cli: Cli) -> Cli:
    git(cli, "init", "--initial-branch", "main")
    commit(cli, {"infra/main.tf": UNRECOVERABLE})
    git(cli, "checkout", "-b", "work")
    return cli


def found(cli: Cli, *options: str) -> list[str]:
    made = json.loads(cli("check", "--since", "main", "-o", "json", *options).stdout)
    return [address for finding in made["findings"] for address in finding["addresses"]]


def test_what_was_there_is_quiet_and_what_is_new_is_not(repository: Cli) -> None:
    assert found(repository) == []
    repository.write({"infra/more.tf": EVENTS})
    assert found(repository) == ["aws_dynamodb_table.events"]
    assert "1 known before" in repository("check", "--since", "main").stdout


def test_a_new_root_is_new(repository: Cli) -> None:
    commit(repository, {"other/main.tf": UNRECOVERABLE})
    assert found(repository) == ["aws_dynamodb_table.orders"]
    assert found(repository, "other") == ["aws_dynamodb_table.orders"]


def test_what_another_branch_mended_meanwhile_is_not_this_one_s_fault(repository: Cli) -> None:
    git(repository, "checkout", "main")
    commit(repository, {"infra/main.tf": TABLE})
    git(repository, "checkout", "work")
    assert found(repository) == []


def test_what_the_branch_mended_is_not_out_of_date(repository: Cli) -> None:
    repository.write({"infra/main.tf": TABLE})
    done = repository("check", "--since", "main")
    assert (done.returncode, "out of date" in done.stdout) == (0, False)


def test_variables_files_are_taken_as_they_were(repository: Cli) -> None:
    switch = TABLE.replace("enabled = true", "enabled = var.recovery")
    git(repository, "checkout", "main")
    commit(repository, {"infra/main.tf": f'variable "recovery" {{}}\n{switch}', "infra/a.tfvars": "recovery = true\n"})
    git(repository, "checkout", "-B", "work")
    repository.write({"infra/a.tfvars": "recovery = false\n"})
    assert {*found(repository, "--var-file", "infra/a.tfvars")} == {"aws_dynamodb_table.orders"}


def test_modules_beside_the_path_are_there_in_the_past_too(repository: Cli) -> None:
    call = 'module "shop" {\n  source = "../infra"\n}\n'
    git(repository, "checkout", "main")
    commit(repository, {"live/main.tf": call})
    git(repository, "checkout", "-B", "work")
    assert found(repository, "live") == []


def test_a_revision_that_git_does_not_know_is_wrong_usage(repository: Cli) -> None:
    done = repository("check", "--since", "nowhere")
    assert (done.returncode, "nowhere" in done.stderr) == (2, True)


def test_without_git_it_is_wrong_usage(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    done = cli("check", "--since", "main")
    assert (done.returncode, "git work tree" in done.stderr) == (2, True)


def test_what_comes_to_another_environment_is_new(repository: Cli) -> None:
    settings = "".join(f'[environments.{name}]\nvar-files = ["{name}.tfvars"]\n' for name in ("dev", "prod"))
    table = 'variable "on" {}\n' + TABLE.replace("    enabled = true", "    enabled = var.on", 1)
    files = {"dynalint.toml": settings, "infra/main.tf": table, "infra/dev.tfvars": "on = false\n"}
    commit(repository, files | {"infra/prod.tfvars": "on = true\n"})
    git(repository, "checkout", "-B", "main")
    assert found(repository) == []
    repository.write({"infra/prod.tfvars": "on = false\n"})
    assert found(repository) == ["aws_dynamodb_table.orders"]
