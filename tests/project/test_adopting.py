"""The guide to adopting dynalint, done as it stands there: its commands print what it says, and it ends green."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from bench.adoption import STACKS, Repository
from tests.command_line import Cli
from tests.oracle import terraform
from tests.project.test_docs import DOCS

GUIDE = (DOCS / "guides" / "adopting.md").read_text("utf-8")
STEP = re.compile(r"(?:^<!-- (write|append|replace): ([^\n]*) -->\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def commands(console: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a block, each with the lines that the guide shows of its output."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, shown


def matches(shown: list[str], printed: list[str]) -> bool:
    """Whether this was printed; a line ``…`` stands for any lines, ``…`` in a line for anything."""
    if not shown:
        return True
    parts = [[*part] for left_out, part in groupby(shown, lambda line: line == "…") if not left_out]
    at = 0
    for number, part in enumerate(parts):
        starts = range(at, len(printed) - len(part) + 1)
        if number == 0 and shown[0] != "…":
            starts = range(1)
        if number == len(parts) - 1 and shown[-1] != "…":
            starts = starts[-1:]
        found = next((start for start in starts if all(map(like, part, printed[start:]))), None)
        if found is None:
            return False
        at = found + len(part)
    return True


def like(shown: str, printed: str) -> bool:
    return re.fullmatch(re.escape(shown).replace("…", ".*"), printed) is not None


def done(cli: Cli, command: str) -> str:
    """What a command of the guide prints."""
    program, *arguments = shlex.split(command)
    if program == "dynalint":
        ran = cli(*arguments, COLUMNS="100")
        assert ran.returncode in (0, 1), ran.stderr
        return ran.stdout + ran.stderr
    if program == "terraform" and shutil.which(program) is None:
        return ""
    settings = ("-c", "user.name=Pat", "-c", "user.email=pat@example.com", "-c", "commit.gpgsign=false")
    full = [program, *(settings if program == "git" else ()), *arguments]
    return subprocess.run(full, cwd=cli.home, capture_output=True, text=True, check=True).stdout


def edit(home: Path, how: str, where: str, text: str) -> None:
    """What the guide says to do to a file."""
    path, _, old = where.partition(": ")
    file = home / path
    before = file.read_text("utf-8")
    if how == "append":
        text = f"{before}\n{text}"
    elif how == "replace":
        (line,) = (line for line in before.splitlines(keepends=True) if old in line)
        text = before.replace(line, text)
    file.write_text(text, "utf-8")


def test_every_command_prints_what_the_guide_says(cli: Cli) -> None:
    Repository(1).write(cli.home)
    for command in ("git init --quiet -b main", "git add --all", 'git commit --quiet -m "The tables of the shop"'):
        done(cli, command)
    ran = []
    for how, where, language, text in STEP.findall(GUIDE):
        if how:
            edit(cli.home, how, where, text)
        for command, shown in commands(text) if language == "console" else ():
            printed = done(cli, command)
            assert matches(shown, printed.splitlines()), f"$ {command}\n{printed}"
            ran.append(command)
    assert len(ran) > 20


def test_the_repository_is_the_same_each_time_and_another_with_another_seed() -> None:
    files = dict(Repository(1).files())
    assert files == dict(Repository(1).files())
    assert files != dict(Repository(2).files())


@pytest.mark.terraform
def test_terraform_finds_the_repository_formatted(tmp_path: Path) -> None:
    Repository(1).write(tmp_path)
    done = terraform._run(tmp_path, terraform._environment(tmp_path), "fmt", "-check", "-recursive")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.terraform
@pytest.mark.parametrize("stack", STACKS)
def test_terraform_finds_a_stack_valid(tmp_path: Path, stack: str) -> None:
    """The module of the registry, which takes the network, has a shell with its inputs in its place."""
    Repository(1).write(tmp_path)
    directory = tmp_path / "stacks" / stack
    calls = directory / "modules.tf"
    calls.write_text(
        re.sub(r'source  = "terraform-aws.*\n *version .*', 'source = "./shell"', calls.read_text("utf-8"))
    )
    (directory / "shell").mkdir()
    inputs = ("name", "hash_key", "attributes", "point_in_time_recovery_enabled")
    shell = "".join(f'variable "{name}" {{\n  default = null\n}}\n' for name in inputs)
    (directory / "shell" / "main.tf").write_text(shell)
    for command in (("init", "-input=false", "-backend=false"), ("validate",)):
        done = terraform._run(directory, terraform._environment(tmp_path), *command)
        assert done.returncode == 0, done.stdout + done.stderr
