import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

RULE = '''"""A table is here.

## Why it matters

It matters.
"""

from dynalint import Severity, Table, Violation, rule


@rule("TEAM1", visits=Table, severity=Severity.{severity})
def table_seen(table):
    {body}
'''


def team_rule(severity: str = "NOTE", body: str = 'yield Violation("a table", at=table)') -> str:
    return RULE.format(severity=severity, body=body)


# --- exit codes ---------------------------------------------------------------------------------------------------


def test_clean_is_0(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    done = cli("check")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 table" in done.stdout


def test_findings_are_1(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", ".")
    assert done.returncode == 1
    assert "DYN201 point-in-time-recovery-missing" in done.stdout


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [
        ("NOTE", "warning", 0),
        ("NOTE", "note", 1),
        ("WARNING", "warning", 1),
        ("WARNING", "error", 0),
        ("ERROR", "error", 1),
        ("ERROR", "never", 0),
    ],
)
def test_fail_on_draws_the_line(cli: Cli, severity: str, fail_on: str, code: int) -> None:
    cli.write({"main.tf": TABLE, "rules/seen.py": team_rule(severity)})
    done = cli("check", "--rules", "rules", "--fail-on", fail_on)
    assert "TEAM1" in done.stdout
    assert done.returncode == code


@pytest.mark.parametrize("text", ['resource "a" "b" {', "\x00", 'locals {\n  a = "\n}\n'])
def test_an_unreadable_file_is_1(cli: Cli, text: str) -> None:
    cli.write({"main.tf": text})
    done = cli("check")
    assert (done.returncode, "DYN001" in done.stdout) == (1, True)


def test_terraform_without_dynamodb_is_0_and_said(cli: Cli) -> None:
    cli.write({"main.tf": "locals {}\n"})
    done = cli("check")
    assert done.returncode == 0
    assert "0 tables in 1 file" in done.stdout


def test_nothing_to_check_is_3(cli: Cli) -> None:
    cli.write({"readme.md": ""})
    done = cli("check", ".")
    assert (done.returncode, done.stdout) == (3, "")
    assert "nothing to check" in done.stderr


def test_nothing_to_check_is_still_a_whole_document(cli: Cli) -> None:
    done = cli("check", "--format", "json")
    assert done.returncode == 3
    assert json.loads(done.stdout)["findings"] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "no such file or directory: nowhere"),
        (["--select", "DYN999"], 'no rule is called "DYN999"'),
        (["--ignore", "tags-mising"], 'did you mean "tags-missing"'),
        (["--fail-on", "warnings"], 'did you mean "warning"'),
        (["-o", "sarff"], 'did you mean "sarif"'),
        (["-o", "json="], "names no file"),
        (["-o", "json", "-o", "sarif"], "only one format can go to standard output"),
        (["-o", "json=none/of/these"], "cannot write none/of/these"),
        (["--var", "name"], "--var takes NAME=VALUE"),
        (["--var-file", "nowhere.tfvars"], "no such variables file: nowhere.tfvars"),
        (["--rules", "nowhere"], "rules directory nowhere cannot be read"),
        (["--color", "sometimes"], "--color is one of auto, always, never"),
    ],
)
def test_wrong_usage_is_2_in_one_line(cli: Cli, arguments: list[str], message: str) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_option_is_2(cli: Cli) -> None:
    done = cli("check", "--fial-on", "error")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_pack_that_does_not_load_is_2(cli: Cli) -> None:
    cli.write({"main.tf": TABLE, "rules/broken.py": "raise RuntimeError('not\\ntoday')"})
    done = cli("check", "--rules", "rules")
    assert done.returncode == 2
    assert done.stderr.endswith("rules/broken.py does not load: RuntimeError: not today\n")


def test_a_rule_that_fails_is_2_and_the_findings_of_the_others_are_shown(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "rules/broken.py": team_rule(body="raise KeyError(table.address)\n    yield")})
    done = cli("check", "--rules", "rules")
    assert done.returncode == 2
    assert "DYN003" in done.stdout
    assert "DYN201" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert "Traceback" in cli("check", "--rules", "rules", DYNALINT_DEBUG="1").stderr


def test_a_rule_that_ends_the_process_fails_like_any_other(cli: Cli) -> None:
    cli.write({"main.tf": TABLE, "rules/leaving.py": team_rule(body="raise SystemExit(0)\n    yield")})
    done = cli("check", "--rules", "rules")
    assert done.returncode == 2
    assert "failed on aws_dynamodb_table.orders with SystemExit" in done.stdout


def test_a_fault_of_dynalint_is_2_in_one_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import dynalint.clock\ndynalint.clock.today = lambda: 1 / 0\n")
    cli.write({"main.tf": TABLE})
    done = cli.process("check", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr
        == "error: dynalint failed with ZeroDivisionError: division by zero (DYNALINT_DEBUG=1 shows where)\n"
    )


# --- rules and comments -------------------------------------------------------------------------------------------


def codes(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [finding["code"] for finding in json.loads(done.stdout)["findings"]]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ["DYN201"]),
        (["--select", "DYN1,tags-missing"], []),
        (["--select", "DYN2"], ["DYN201", "DYN211", "DYN250"]),
        (["--ignore", "point-in-time-recovery-missing"], []),
        (["--ignore", "DYN2", "--extend-select", "DYN201"], ["DYN201"]),
        (["--extend-ignore", "DYN201"], []),
    ],
)
def test_selection(cli: Cli, arguments: list[str], expected: list[str]) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    assert codes(cli("check", "-o", "json", *arguments)) == expected


def test_comments_hide_and_can_be_disregarded(cli: Cli) -> None:
    cli.write({"main.tf": "# dynalint: ignore[DYN201] a cache\n" + UNRECOVERABLE})
    assert cli("check").returncode == 0
    assert codes(cli("check", "-o", "json", "--no-inline-ignores")) == ["DYN201"]


def test_an_expired_comment_hides_nothing(cli: Cli) -> None:
    cli.write({"main.tf": "# dynalint: ignore[DYN201] until=2020-01-31 a cache\n" + UNRECOVERABLE})
    assert codes(cli("check", "-o", "json")) == ["DYN013", "DYN201"]


# --- inputs -------------------------------------------------------------------------------------------------------

SWITCHED = 'variable "recovery" {\n  default = true\n}\n' + TABLE.replace(
    "    enabled = true", "    enabled = var.recovery"
)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--var", "recovery=false"],
        ["--var-file", "off.tfvars"],
        ["--var", "recovery=true", "--var-file", "off.tfvars"],
        ["--var-file", "on.tfvars", "--var=recovery=false"],
    ],
)
def test_the_last_input_on_the_command_line_wins(cli: Cli, arguments: list[str]) -> None:
    cli.write({"main.tf": SWITCHED, "off.tfvars": "recovery = false\n", "on.tfvars": "recovery = true\n"})
    assert codes(cli("check", "-o", "json")) == []
    assert codes(cli("check", "-o", "json", *arguments)) == ["DYN202"]
    assert codes(cli("check", "-o", "json", *arguments, "--var", "recovery=true")) == []


def test_the_environment_is_heeded_only_on_request(cli: Cli) -> None:
    cli.write({"main.tf": SWITCHED})
    assert codes(cli("check", "-o", "json", TF_VAR_recovery="false")) == []
    assert codes(cli("check", "-o", "json", "--env-vars", TF_VAR_recovery="false")) == ["DYN202"]


# --- paths --------------------------------------------------------------------------------------------------------

REPOSITORY = {
    ".git/HEAD": "",
    "env/main.tf": 'module "orders" {\n  source = "../table"\n}\n',
    "table/main.tf": UNRECOVERABLE,
    "other/main.tf": UNRECOVERABLE,
    "clean/main.tf": TABLE,
}


def test_files_as_pre_commit_passes_them(cli: Cli) -> None:
    cli.write(REPOSITORY)
    done = cli("check", "--force-exclude", "--no-progress", "table/main.tf", "clean/main.tf")
    assert done.returncode == 1
    assert "module.orders.aws_dynamodb_table.orders" in done.stdout
    assert "other/main.tf" not in done.stdout


def test_findings_in_files_that_were_not_named_do_not_fail_the_run(cli: Cli) -> None:
    cli.write(REPOSITORY | {"env/extra.tf": UNRECOVERABLE.replace('"orders"', '"extra"')})
    cli.write({"env/outputs.tf": 'output "x" {\n  value = 1\n}\n'})
    done = cli("check", "env/outputs.tf")
    assert done.returncode == 0
    assert "2 more in files you did not touch" in done.stdout


def test_excluded_files_are_counted(cli: Cli) -> None:
    cli.write(REPOSITORY)
    done = cli("check", "--exclude", "other", "--force-exclude", "other/main.tf")
    assert (done.returncode, done.stderr) == (0, "1 named path excluded\n")


def test_paths_are_relative_to_the_current_directory(cli: Cli) -> None:
    cli.write(REPOSITORY)
    cli.home /= "env"
    done = cli("check", "../other", "-o", "json")
    assert [finding["path"] for finding in json.loads(done.stdout)["findings"]] == ["../other/main.tf"]


# --- output -------------------------------------------------------------------------------------------------------


def test_one_run_writes_to_the_console_and_to_files(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "-o", "sarif=out.sarif", "-o", "json=out.json", "-o", "text")
    assert "DYN201" in done.stdout
    assert json.loads((cli.home / "out.sarif").read_text())["version"] == "2.1.0"
    assert json.loads((cli.home / "out.json").read_text())["findings"]


def test_text_goes_to_standard_output_where_nothing_else_does(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    assert "DYN201" in cli("check", "-o", "json=out.json").stdout
    assert cli("check", "-o", "json=-").stdout.startswith("{")


def test_a_file_is_replaced_whole_and_keeps_its_mode(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "out.json": "x" * 100_000})
    (cli.home / "out.json").chmod(0o640)
    cli("check", "-o", "json=out.json")
    assert json.loads((cli.home / "out.json").read_text())["findings"]
    assert stat.S_IMODE((cli.home / "out.json").stat().st_mode) == 0o640
    assert [path.name for path in cli.home.iterdir() if path.name.startswith(".out")] == []


def test_a_device_is_written_to(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    assert cli("check", "-o", f"json={os.devnull}").returncode == 0


def test_two_runs_write_the_same_bytes(cli: Cli) -> None:
    cli.write(REPOSITORY)
    for format_ in ("text", "json", "sarif"):
        cold = cli("check", "-o", format_, "--no-cache").stdout
        assert [cli("check", "-o", format_).stdout for _ in range(2)] == [cold, cold]


def test_colour_on_request(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    assert "\x1b[" not in cli("check").stdout
    assert "\x1b[" in cli("check", "--color", "always").stdout
    assert "\x1b[" not in cli("check", "--color", "never", FORCE_COLOR="1").stdout


def test_quiet_is_one_line_a_finding(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    (line,) = cli("check", "-q").stdout.splitlines()
    assert line.startswith("main.tf:1:1: ")


def test_a_reader_that_goes_away_is_no_fault(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    command = f"{sys.executable} -m dynalint check; echo $? > code"
    with subprocess.Popen(["bash", "-c", f"({command}) | true"], cwd=cli.home, stderr=subprocess.PIPE) as process:
        _, errors = process.communicate()
    assert errors == b""
    assert (cli.home / "code").read_text() == "1\n"


def test_a_name_that_is_no_text_does_not_stop_the_run(cli: Cli) -> None:
    name = os.fsencode(cli.home) + b"/\xff.tf"
    try:
        with open(name, "w") as stream:  # noqa: PTH123 - a name that is no text
            stream.write(UNRECOVERABLE)
    except OSError:
        pytest.skip("this file system takes no such name")
    for format_ in ("text", "json", "sarif"):
        done = cli("check", "-o", format_)
        assert (done.returncode, done.stderr) == (1, "")


def test_a_label_that_is_no_utf_8_is_a_finding_like_any_other_unreadable_file(cli: Cli) -> None:
    (cli.home / "main.tf").write_bytes(b'resource "aws_dynamodb_table" "\xff\xfe" {\n}\n')
    done = cli("check", "-o", "concise")
    assert (done.returncode, done.stderr) == (1, "")
    assert "main.tf:1:32: error[DYN001" in done.stdout
