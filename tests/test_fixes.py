"""Fixes: what they change, what they leave, and what is never written."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from dynalint.findings import Edit, Finding, Fix, Report, RuleInfo, Severity, Summary
from dynalint.fixes import apply_edits, fix_all
from dynalint.syntax.source import Source, Span
from tests.command_line import UNRECOVERABLE, Cli

PATH = "/main.tf"
RULE = RuleInfo("TEST1", "test-rule", Severity.ERROR, "A test.", "A test.")


def edit(start: int, end: int, text: str) -> Edit:
    return Edit(Span(PATH, start, end), text)


def finding(*edits: Edit, message: str = "wrong", safe: bool = True) -> Finding:
    return Finding(RULE, Severity.ERROR, message, edits[0].span, fix=Fix("mend it", edits, safe=safe))


def report(text: bytes, *findings: Finding) -> Report:
    return Report(findings, (), (), Summary(), (RULE,), {PATH: Source(PATH, text)})


def clean(texts: Mapping[str, bytes]) -> Report:
    return report(texts[PATH])


def test_edits_do_not_shift_each_other() -> None:
    assert apply_edits(b"abcdef", [edit(1, 2, "XX"), edit(4, 5, ""), edit(6, 6, "!")]) == b"aXXcdf!"


def test_inserted_lines_end_as_those_around_them() -> None:
    assert apply_edits(b"a\r\nb\r\n", [edit(3, 3, "x\ny\n")]) == b"a\r\nx\r\ny\r\nb\r\n"
    assert apply_edits(b"a\nb\n", [edit(2, 2, "x\n")]) == b"a\nx\nb\n"


def test_fixes_that_touch_are_applied_in_rounds() -> None:
    first, second = finding(edit(4, 5, "2"), message="one"), finding(edit(4, 5, "3"), message="two")
    seen: list[bytes] = []

    def check(texts: Mapping[str, bytes]) -> Report:
        seen.append(texts[PATH])
        return report(texts[PATH], *([second] if len(seen) == 1 else []))

    result = fix_all(report(b"a = 1\n", first, second), check, unsafe=False)
    assert seen == [b"a = 2\n", b"a = 3\n"]
    assert [item.message for item in result.gone] == ["one", "two"]


def test_a_fix_that_does_not_help_is_not_kept() -> None:
    stubborn = finding(edit(0, 0, "# nothing\n"))
    result = fix_all(report(b"", stubborn), lambda texts: report(texts[PATH], stubborn), unsafe=False)
    assert (result.texts, result.gone) == ({}, [])


def test_a_fix_that_breaks_the_file_is_not_kept() -> None:
    result = fix_all(report(b"locals {}\n", finding(edit(8, 9, ""))), clean, unsafe=False)
    assert result.texts == {}


def test_one_bad_fix_does_not_keep_the_others_back() -> None:
    text = b"locals {}\nlocals {\n  a = 1\n}\n"
    good, bad = finding(edit(25, 26, "2"), message="good"), finding(edit(8, 9, ""), message="bad")
    result = fix_all(report(text, bad, good), clean, unsafe=False)
    assert [item.message for item in result.gone] == ["good"]


@pytest.mark.parametrize(("unsafe", "count"), [(False, 0), (True, 1)])
def test_unsafe_fixes_wait_to_be_asked_for(unsafe: bool, count: int) -> None:
    result = fix_all(report(b"a = 1\n", finding(edit(4, 5, "2"), safe=False)), clean, unsafe=unsafe)
    assert len(result.gone) == count


# --- on the command line ----------------------------------------------------------------------------------------------


def test_fix_writes_and_a_second_run_finds_nothing(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--fix")
    assert (done.returncode, done.stderr) == (0, "fixed 1 finding in 1 file\n")
    assert json.loads(cli("check", "--format", "json").stdout)["findings"] == []


def test_fix_keeps_comments_and_line_endings(cli: Cli) -> None:
    before = b"# head\r\n" + UNRECOVERABLE.replace('"orders"\n', '"orders" # name\n').encode().replace(b"\n", b"\r\n")
    (cli.home / "main.tf").write_bytes(before)
    cli("check", "--fix")
    after = (cli.home / "main.tf").read_bytes()
    assert b"# head\r\n" in after
    assert b'"orders" # name\r\n' in after
    assert after.count(b"\n") == after.count(b"\r\n")


def test_diff_shows_and_writes_nothing(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--diff")
    assert "+  point_in_time_recovery {\n" in done.stdout
    assert (cli.home / "main.tf").read_text(encoding="utf-8") == UNRECOVERABLE


def test_show_fixes_lists_them(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    shown = cli("check", "--fix", "--show-fixes").stderr
    assert "main.tf: DYN201 point-in-time-recovery-missing in aws_dynamodb_table.orders: switch" in shown


def test_fixes_that_wait_to_be_looked_at_are_counted(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE.replace("  deletion_protection_enabled = true\n\n", "")})
    last = "1 more with --unsafe-fixes, each of which somebody should look at\n"
    assert cli("check", "--fix").stderr == f"fixed 1 finding in 1 file\n{last}"
    assert "more" not in cli("check", "--fix", "--unsafe-fixes").stderr


def test_the_mode_of_a_fixed_file_stays(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    (cli.home / "main.tf").chmod(0o640)
    cli("check", "--fix")
    assert (cli.home / "main.tf").stat().st_mode & 0o777 == 0o640


def test_what_each_object_would_want_otherwise_is_not_fixed(cli: Cli) -> None:
    """An attribute for one of them would be declared and unused in the others."""
    cli.write({"main.tf": UNRECOVERABLE.replace('hash_key     = "id"', "hash_key     = count.index\n  count = 2")})
    found = json.loads(cli("check", "--select", "DYN101", "-o", "json").stdout)["findings"]
    assert [(item["code"], len(item["addresses"]), "fix" in item) for item in found] == [("DYN101", 2, False)]
    before = (cli.home / "main.tf").read_text()
    cli("check", "--select", "DYN101", "--fix", "--unsafe-fixes")
    assert (cli.home / "main.tf").read_text() == before


JSON = {
    "lines": """{"resource": {"aws_dynamodb_table": {"orders": {
  "name": "orders",
  "billing_mode": "PAY_PER_REQUEST",
  "read_capacity": 1,
  "hash_key": "id",
  "attribute": [
    {"name": "id", "type": "S"},
    {"name": "gone", "type": "N"},
    {"name": "gone too", "type": "N"}
  ]
}}}}
""",
    "one line": """{"resource": {"aws_dynamodb_table": {"orders": {"name": "orders", "hash_key": "id", \
"billing_mode": "PAY_PER_REQUEST", "attribute": [{"name": "gone", "type": "N"}, {"name": "id", "type": "S"}, \
{"name": "gone too", "type": "N"}], "read_capacity": 1, "write_capacity": 1}}}}""",
    "a block without list": """{"resource": {"aws_dynamodb_table": {"orders": {
  "name": "orders",
  "billing_mode": "PAY_PER_REQUEST", "write_capacity": 1
  , "attribute": {"name": "gone", "type": "N"}, "attribute": {"name": "id", "type": "S"},
  "hash_key": "id", "attribute": {"name": "gone too", "type": "S"}
}}}}
""",
}


@pytest.mark.parametrize("text", JSON.values(), ids=JSON)
def test_what_is_deleted_from_json_takes_a_comma_along(cli: Cli, text: str) -> None:
    cli.write({"main.tf.json": text})
    done = cli("check", "--fix", "--select", "DYN105,DYN504")
    assert done.returncode == 0
    table = json.loads((cli.home / "main.tf.json").read_text())["resource"]["aws_dynamodb_table"]["orders"]
    assert table.keys() == {"name", "billing_mode", "hash_key", "attribute"}
    assert table["attribute"] in ({"name": "id", "type": "S"}, [{"name": "id", "type": "S"}])


def test_lines_of_json_go_as_a_whole(cli: Cli) -> None:
    cli.write({"main.tf.json": JSON["lines"]})
    cli("check", "--fix", "--select", "DYN105,DYN504")
    left = [line for line in JSON["lines"].splitlines() if "gone" not in line and "capacity" not in line]
    after = (cli.home / "main.tf.json").read_text()
    assert after.splitlines() == [line.replace('"S"},', '"S"}') for line in left]


STUBBORN = """'''Nobody is ever content.'''

from dynalint import Edit, Fix, Severity, Span, Table, Violation, rule


@rule("ACME1", visits=Table, severity=Severity.ERROR)
def never_content(table: Table):
    start = Span(table.at.path, table.at.start, table.at.start)
    yield Violation("no", at=table, fix=Fix("say so", (Edit(start, "# no\\n"),)))
"""


def test_a_fix_that_is_left_out_is_not_passed_over_in_silence(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "rules/never_content.py": STUBBORN})
    done = cli("check", "--fix", "--rules", "rules", "--select", "ACME1,DYN201")
    why = "with them a file could not be read, or what they are for would still be found"
    assert done.stderr == f"fixed 1 finding in 1 file\n1 proposed change left out: {why}\n"
