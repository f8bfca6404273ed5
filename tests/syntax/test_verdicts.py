"""What Terraform accepts and refuses, and whether dynalint does the same.

The verdicts in ``fixtures/syntax/verdicts.json`` are ``terraform fmt``'s, or ``validate``'s where fmt does not look.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from dynalint.syntax import SyntaxFault
from dynalint.syntax.parse import parse_body
from dynalint.syntax.source import Source

VERDICTS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "syntax" / "verdicts.json").read_text()
)


def refusal(text: str) -> SyntaxFault | None:
    data = text.encode()
    try:
        parse_body(Source("/x.tf", data), 3 if data.startswith(b"\xef\xbb\xbf") else 0, len(data))
    except SyntaxFault as fault:
        return fault
    return None


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: repr(verdict["text"])[:60])
def test_text_is_accepted_or_refused_as_terraform_does(verdict: dict[str, Any]) -> None:
    fault = refusal(verdict["text"])
    assert (fault is None) == verdict["accepted"]
    if fault is not None:
        assert fault.message
        assert 0 <= fault.span.start <= fault.span.end <= len(verdict["text"].encode())


def terraform(directory: Path, *arguments: str) -> str:
    """What terraform says is wrong with a directory."""
    command = ["terraform", f"-chdir={directory}", *arguments, "-no-color"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stderr


def files_with_faults(directory: Path) -> set[str]:
    """Names, without ending, of the files of a directory that ``terraform fmt`` cannot read."""
    return set(re.findall(r"on (\w+)\.tf line", terraform(directory, "fmt", "-write=false", "-list=false")))


@pytest.mark.terraform
def test_terraform_still_gives_these_verdicts(tmp_path: Path) -> None:
    by_fmt = {f"v{at}": verdict for at, verdict in enumerate(VERDICTS) if "by" not in verdict}
    for name, verdict in by_fmt.items():
        (tmp_path / f"{name}.tf").write_bytes(verdict["text"].encode())
    assert files_with_faults(tmp_path) == {name for name, verdict in by_fmt.items() if not verdict["accepted"]}


@pytest.mark.terraform
def test_terraform_still_refuses_what_only_validate_sees(tmp_path: Path) -> None:
    for verdict in VERDICTS:
        if verdict.get("by") == "validate":
            (tmp_path / "main.tf").write_text(f"locals {{\n{verdict['text']}}}\n")
            assert "Error:" in terraform(tmp_path, "validate"), verdict["text"]
