from __future__ import annotations

import shutil
import subprocess

import pytest

from dynalint.cli.completion import SHELLS
from tests.command_line import Cli


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script(cli: Cli, shell: str) -> None:
    done = cli("completion", shell)
    assert done.returncode == 0
    assert "_DYNALINT_COMPLETE" in done.stdout


def test_another_shell_is_wrong_usage(cli: Cli) -> None:
    assert cli("completion", "bosh").returncode == 2


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("dynalint ch", {"check"}),
        ("dynalint check --fi", {"--fix"}),
        ("dynalint baseline u", {"update"}),
        ("dynalint rule DYN20", {"DYN201", "DYN202", "DYN203", "DYN204"}),
        ("dynalint rule tags-m", {"tags-missing"}),
        ("dynalint check --select DYN601,tags-m", {"DYN601,tags-missing"}),
        ("dynalint check --ignore AL", {"ALL"}),
        ("dynalint check -o gi", {"github", "gitlab"}),
        ("dynalint check --format s", {"sarif"}),
        ("dynalint check --fail-on n", {"note", "never"}),
        ("dynalint check --env p", {"prod"}),
        ("dynalint rules --color a", {"auto", "always"}),
        ("dynalint graph --format s", {"svg"}),
        ("dynalint completion f", {"fish"}),
    ],
)
def test_a_shell_that_asks_is_answered(cli: Cli, words: str, expected: set[str]) -> None:
    cli.write({"dynalint.toml": "[environments.dev]\n[environments.prod]\n"})
    asked = {"_DYNALINT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    assert set(cli(**asked).stdout.split()) == expected


def test_settings_that_are_wrong_offer_nothing(cli: Cli) -> None:
    cli.write({"dynalint.toml": "environments = 1"})
    done = cli(_DYNALINT_COMPLETE="complete_bash", COMP_WORDS="dynalint check --env p", COMP_CWORD="3")
    assert (done.stdout.strip(), done.stderr) == ("", "")


def test_the_script_for_bash_is_one(cli: Cli) -> None:
    if not shutil.which("bash"):
        pytest.skip("there is no bash")
    script = cli("completion", "bash").stdout
    assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
