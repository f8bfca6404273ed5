"""What settings do to a run, on the command line."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from dynalint.settings import ruleset
from tests.command_line import TABLE, UNRECOVERABLE, Cli

SWITCH = UNRECOVERABLE.replace(
    "  deletion_protection",
    "  point_in_time_recovery {\n    enabled = var.recovery\n  }\n\n  deletion_protection",
)


@pytest.fixture
def check(cli: Cli) -> Callable[..., list[dict[str, Any]]]:
    """Findings of a directory with these settings and this text."""

    def run(settings: str, text: str = UNRECOVERABLE, *options: str, **values: str) -> list[dict[str, Any]]:
        cli.write({f"{name}.tfvars": content for name, content in values.items()})
        cli.write({"dynalint.toml": settings, "main.tf": text})
        found: list[dict[str, Any]] = json.loads(cli("check", ".", "--format", "json", *options).stdout)["findings"]
        return found

    return run


Check = Callable[..., list[dict[str, Any]]]


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [item["code"] for item in found]


def test_without_settings_the_fault_is_found(check: Check) -> None:
    assert codes(check("")) == ["DYN201"]


def test_a_rule_may_be_left_out(check: Check) -> None:
    assert check('ignore = ["point-in-time-recovery-missing"]') == []


def test_the_command_line_wins_over_the_file(check: Check) -> None:
    assert codes(check('ignore = ["DYN201"]', UNRECOVERABLE, "--ignore", "DYN601")) == ["DYN201"]


def test_a_rule_may_be_graded_otherwise(check: Check) -> None:
    (finding,) = check('[severity]\npoint-in-time-recovery-missing = "note"')
    assert finding["severity"] == "note"


def test_a_file_may_be_exempt(check: Check) -> None:
    assert check('[per-file-ignores]\n"main.tf" = ["DYN2"]') == []


@pytest.mark.parametrize("pattern", ["aws_dynamodb_table.orders", "aws_dynamodb_table.ord*", "*.orders"])
def test_a_resource_may_be_exempt(check: Check, pattern: str) -> None:
    assert check(f'[per-resource-ignores]\n"{pattern}" = ["DYN201"]') == []


@pytest.mark.parametrize(
    ("pattern", "address", "matches"),
    [
        ("aws_x.t", "aws_x.t", True),
        ("aws_x.t", 'module.m["a"].aws_x.t["b"]', True),
        ("aws_x.?_*", "aws_x.t_1[0]", True),
        ('aws_x.t["a"]', 'aws_x.t["a"]', True),
        ("aws_x.t[0]", "aws_x.t[1]", False),
        ("aws_x.t", "aws_x.t2", False),
        ("aws_x.t", "aws_xyt", False),
        ("*a" * 30 + "b", "aws_x." + "a" * 300, False),
    ],
)
def test_a_pattern_for_addresses(pattern: str, address: str, matches: bool) -> None:
    assert bool(ruleset._address_pattern(pattern).match(address)) is matches


def test_another_resource_is_not_exempt(check: Check) -> None:
    assert codes(check('[per-resource-ignores]\n"aws_dynamodb_table.scratch_*" = ["DYN201"]')) == ["DYN201"]


def test_some_rules_no_comment_may_hide(check: Check) -> None:
    text = f"# dynalint: ignore[DYN201] not now\n{UNRECOVERABLE}"
    assert check("", text) == []
    comment, finding = check('not-ignorable = ["DYN201"]', text)
    assert (comment["message"], finding["code"]) == ("DYN201 cannot be ignored", "DYN201")


def test_reasons_may_be_required(check: Check) -> None:
    text = f"# dynalint: ignore[DYN201]\n{UNRECOVERABLE}"
    assert codes(check("require-reason = true", text)) == ["DYN014"]


def test_every_environment_is_checked_and_named(check: Check) -> None:
    settings = '[environments.dev]\nvar-files = ["dev.tfvars"]\n[environments.prod]\nvar-files = ["prod.tfvars"]\n'
    text = 'variable "recovery" {}\n' + SWITCH
    (finding,) = check(settings, text, dev="recovery = false\n", prod="recovery = true\n")
    assert (finding["code"], finding["environments"]) == ("DYN202", ["dev"])


def test_a_table_that_each_environment_names_otherwise_is_no_further_finding(check: Check) -> None:
    settings = "".join(f'[environments.{name}]\nvariables = {{ name = "{name}" }}\n' for name in ("dev", "prod"))
    text = 'variable "name" {}\n' + UNRECOVERABLE.replace('= "orders"', "= var.name", 1)
    (finding,) = check(settings, text)
    assert finding["environments"] == ["dev", "prod"]
    assert "more like this" not in finding["message"]


def test_one_environment_may_be_picked(check: Check) -> None:
    settings = (
        "[environments.dev]\nvariables = { recovery = false }\n[environments.prod]\nvariables = { recovery = true }\n"
    )
    assert check(settings, 'variable "recovery" {}\n' + SWITCH, "--env", "prod") == []


def test_settings_can_be_put_aside(check: Check) -> None:
    assert codes(check('ignore = ["DYN201"]', UNRECOVERABLE, "--isolated")) == ["DYN201"]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ('ignore = ["DYN999"]', 'dynalint.toml: no rule is called "DYN999"'),
        ('select = ["DYN2", "all"]', 'dynalint.toml: no rule is called "all"; did you mean "ALL"?'),
        ('[severity]\nno-such-rule = "note"', 'no rule is called "no-such-rule"'),
        ("[rules.hash-key-missing]\nx = 1", "this rule has no options"),
        (
            "[rules.required-tags-missing]\nkeys = [1]",
            'dynalint.toml: [rules.required-tags-missing]: keys takes a list of texts: keys = ["…"]',
        ),
        (
            "[rules.required-tags-missing.values]\nteam = 'a'",
            'values takes a table of lists of texts: values = { name = ["…"] }',
        ),
        ("[rules.gsi-count-exceeded]\nmost = true", "most takes a whole number: most = 1"),
    ],
)
def test_settings_that_are_wrong_end_the_run(cli: Cli, settings: str, message: str) -> None:
    cli.write({"dynalint.toml": settings, "main.tf": UNRECOVERABLE})
    done = cli("check")
    assert (done.returncode, message in done.stderr) == (2, True)


def test_config_shows_values_with_their_origin(cli: Cli) -> None:
    cli.write({"dynalint.toml": 'fail-on = "error"\n'})
    lines = cli("config").stdout.splitlines()
    assert any(line.startswith('fail-on = "error"') and line.endswith("dynalint.toml") for line in lines)
    assert any(line.startswith("ignore = []") and line.endswith("# default") for line in lines)


def test_config_gives_each_member_of_a_table_a_line(cli: Cli) -> None:
    cli.write(
        {"dynalint.toml": '[severity]\nDYN201 = "note"\n[environments.dev]\n[environments.prod]\nworkspace = "p"\n'}
    )
    shown = cli("config").stdout
    assert re.findall(r"^(?:severity|environments)\S* = \S+", shown, re.MULTILINE) == [
        'severity.DYN201 = "note"',
        "environments.dev = {}",
        'environments.prod.workspace = "p"',
    ]
    assert tomllib.loads(shown)["environments"]["prod"] == {"workspace": "p"}


VALUES = '[environments.dev]\nvar-files = ["dev.tfvars"]\n[environments.prod]\nvar-files = ["prod.tfvars"]\n'


def test_objects_are_counted_once_in_all_environments(cli: Cli) -> None:
    cli.write({"dynalint.toml": VALUES, "main.tf": UNRECOVERABLE, "dev.tfvars": "", "prod.tfvars": ""})
    assert json.loads(cli("check", "--format", "json").stdout)["summary"]["tables"] == 1


@pytest.mark.parametrize(
    ("dev", "expected"),
    [
        ("# dynalint: ignore[DYN202] rebuilt nightly\nrecovery = false\n", []),
        ("recovery = false # dynalint: ignore[DYN202] rebuilt nightly\n", []),
        ("other = {\n  # dynalint: ignore[DYN202] nightly\n  a = 1\n}\nrecovery = false\n", ["DYN010", "DYN202"]),
        ("recovery = false\n# dynalint: ignore[DYN202] too late\n", ["DYN202", "DYN010"]),
        ("# dynalint: file-ignore[DYN202] all of it\nrecovery = false\n", ["DYN010", "DYN202"]),
        ("recovery = false\n# dynalint: ignore[DYN202\n", ["DYN202", "DYN012"]),
        ("# dynalint: ignore[DYN202] rebuilt nightly\nrecovery = true\n", ["DYN010"]),
    ],
)
def test_a_comment_in_a_file_of_values_speaks_of_what_they_decide(check: Check, dev: str, expected: list[str]) -> None:
    text = 'variable "recovery" {}\nvariable "other" {\n  default = {}\n}\n' + SWITCH
    assert sorted(codes(check(VALUES, text, dev=dev, prod="recovery = true\n"))) == sorted(expected)


def test_a_rule_that_no_comment_may_hide_does_not_blind_a_run_to_its_baseline(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "dynalint.toml": 'baseline = "b.json"\nnot-ignorable = ["DYN601"]\n'})
    assert cli("baseline", "create").returncode == 0
    cli.write({"main.tf": UNRECOVERABLE.replace("hash_key", "point_in_time_recovery { enabled = true }\n  hash_key")})
    stale = cli("baseline", "show").stdout
    cli.write({"main.tf": (cli.home / "main.tf").read_text() + UNRECOVERABLE.replace("orders", "more")})
    assert "1 out of date" in stale
    assert "1 out of date" in cli("baseline", "show").stdout


@pytest.mark.parametrize(
    ("options", "fits"),
    [
        ({"required-tags-missing": {"keys": ["Team"], "values": {"Stage": ["prod", "dev-*"]}}}, True),
        ({"gsi-count-exceeded": {"most": 5}, "of-another-pack": {"x": 1}}, True),
        ({"required-tags-missing": {"kyes": ["Team"]}}, False),
        ({"required-tags-missing": {"values": {"Stage": "prod"}}}, False),
        ({"gsi-count-exceeded": {"most": "5"}}, False),
    ],
)
def test_the_schema_knows_the_options_of_rules(cli: Cli, options: dict[str, Any], fits: bool) -> None:
    schema = json.loads(cli("config", "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert jsonschema.Draft202012Validator(schema).is_valid({"rules": options}) == fits


@pytest.mark.parametrize(("place", "path"), [(".", "."), ("stacks", "."), ("other", "../stacks"), ("..", "project")])
def test_what_is_excluded_is_so_from_wherever_one_looks(cli: Cli, place: str, path: str) -> None:
    """The patterns are relative to their file, not to the current directory."""
    cli.write({"dynalint.toml": 'exclude = ["stacks/old"]', "stacks/old/main.tf": UNRECOVERABLE, "other/a.tf": TABLE})
    cli.write({"stacks/new/main.tf": UNRECOVERABLE, ".git/HEAD": ""})
    cli.home = (cli.home / place).resolve()
    found = json.loads(cli("check", path, "-o", "json").stdout)["findings"]
    assert [item["path"].partition("stacks/")[2] or item["path"] for item in found] == ["new/main.tf"]


def test_a_root_without_the_files_of_an_environment_is_told_what_to_do(cli: Cli) -> None:
    cli.write(
        {"dynalint.toml": '[environments.prod]\nvar-files = ["prod.tfvars"]', "a/main.tf": TABLE, ".git/HEAD": ""}
    )
    [found] = json.loads(cli("check", "-o", "json").stdout)["findings"]
    assert (found["code"], "environments = {}" in found["help"]) == ("DYN001", True)
    cli.write({"a/dynalint.toml": 'extend = "../dynalint.toml"\nenvironments = {}'})
    assert cli("check").returncode == 0
