"""Pipes, sockets, folders, devices, vast files and endless nesting in the place of every file that dynalint reads."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import TABLE, Cli

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files of kinds that Windows has not")

MEMORY = 1_000_000_000
"""Bytes of address space: less than what the files have that are not to be read."""


def pipe(path: Path) -> None:
    os.mkfifo(path)


def listener(path: Path) -> None:
    """A socket, bound by a short name: those of sockets have an end."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def folder(path: Path) -> None:
    path.mkdir()


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def circle(path: Path) -> None:
    path.symlink_to(path.name)


def vast(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(1 << 30)


def deep(path: Path) -> None:
    """As JSON an array, as HCL and TOML none of their own beginnings."""
    path.write_text(("" if path.suffix == ".json" else "a = ") + "[" * 10_000 + "]" * 10_000, encoding="utf-8")


KINDS = (pipe, listener, folder, device, circle, vast, deep)

CONFIGURATION = ("odd.tf", "odd.tf.json", "odd.tofu", "terraform.tfvars", "odd.auto.tfvars.json")
"""What is named in a finding where it is there and cannot be read."""

BESIDE = (
    *("dynalint.toml", ".dynalint.toml", "pyproject.toml", ".gitignore", ".git/info/exclude"),
    *(".terraform.lock.hcl", ".terraform/modules/modules.json", "terragrunt.hcl"),
)
"""What may be there and say something, or not."""

SETTINGS = ('baseline = "odd.json"', 'extend = "odd.json"', 'var-files = ["odd.json"]')
ARGUMENTS = (("--baseline", "odd.json"), ("--var-file", "odd.json"), ("--config", "odd.json"), ("--plan", "odd.json"))


@pytest.fixture
def project(cli: Cli) -> Cli:
    cli.write({"main.tf": TABLE, ".git/info/.keep": "", ".terraform/modules/.keep": ""})
    return cli


def parametrized(name: str, values: tuple[object, ...]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    kinds = pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
    return lambda test: kinds(pytest.mark.parametrize(name, values, ids=str)(test))


@parametrized("name", CONFIGURATION)
def test_configuration_that_is_no_file_is_a_finding(project: Cli, make: Callable[[Path], None], name: str) -> None:
    make(project.home / name)
    done = project("check")
    assert (done.returncode, done.stderr) == (1, ""), done.stdout
    assert f"--> {name}" in done.stdout
    assert "DYN003" not in done.stdout


@parametrized("name", BESIDE)
def test_other_files_that_are_none_stop_no_answer(project: Cli, make: Callable[[Path], None], name: str) -> None:
    make(project.home / name)
    done = project("check")
    assert done.returncode in (0, 2)
    assert done.stderr.count("\n") == (done.returncode == 2)
    assert "dynalint failed" not in done.stderr
    assert "DYN003" not in done.stdout


@parametrized("settings", SETTINGS)
def test_files_that_settings_name(project: Cli, make: Callable[[Path], None], settings: str) -> None:
    make(project.home / "odd.json")
    project.write({"dynalint.toml": settings})
    done = project("check")
    assert done.returncode in (1, 2)
    assert "odd.json" in done.stdout + done.stderr
    assert "dynalint failed" not in done.stderr
    assert "DYN003" not in done.stdout


@parametrized("arguments", ARGUMENTS)
def test_files_that_the_command_line_names(
    project: Cli, make: Callable[[Path], None], arguments: tuple[str, str]
) -> None:
    if arguments[0] in ("--plan", "--config") and make in (pipe, device, vast):
        return  # may well be meant, as in --plan <(terraform show -json tfplan): dynalint waits, and reads it all
    make(project.home / "odd.json")
    done = project("check", *arguments)
    assert done.returncode in (1, 2)
    assert "odd.json" in done.stdout + done.stderr
    assert "dynalint failed" not in done.stderr
    assert "DYN003" not in done.stdout


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("call", ['file("odd.json")', 'jsondecode(file("odd.json"))', 'fileexists("odd.json")'])
def test_files_that_configuration_names(project: Cli, make: Callable[[Path], None], call: str) -> None:
    make(project.home / "odd.json")
    project.write({"main.tf": TABLE.replace('"orders"\n', f"jsonencode({call})\n", 1)})
    done = project("check", "-vv")
    assert done.returncode in (0, 1), done.stdout + done.stderr
    assert "DYN003" not in done.stdout


@pytest.mark.parametrize("command", [("init", "--yes"), ("baseline", "create"), ("baseline", "show"), ("config",)])
def test_other_commands_wait_for_no_pipe(project: Cli, command: tuple[str, ...]) -> None:
    for name in ("dynalint-baseline.json", ".git/config", ".gitignore", "terraform.tfvars", "dynalint.toml"):
        pipe(project.home / name)
    done = project(*command)
    assert done.returncode in (0, 2)
    assert "dynalint failed" not in done.stderr


def test_vast_files_take_no_memory(project: Cli) -> None:
    for name in ("odd.tf", "odd.tf.json", ".gitignore", ".terraform.lock.hcl", ".terraform/modules/modules.json"):
        vast(project.home / name)
    program = (
        f"import resource as r; r.setrlimit(r.RLIMIT_AS, ({MEMORY}, {MEMORY})); from dynalint.cli import main; main()"
    )
    done = project.python("-c", program, "check")
    assert done.returncode == 1, done.stderr
    assert done.stdout.count("is more than dynalint reads") == 2
