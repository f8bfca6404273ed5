"""Settings come with the code that is checked: they send dynalint nowhere else, and keep it no longer than need be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

SECRET = "FROM-OUTSIDE"  # noqa: S105 - what the tests look for
BY_INPUT = 'variable "name" {}\n' + UNRECOVERABLE.replace('"orders"\n', "var.name\n", 1)
ENTRY = {"rule": "DYN201", "root": "../project", "address": "aws_dynamodb_table.orders", "attribute": ""}
OUTSIDE = {
    "v.tfvars": f'name = "{SECRET}"\n',
    "settings.toml": 'ignore = ["DYN2"]\n',
    "baseline.json": json.dumps({"version": 1, "entries": [ENTRY]}),
}
KEYS = {
    "extend": 'extend = "{}settings.toml"',
    "baseline": 'baseline = "{}baseline.json"',
    "var-files": 'var-files = ["{}v.tfvars"]',
    "environments": '[environments.prod]\nvar-files = ["{}v.tfvars"]',
}
WAYS = ("../outside/", "link/", "file-")


@pytest.fixture
def project(cli: Cli) -> Cli:
    """A project beside a directory that is none of its business, with links from one to the other."""
    outside = cli.home.parent / "outside"
    outside.mkdir()
    cli.write({"main.tf": BY_INPUT, ".git/HEAD": ""})
    for name, text in OUTSIDE.items():
        (outside / name).write_text(text, encoding="utf-8")
        (cli.home / f"file-{name}").symlink_to(outside / name)
    (cli.home / "link").symlink_to(outside, target_is_directory=True)
    return cli


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("key", KEYS)
def test_no_key_leads_out_of_the_project(project: Cli, key: str, way: str) -> None:
    project.write({"dynalint.toml": KEYS[key].format(way)})
    done = project("check")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "leads out of the project" in done.stderr
    assert SECRET not in done.stderr


def test_what_the_command_line_names_may_lie_anywhere(project: Cli) -> None:
    """Also by way of settings that it names, and a variables file that the settings name, too."""
    outside = project.home.parent / "outside"
    assert SECRET in project("check", "--var-file", "../outside/v.tfvars").stdout
    assert project("check", "--baseline", "../outside/baseline.json").returncode == 0
    (outside / "settings.toml").write_text('var-files = ["v.tfvars"]\n', encoding="utf-8")
    assert SECRET in project("check", "--config", "../outside/settings.toml").stdout
    project.write({"dynalint.toml": KEYS["environments"].format("../outside/")})
    assert SECRET in project("check", "--var-file", "../outside/v.tfvars").stdout


@pytest.mark.parametrize("settings", ['baseline = "../outside/new.json"', 'baseline = "link/new.json"', ""])
@pytest.mark.parametrize("command", ["create", "update"])
def test_no_baseline_is_written_outside_unasked(project: Cli, settings: str, command: str) -> None:
    (project.home / "dynalint-baseline.json").symlink_to("../outside/new.json")
    project.write({"dynalint.toml": settings})
    done = project("baseline", command)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "leads out of the project" in done.stderr
    assert {path.name for path in (project.home.parent / "outside").iterdir()} == {*OUTSIDE}


def test_settings_beside_a_link_are_not_read(project: Cli) -> None:
    (project.home / "dynalint.toml").symlink_to("../outside/settings.toml")
    assert "DYN201" in project("check").stdout


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("dynalint.toml", "select = " + "[" * 10_000 + "]" * 10_000, "nested too deep"),
        ("dynalint.toml", ".".join(["a"] * 10_000) + " = 1", "there is no setting 'a'"),
        ("pyproject.toml", "tool.dynalint = 1", "dynalint takes a table: [tool.dynalint]"),
        ("pyproject.toml", 'tool = "dynalint tool.dynalint"', "tool takes a table: [tool.dynalint]"),
        ("dynalint.toml", "\xff".encode("latin-1").decode("latin-1") + "\0", "is no TOML"),
        ("dynalint.toml", f'"\x1b[31m{"::error::x"}" = 1', "is no TOML"),
        ("dynalint.toml", '"\\u001b[31m\\n::error::x\\u202e" = 1', r"there is no setting"),
        ("dynalint.toml", 'baseline = "a\\u0000"', "baseline takes no null character"),
        ("dynalint.toml", 'var-files = ["\\u0000"]', "var-files takes no null character"),
        ("dynalint.toml", '[environments.a]\nvar-files = ["a\\u0000"]', "var-files takes no null character"),
        ("dynalint.toml", 'extend = "a\\u0000"', "extend takes no null character"),
        ("dynalint.toml", 'baseline = "main.tf"', "is no JSON"),
    ],
)
def test_settings_that_are_wrong_are_2_in_one_line(cli: Cli, name: str, text: str, message: str) -> None:
    cli.write({"main.tf": TABLE, name: text})
    done = cli("check")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert message in done.stderr
    assert "dynalint failed" not in done.stderr
    assert done.stderr[:-1].isprintable()


def test_no_settings_load_code(cli: Cli, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    cli.write({"main.tf": TABLE, "rules/a.py": f"open({str(ran)!r}, 'w')\n"})
    for settings in (
        'rules = ["rules"]',
        '[rules]\nrules = "rules"',
        'rules-directory = "rules"',
        'plugins = ["rules.a"]',
    ):
        cli.write({"dynalint.toml": settings})
        assert cli("check").returncode == 2
    assert not ran.exists()
