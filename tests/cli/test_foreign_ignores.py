"""Ignore comments of other linters, in the places and forms that are seen in public repositories."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

HEADER = 'resource "aws_dynamodb_table" "orders" {'
KICS = "741f1291-47ac-4a85-a07b-3d32a9d6bd3e"


def above(comment: str) -> str:
    return f"{comment}\n{UNRECOVERABLE}"


def behind_the_brace(comment: str) -> str:
    return UNRECOVERABLE.replace(HEADER, f"{HEADER} {comment}")


def inside(comment: str) -> str:
    return UNRECOVERABLE.replace("  tags = {", f"  {comment}\n  tags = {{")


def report(cli: Cli, text: str, *options: str) -> dict[str, Any]:
    cli.write({"main.tf": text})
    made: dict[str, Any] = json.loads(cli("check", "-o", "json", *options).stdout)
    return made


def hidden_by(made: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = [(item["code"], item["suppression"]) for item in made["suppressed"]]
    return [(code, comment["tool"], comment["reason"]) for code, comment in found]


@pytest.mark.parametrize("place", [above, behind_the_brace, inside])
@pytest.mark.parametrize(
    ("comment", "tool", "reason"),
    [
        ("#checkov:skip=CKV_AWS_28:rebuilt nightly", "checkov", "rebuilt nightly"),
        ('# checkov:skip=CKV_AWS_28: "rebuilt nightly"', "checkov", "rebuilt nightly"),
        ("# bridgecrew:skip=CKV_AWS_28", "checkov", ""),
        ("/* checkov:skip=CKV_AWS_119,CKV_AWS_28:why */", "checkov", "why"),
        ("#tfsec:ignore:aws-dynamodb-enable-recovery", "tfsec", ""),
        ("#tfsec:ignore:aws-x #tfsec:ignore:aws-dynamodb-enable-recovery a lock", "tfsec", "a lock"),
        ("// trivy:ignore:AVD-AWS-0024 why", "trivy", "why"),
        ("#trivy:ignore:aws-0024", "trivy", ""),
        ("#trivy:ignore:AWS-0024:exp:2999-01-01", "trivy", ""),
        ("# tfsec:ignore:*", "tfsec", ""),
        ("#ts:skip=AC_AWS_0458 why", "terrascan", "why"),
    ],
)
def test_comments_for_a_whole_block(cli: Cli, place: Any, comment: str, tool: str, reason: str) -> None:
    made = report(cli, place(comment))
    assert made["findings"] == []
    assert hidden_by(made) == [("DYN201", tool, reason)]


@pytest.mark.parametrize(
    ("comment", "tool"),
    [
        (f"# kics-scan disable={KICS}", "kics"),
        ("# kics-scan ignore", "kics"),
        ("# kics-scan ignore-block", "kics"),
        ("# nosemgrep: terraform.aws.security.aws-dynamodb-point-in-time-recovery-disabled", "semgrep"),
    ],
)
def test_comments_above(cli: Cli, comment: str, tool: str) -> None:
    assert [found[:2] for found in hidden_by(report(cli, above(comment)))] == [("DYN201", tool)]


def test_tflint_speaks_of_the_next_line(cli: Cli) -> None:
    text = TABLE.replace("  billing_mode", "  # tflint-ignore: aws_dynamodb_table_invalid_billing_mode\n  billing_mode")
    made = report(cli, text.replace("PAY_PER_REQUEST", "PAY_AS_YOU_GO"))
    assert ("DYN505", "tflint", "") in hidden_by(made)


@pytest.mark.parametrize(
    "comment",
    [
        "#checkov:skip=CKV_AWS_119:another check",
        "# checkov skips CKV_AWS_28 elsewhere",
        "#trivy:ignore:AVD-AWS-0024:exp:2001-01-01",
        "#trivy:ignore:AVD-AWS-0024:ws:staging",
        "#tfsec:ignore:aws-dynamodb-enable-recovery[name=x]",
    ],
)
def test_what_does_not_hold_here_hides_nothing(cli: Cli, comment: str) -> None:
    made = report(cli, above(comment))
    assert [finding["code"] for finding in made["findings"]] == ["DYN201"]


def test_another_block_is_not_spoken_of(cli: Cli) -> None:
    text = inside("#checkov:skip=CKV_AWS_28:why") + UNRECOVERABLE.replace("orders", "events")
    assert [finding["addresses"] for finding in report(cli, text)["findings"]] == [["aws_dynamodb_table.events"]]


def test_a_text_is_no_comment(cli: Cli) -> None:
    text = UNRECOVERABLE.replace('Owner = "orders"', 'Owner = "checkov:skip=CKV_AWS_28:why"')
    assert len(report(cli, text)["findings"]) == 1


def test_they_are_counted_and_never_called_unused(cli: Cli) -> None:
    cli.write({"main.tf": above("#checkov:skip=CKV_AWS_28:why #tfsec:ignore:aws-s3-enable-versioning")})
    done = cli("check")
    assert (done.returncode, "1 suppressed (1 by comments for checkov)" in done.stdout) == (0, True)


@pytest.mark.parametrize("option", ["--no-foreign-ignores", "--no-ignores"])
def test_they_can_be_left_out(cli: Cli, option: str) -> None:
    assert len(report(cli, above("#checkov:skip=CKV_AWS_28:why"), option)["findings"]) == 1


def test_settings_can_leave_them_out(cli: Cli) -> None:
    cli.write({"dynalint.toml": "foreign-ignores = false\n"})
    assert len(report(cli, above("#checkov:skip=CKV_AWS_28:why"))["findings"]) == 1


def test_no_ignores_shows_everything(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("baseline", "create")
    text = "# dynalint: ignore[DYN201] why\n" + UNRECOVERABLE.replace("orders", "events") + UNRECOVERABLE
    assert len(report(cli, text, "--baseline", "dynalint-baseline.json", "--no-ignores")["findings"]) == 2


def test_an_undecided_check_that_is_ignored_anyway_is_none(cli: Cli) -> None:
    switch = UNRECOVERABLE.replace(
        "  tags = {", "  dynamic point_in_time_recovery {\n    for_each = var.x\n    content {}\n  }\n  tags = {"
    )
    comment = "#checkov:skip=CKV_AWS_28:why\n"
    made = report(cli, f'variable "x" {{}}\n{comment}{switch}')
    assert "DYN201" not in [check["code"] for check in made["undecided"]]
