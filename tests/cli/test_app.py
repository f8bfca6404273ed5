import json
import re

from tests.command_line import TABLE, Cli


def test_version(cli: Cli) -> None:
    done = cli("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"dynalint \d+\.\d+\.\d+\n", done.stdout)


def test_help_names_every_command(cli: Cli) -> None:
    done = cli("--help")
    assert done.returncode == 0
    assert all(command in done.stdout for command in ("check", "inspect", "rules", "rule"))


def test_help_of_check_names_its_options_whole(cli: Cli) -> None:
    shown = cli("check", "--help", COLUMNS="120").stdout
    assert all(text in shown for text in ("FORMAT[=PATH]", "--fail-on", "error|warning|note|never", "--env-vars"))


def test_the_start_loads_no_parser_and_no_rich(cli: Cli) -> None:
    program = (
        "import sys; from dynalint.cli import app; print(*(set(sys.modules) & {'rich', 'lark', 'hcl2', 'pydantic'}))"
    )
    assert cli.python("-c", program).stdout == "\n"


def test_rules_lists_all_of_them(cli: Cli) -> None:
    shown = cli("rules").stdout
    assert all(text in shown for text in ("DYN001", "file-unreadable", "DYN201", "point-in-time-recovery-missing"))


def test_rules_for_programs_and_documents(cli: Cli) -> None:
    listed = json.loads(cli("rules", "--format", "json").stdout)
    assert [rule["code"] for rule in listed] == sorted(rule["code"] for rule in listed)
    assert all(rule["summary"] and rule["documentation"] for rule in listed)
    assert cli("rules", "--format", "markdown").stdout.count("\n| [DYN") == len(listed)


def test_rule_shows_the_page_by_code_and_by_name(cli: Cli) -> None:
    by_code, by_name = cli("rule", "DYN201"), cli("rule", "point-in-time-recovery-missing")
    assert by_code.returncode == 0
    assert by_code.stdout == by_name.stdout
    assert "Why it matters" in by_code.stdout


def test_an_unknown_rule_is_2_with_a_suggestion(cli: Cli) -> None:
    done = cli("rule", "tags-mising")
    assert (done.returncode, done.stdout) == (2, "")
    assert 'did you mean "tags-missing"' in done.stderr


def test_inspect_for_programs(cli: Cli) -> None:
    cli.write({"main.tf": TABLE + 'output "name" {\n  value = aws_dynamodb_table.orders.name\n}\n'})
    roots = json.loads(cli("inspect", "--format", "json").stdout)["roots"]
    assert roots["."]["tables"]["aws_dynamodb_table.orders"]["hash_key"] == "id"
    assert roots["."]["outputs"] == {"name": "orders"}


def test_inspect_for_people(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    shown = cli("inspect").stdout
    assert "aws_dynamodb_table.orders" in shown
    assert "main.tf:4" in shown


def test_inspect_keeps_secrets_unless_asked(cli: Cli) -> None:
    hidden = 'variable "name" {\n  default   = "s3cr3t"\n  sensitive = true\n}\n'
    cli.write({"main.tf": hidden + TABLE.replace('"orders"\n', "var.name\n", 1)})
    for format_ in ("text", "json"):
        assert "s3cr3t" not in cli("inspect", "--format", format_).stdout
        assert "s3cr3t" in cli("inspect", "--format", format_, "--show-sensitive").stdout


def test_inspect_of_nothing_is_2(cli: Cli) -> None:
    assert cli("inspect").returncode == 2
