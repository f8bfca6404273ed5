"""``check`` day by day: counts, exit codes, texts that are not saved yet."""

from __future__ import annotations

import io
import json
import sys
from typing import Any

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli


@pytest.fixture
def stdin(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Any:
    """dynalint with a text on standard input."""

    def run(text: str, *options: str) -> Any:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
        return cli("check", "-", *options)

    return run


def test_statistics_count_by_rule(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE + UNRECOVERABLE.replace("orders", "events")})
    done = cli("check", "--statistics")
    first, _, last = done.stdout.splitlines()
    assert first == "2 error[DYN201 point-in-time-recovery-missing] 2 fixable"
    assert last.startswith("✗ 2 errors found in 2 tables")


def test_statistics_of_nothing_are_the_summary(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    assert len(cli("check", "--statistics").stdout.splitlines()) == 1


@pytest.mark.parametrize("files", [{"main.tf": UNRECOVERABLE}, {"readme.md": ""}])
def test_exit_zero_is_0_for_findings_and_for_nothing(cli: Cli, files: dict[str, str]) -> None:
    cli.write(files)
    assert cli("check", "--exit-zero").returncode == 0


def test_exit_zero_hides_no_fault(cli: Cli) -> None:
    assert cli("check", "nowhere", "--exit-zero").returncode == 2


def test_a_text_on_standard_input_stands_for_its_file(cli: Cli, stdin: Any) -> None:
    cli.write({"main.tf": TABLE})
    done = stdin(UNRECOVERABLE, "--stdin-filename", "main.tf")
    assert (done.returncode, "main.tf:1:1" in done.stdout) == (1, True)


def test_the_rest_of_its_module_is_seen_and_not_reported(cli: Cli, stdin: Any) -> None:
    switch = TABLE.replace("enabled = true", "enabled = var.recovery")
    cli.write({"inputs.tf": 'variable "recovery" {\n  default = false\n}\n', "other.tf": UNRECOVERABLE})
    made = json.loads(stdin(switch.replace("orders", "new"), "--stdin-filename", "new.tf", "-o", "json").stdout)
    assert {finding["path"] for finding in made["findings"]} == {"new.tf"}
    assert made["summary"]["hidden"] > 0


def test_a_diff_of_a_text_on_standard_input(stdin: Any) -> None:
    done = stdin(UNRECOVERABLE, "--stdin-filename", "main.tf", "--diff")
    assert "+  point_in_time_recovery {\n" in done.stdout


@pytest.mark.parametrize(
    "options",
    [(), ("--stdin-filename", "a.tf", "--fix"), ("other.tf", "--stdin-filename", "a.tf")],
)
def test_standard_input_needs_a_name_and_is_not_written(stdin: Any, options: tuple[str, ...]) -> None:
    assert stdin(TABLE, *options).returncode == 2
