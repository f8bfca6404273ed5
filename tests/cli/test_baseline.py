"""``dynalint baseline`` and ``check --baseline``: what is known stays quiet, what is new does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

FILE = "dynalint-baseline.json"
EVENTS = UNRECOVERABLE.replace("orders", "events")
LOOP = UNRECOVERABLE.replace('"orders" {\n', '"orders" {\n  for_each = toset(["a", "b"])\n', 1).replace(
    '= "orders"\n', '= "orders-${each.key}"\n', 1
)


def entries(cli: Cli, name: str = FILE) -> list[dict[str, Any]]:
    document: dict[str, Any] = json.loads((cli.home / name).read_text())
    return list(document["entries"])


def addresses(cli: Cli) -> list[str]:
    return [entry["address"] for entry in entries(cli)]


def found(cli: Cli, *options: str) -> list[str]:
    made = json.loads(cli("check", "--baseline", FILE, "-o", "json", *options).stdout)
    return [address for finding in made["findings"] for address in finding["addresses"]]


def test_what_was_found_is_quiet_and_counted(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    assert cli("baseline", "create").returncode == 0
    done = cli("check", "--baseline", FILE)
    assert done.returncode == 0
    assert "1 known before" in done.stdout


def test_entries_have_no_lines(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    assert entries(cli) == [{"rule": "DYN201", "address": "aws_dynamodb_table.orders", "attribute": "", "count": 1}]
    cli.write({"main.tf": "locals {}\n\n" + UNRECOVERABLE})
    assert found(cli) == []


def test_what_is_new_is_found(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    cli.write({"more.tf": EVENTS})
    assert found(cli) == ["aws_dynamodb_table.events"]


def test_of_many_addresses_only_the_new_one_is_found(cli: Cli) -> None:
    cli.write({"main.tf": LOOP})
    cli("baseline", "create")
    assert addresses(cli) == ['aws_dynamodb_table.orders["a"]', 'aws_dynamodb_table.orders["b"]']
    cli.write({"main.tf": LOOP.replace('"b"', '"b", "c"')})
    assert found(cli) == ['aws_dynamodb_table.orders["c"]']


def test_roots_with_equal_addresses_are_told_apart(cli: Cli) -> None:
    cli.write({"a/main.tf": UNRECOVERABLE, "b/main.tf": TABLE})
    cli("baseline", "create")
    assert [entry["root"] for entry in entries(cli)] == ["a"]
    cli.write({"b/main.tf": UNRECOVERABLE})
    assert found(cli) == ["aws_dynamodb_table.orders"]


def test_moved_blocks_are_followed(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    move = "moved {\n  from = aws_dynamodb_table.orders\n  to   = aws_dynamodb_table.sales\n}\n"
    cli.write({"main.tf": UNRECOVERABLE.replace('"orders"', '"sales"') + move})
    assert found(cli) == []
    assert "moved to aws_dynamodb_table.sales" in cli("baseline", "show").stdout
    cli("baseline", "update")
    assert addresses(cli) == ["aws_dynamodb_table.sales"]


def test_a_move_into_a_module_is_followed(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    move = "moved {\n  from = aws_dynamodb_table.orders\n  to   = module.shop.aws_dynamodb_table.orders\n}\n"
    cli.write({"main.tf": f'module "shop" {{\n  source = "./shop"\n}}\n{move}', "shop/main.tf": UNRECOVERABLE})
    assert found(cli) == []


def test_count_moves_an_object_by_itself(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    cli.write({"main.tf": UNRECOVERABLE.replace('"orders" {\n', '"orders" {\n  count = 1\n', 1)})
    assert found(cli) == []


def test_a_new_object_under_an_old_address_is_found(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    move = "moved {\n  from = aws_dynamodb_table.orders\n  to   = aws_dynamodb_table.events\n}\n"
    cli.write({"main.tf": UNRECOVERABLE + EVENTS + move})
    assert found(cli) == ["aws_dynamodb_table.orders"]


def test_update_only_removes(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "more.tf": EVENTS})
    cli("baseline", "create")
    cli.write({"main.tf": TABLE, "new.tf": UNRECOVERABLE.replace("orders", "new")})
    assert "1 entry of the baseline out of date" in cli("check", "--baseline", FILE).stdout
    cli("baseline", "update")
    assert addresses(cli) == ["aws_dynamodb_table.events"]


def test_growing_takes_force(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    cli.write({"more.tf": EVENTS})
    refused = cli("baseline", "create")
    assert (refused.returncode, addresses(cli)) == (2, ["aws_dynamodb_table.orders"])
    assert "--force" in refused.stderr
    assert cli("baseline", "create", "--force").returncode == 0
    assert len(entries(cli)) == 2


def test_what_was_not_looked_at_is_not_out_of_date(cli: Cli) -> None:
    cli.write({"a/main.tf": UNRECOVERABLE, "b/main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    cli("baseline", "update", "a")
    assert len(entries(cli)) == 2
    assert "out of date" not in cli("check", "--baseline", FILE, "--ignore", "DYN201").stdout


def test_what_is_undecided_is_not_out_of_date(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    block = "  dynamic point_in_time_recovery {\n    for_each = var.recovery\n    content {}\n  }\n"
    asked = UNRECOVERABLE.replace("  tags = {", f"{block}  tags = {{")
    cli.write({"main.tf": f'variable "recovery" {{}}\n{asked}'})
    cli("baseline", "update")
    assert addresses(cli) == ["aws_dynamodb_table.orders"]


def test_a_root_that_is_gone_is_out_of_date(cli: Cli) -> None:
    cli.write({"a/main.tf": UNRECOVERABLE, "b/main.tf": TABLE})
    cli("baseline", "create")
    (cli.home / "a/main.tf").unlink()
    (cli.home / "a").rmdir()
    cli("baseline", "update")
    assert entries(cli) == []


def test_an_unreadable_file_is_never_accepted(cli: Cli) -> None:
    cli.write({"main.tf": 'resource "a" "b" {\n'})
    cli("baseline", "create")
    assert entries(cli) == []
    assert cli("check", "--baseline", FILE).returncode == 1


def test_the_settings_name_the_file(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "dynalint.toml": 'baseline = "ci/known.json"\n', "ci/x": ""})
    assert cli("baseline", "create").returncode == 0
    assert len(entries(cli, "ci/known.json")) == 1
    assert cli("check").returncode == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "is no baseline"),
        ('{"version": 2, "entries": []}', "another version"),
        ('{"version": 1, "entries": [{"rule": "DYN201"}]}', "entry 1 is not of the form"),
        ('{"version": 1, "entries": [{"rule": "DYN201", "address": "a", "count": true}]}', "entry 1 is not of"),
        ('{"version": 1, "entries": [{"rule": "DYN201", "address": "a", "environments": []}]}', "entry 1 is not of"),
        ('{"version": 1, "entries": [{"rule": "DYN201", "address": "a", "environments": [1]}]}', "entry 1 is not of"),
    ],
)
def test_a_file_that_is_no_baseline_is_wrong_usage(cli: Cli, text: str, message: str) -> None:
    cli.write({"main.tf": TABLE, FILE: text})
    done = cli("check", "--baseline", FILE)
    assert (done.returncode, message in done.stderr) == (2, True)


def test_a_missing_baseline_is_wrong_usage(cli: Cli) -> None:
    cli.write({"main.tf": TABLE})
    assert cli("check", "--baseline", "nowhere.json").returncode == 2
    assert cli("baseline", "update").returncode == 2


# --- environments -------------------------------------------------------------------------------------------------

SWITCH = 'variable "on" {}\n' + TABLE.replace("    enabled = true", "    enabled = var.on", 1)


def environments(cli: Cli, **values: str) -> None:
    tables = "".join(f"[environments.{name}]\nvariables = {{ on = {value} }}\n" for name, value in values.items())
    cli.write({"main.tf": SWITCH, "dynalint.toml": tables})


def test_what_is_accepted_in_one_environment_is_not_in_another(cli: Cli) -> None:
    environments(cli, dev="false", prod="true")
    cli("baseline", "create")
    assert [entry["environments"] for entry in entries(cli)] == [["dev"]]
    assert found(cli) == []
    environments(cli, dev="false", prod="false")
    assert found(cli) == ["aws_dynamodb_table.orders"]
    assert "1 finding would be added" in cli("baseline", "create").stderr


def test_what_is_fixed_in_one_environment_is_accepted_there_no_more(cli: Cli) -> None:
    environments(cli, dev="false", prod="false")
    assert "1 finding accepted" in cli("baseline", "create").stdout
    environments(cli, dev="false", prod="true")
    assert "1 entry of the baseline out of date" in cli("check", "--baseline", FILE).stdout
    assert "(dev, prod; not found any more in prod)" in cli("baseline", "show").stdout
    cli("baseline", "update")
    assert [entry["environments"] for entry in entries(cli)] == [["dev"]]


def test_an_entry_without_environments_is_accepted_in_all(cli: Cli) -> None:
    cli.write({"main.tf": SWITCH.replace("var.on", "false")})
    cli("baseline", "create")
    environments(cli, dev="false", prod="false")
    assert found(cli) == []
    assert "out of date" not in cli("check", "--baseline", FILE).stdout
    assert cli("baseline", "create").returncode == 0


def test_entries_are_listed_under_the_names_of_their_rules(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    assert "DYN201 point-in-time-recovery-missing: 1\n  aws_dynamodb_table.orders\n" in cli("baseline", "show").stdout
