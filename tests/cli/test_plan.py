"""``dynalint check --plan``: the same findings at the same lines as from the source."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

FLEET = Path(__file__).parent.parent / "fixtures" / "plans" / "fleet"


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dynalint", "check", *arguments]
    return subprocess.run(command, capture_output=True, input=stdin, cwd=FLEET, check=False)


def findings(*arguments: str, stdin: bytes = b"") -> list[tuple[Any, ...]]:
    report = json.loads(run(*arguments, "--format", "json", stdin=stdin).stdout)
    return [
        (item["code"], item["severity"], item["path"], item["line"], *item["addresses"]) for item in report["findings"]
    ]


def test_source_and_plan_give_the_same_findings_at_the_same_lines() -> None:
    found = findings(".")
    assert len(found) == 7
    assert findings(".", "--plan", "plan.json") == found


def test_a_plan_is_read_from_standard_input() -> None:
    assert findings(".", "--plan", "-", stdin=(FLEET / "plan.json").read_bytes()) == findings(".")


def test_a_plan_without_its_source_is_judged_by_addresses(tmp_path: Path) -> None:
    (tmp_path / "other.tf").write_text("locals {}\n", encoding="utf-8")
    found = findings(str(tmp_path), "--plan", "plan.json")
    assert ("DYN601", "warning", "plan.json", 1, 'module.table["users"].aws_dynamodb_table.this') in found


def test_a_binary_plan_is_an_error_that_names_the_command(tmp_path: Path) -> None:
    (tmp_path / "plan.bin").write_bytes(b"PK\x03\x04")
    ended = run(".", "--plan", str(tmp_path / "plan.bin"))
    assert ended.returncode == 2
    assert b"terraform show -json" in ended.stderr


def test_a_comment_hides_a_planned_finding(tmp_path: Path) -> None:
    text = (FLEET / "main.tf").read_text(encoding="utf-8")
    marked = text.replace(
        'resource "aws_dynamodb_table" "events"',
        '# dynalint: ignore[DYN201] rebuilt nightly\nresource "aws_dynamodb_table" "events"',
    )
    (tmp_path / "main.tf").write_text(marked, encoding="utf-8")
    (tmp_path / "modules" / "table").mkdir(parents=True)
    (tmp_path / "modules" / "table" / "main.tf").write_bytes((FLEET / "modules" / "table" / "main.tf").read_bytes())
    report = json.loads(run(str(tmp_path), "--plan", "plan.json", "--format", "json").stdout)
    assert [item["code"] for item in report["suppressed"]] == ["DYN201"]
