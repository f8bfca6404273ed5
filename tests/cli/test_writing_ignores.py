"""``check --add-ignores`` and ``dynalint migrate-ignores``: comments that are written into files."""

from __future__ import annotations

import json

import pytest

from tests.command_line import TABLE, UNRECOVERABLE, Cli

NAME = "point-in-time-recovery-missing"
COMMENT = f"# dynalint: ignore[{NAME}] why"
HEADER = 'resource "aws_dynamodb_table" "orders" {'


def text_of(cli: Cli, name: str = "main.tf") -> str:
    return (cli.home / name).read_bytes().decode()


def found(cli: Cli, *options: str) -> list[str]:
    return [item["code"] for item in json.loads(cli("check", "-o", "json", *options).stdout)["findings"]]


# --- --add-ignores ------------------------------------------------------------------------------------------------


def test_a_comment_is_written_above_the_block(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--add-ignores", "why")
    assert text_of(cli) == f"{COMMENT}\n{UNRECOVERABLE}"
    assert (done.returncode, done.stderr) == (0, "ignored 1 finding in 1 file\n")
    assert found(cli) == []


def test_one_place_gets_one_comment_in_order_of_names(cli: Cli) -> None:
    bare = UNRECOVERABLE.replace('  tags = {\n    Owner = "orders"\n  }\n', "")
    cli.write({"main.tf": bare})
    assert cli("check", "--add-ignores", "why").stderr == "ignored 2 findings in 1 file\n"
    assert text_of(cli) == f"# dynalint: ignore[{NAME}, tags-missing] why\n{bare}"


def test_an_argument_inside_gets_its_own_with_its_indentation(cli: Cli) -> None:
    cli.write({"main.tf": TABLE.replace("enabled = true", "enabled = false")})
    cli("check", "--add-ignores", "why")
    assert "    # dynalint: ignore[point-in-time-recovery-disabled] why\n    enabled = false\n" in text_of(cli)
    assert found(cli) == []


def test_a_block_on_one_line_gets_it_above(cli: Cli) -> None:
    one = TABLE.replace("{\n    enabled = true\n  }", "{ enabled = false }")
    cli.write({"main.tf": one})
    cli("check", "--add-ignores", "why")
    assert "  # dynalint: ignore[point-in-time-recovery-disabled] why\n  point_in_time_recovery { e" in text_of(cli)
    assert found(cli) == []


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_a_byte_order_mark_survive(cli: Cli, end: str) -> None:
    text = "\ufeff" + UNRECOVERABLE.replace("\n", end)
    (cli.home / "main.tf").write_bytes(text.encode())
    cli("check", "--add-ignores", "why")
    assert text_of(cli) == f"\ufeff{COMMENT}{end}{text[1:]}"


def test_with_diff_nothing_is_written(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--add-ignores", "why", "--diff")
    assert f"+{COMMENT}\n" in done.stdout
    assert text_of(cli) == UNRECOVERABLE


def test_what_no_comment_hides_is_left(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "broken.tf": 'resource "a" "b" {\n'})
    assert "\n1 finding without a comment: " in cli("check", "--add-ignores", "why").stderr
    assert found(cli) == ["DYN001"]


def test_what_may_be_fixed_is_not_ignored_in_the_same_run(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--fix", "--add-ignores", "why")
    assert (done.returncode, text_of(cli)) == (2, UNRECOVERABLE)
    assert done.stderr.startswith("error: --fix and --add-ignores are two runs")


@pytest.mark.parametrize("reason", ["", "  ", "one\ntwo"])
def test_a_reason_is_wanted(cli: Cli, reason: str) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    done = cli("check", "--add-ignores", reason)
    assert (done.returncode, text_of(cli)) == (2, UNRECOVERABLE)


# --- migrate-ignores ----------------------------------------------------------------------------------------------


def migrated(cli: Cli, text: str) -> str:
    cli.write({"main.tf": text})
    assert cli("migrate-ignores").returncode == 0
    assert found(cli, "--no-foreign-ignores") == []
    return text_of(cli)


def test_a_comment_above_is_replaced_where_it_stands(cli: Cli) -> None:
    assert (
        migrated(cli, f"#tfsec:ignore:aws-dynamodb-enable-recovery why\n{UNRECOVERABLE}")
        == f"{COMMENT}\n{UNRECOVERABLE}"
    )


def test_a_comment_behind_the_brace_is_replaced_where_it_stands(cli: Cli) -> None:
    text = UNRECOVERABLE.replace(HEADER, f"{HEADER} # checkov:skip=CKV_AWS_28:why")
    assert migrated(cli, text) == UNRECOVERABLE.replace(HEADER, f"{HEADER} {COMMENT}")


def test_a_comment_inside_moves_above_the_block(cli: Cli) -> None:
    text = UNRECOVERABLE.replace("  tags = {", "  # checkov:skip=CKV_AWS_28:why\n  tags = {")
    assert migrated(cli, text) == f"{COMMENT}\n{UNRECOVERABLE}"


def test_a_comment_that_says_more_stays(cli: Cli) -> None:
    text = f"#tfsec:ignore:aws-dynamodb-enable-recovery #tfsec:ignore:aws-s3-x why\n{UNRECOVERABLE}"
    assert migrated(cli, text) == f"{COMMENT}\n{text}"


def test_a_date_comes_along(cli: Cli) -> None:
    text = f"#trivy:ignore:AVD-AWS-0024:exp:2999-01-01 why\n{UNRECOVERABLE}"
    assert migrated(cli, text) == f"# dynalint: ignore[{NAME}] until=2999-01-01 why\n{UNRECOVERABLE}"


def test_a_comment_for_a_file_becomes_one(cli: Cli) -> None:
    text = f"# kics-scan disable=741f1291-47ac-4a85-a07b-3d32a9d6bd3e\n\n{UNRECOVERABLE}"
    assert migrated(cli, text) == f"# dynalint: file-ignore[{NAME}]\n\n{UNRECOVERABLE}"


def test_comments_that_hide_nothing_here_are_left_alone(cli: Cli) -> None:
    text = f"# checkov:skip=CKV_AWS_28:why\n{TABLE}"
    assert migrated(cli, text) == text


def test_migrating_with_diff_writes_nothing(cli: Cli) -> None:
    text = f"# checkov:skip=CKV_AWS_28:why\n{UNRECOVERABLE}"
    cli.write({"main.tf": text})
    done = cli("migrate-ignores", "--diff")
    assert (text_of(cli), done.stderr) == (text, "would rewrite 1 comment in 1 file\n")
    assert f"+{COMMENT}\n" in done.stdout


@pytest.mark.parametrize("comment", ["# kics-scan ignore-block", "#tfsec:ignore:*"])
def test_a_comment_that_ignores_all_checks_of_its_tool_stays(cli: Cli, comment: str) -> None:
    cli.write({"main.tf": f"{comment}\n{UNRECOVERABLE}"})
    assert cli("migrate-ignores").stderr == "rewrote 1 comment in 1 file\n"
    assert text_of(cli) == f"# dynalint: ignore[{NAME}]\n{comment}\n{UNRECOVERABLE}"
    assert cli("migrate-ignores").stderr == "rewrote 0 comments in 0 files\n"


def test_arguments_that_a_comment_parted_are_aligned_together(cli: Cli) -> None:
    text = UNRECOVERABLE.replace("  hash_key     =", "  #checkov:skip=CKV_AWS_28:why\n  hash_key =")
    assert migrated(cli, text) == f"{COMMENT}\n{UNRECOVERABLE}"
