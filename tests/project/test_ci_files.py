"""What other repositories wire in: the action, the template for GitLab, and what they install."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from dynalint.reports import FORMATS
from tests.command_line import TABLE, UNRECOVERABLE

CHECKOUT = Path(__file__).resolve().parent.parent.parent
ACTION: dict[str, Any] = yaml.safe_load((CHECKOUT / "action.yml").read_text())
GITLAB: dict[str, Any] = yaml.safe_load((CHECKOUT / "ci/gitlab-dynalint.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}


def runs(tmp_path: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, as a runner would run it."""
    scripts = tmp_path / "temp/dynalint/bin"
    scripts.mkdir(parents=True)
    (scripts / "dynalint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dynalint "$@"\n')
    (scripts / "dynalint").chmod(0o755)
    given = {f"INPUT_{name.upper().replace('-', '_')}": item["default"] for name, item in ACTION["inputs"].items()}
    given |= {f"INPUT_{name.upper()}": value for name, value in inputs.items()}
    files = {name: str(tmp_path / name) for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    environment = os.environ | given | files | {"RUNNER_TEMP": str(tmp_path / "temp")}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS["Check"]["run"]]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_the_action_annotates_sums_up_and_writes_sarif(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(UNRECOVERABLE)
    done = runs(tmp_path)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=")
    assert (tmp_path / "GITHUB_STEP_SUMMARY").read_text().startswith("### ❌ dynalint: 1 error")
    sarif = (tmp_path / "GITHUB_OUTPUT").read_text().strip().removeprefix("sarif=")
    assert len(json.loads(Path(sarif).read_text())["runs"][0]["results"]) == 1


def test_inputs_are_arguments_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a b").mkdir()
    (tmp_path / "a b/main.tf").write_text(UNRECOVERABLE)
    done = runs(tmp_path, paths="a b\n", arguments="--select=DYN2\n--quiet", fail_on="never")
    assert done.returncode == 0, done.stderr
    done = runs(tmp_path / "a b", paths='$(touch pwned)\n"; touch pwned; "')
    assert done.returncode == 2
    assert not [*tmp_path.rglob("pwned")]


def test_wrong_usage_uploads_nothing(tmp_path: Path) -> None:
    assert runs(tmp_path, paths="nowhere").returncode == 2
    assert not (tmp_path / "GITHUB_OUTPUT").exists()


@pytest.mark.parametrize("name", STEPS)
def test_no_script_of_the_action_has_an_expression_in_it(name: str) -> None:
    assert "${{" not in STEPS[name].get("run", "")


def test_actions_are_pinned_to_commits() -> None:
    used = [step["uses"] for step in STEPS.values() if "uses" in step]
    assert used
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) for name in used)


def test_every_pin_has_a_hash_and_every_dependency_a_pin() -> None:
    text = (CHECKOUT / "ci/requirements.txt").read_text()
    pins = {
        found[1]: found[2] for found in re.finditer(r"^([\w.-]+)==\S+(.*?)(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    }
    assert all("--hash=sha256:" in hashes for hashes in pins.values())
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    needed = {re.split(r"[<>=~!]", item)[0].lower() for item in project["dependencies"]}
    assert needed | {"setuptools"} <= {name.lower() for name in pins}


def test_gitlab_is_given_reports_that_are_written() -> None:
    job = GITLAB["dynalint"]
    (script,) = job["script"]
    outputs = dict(word.split("=", 1) for word in script.split() if "=" in word)
    assert set(job["artifacts"]["reports"].values()) == set(outputs.values())
    assert set(outputs) <= set(FORMATS)


@pytest.mark.parametrize(("variables", "code"), [({}, 0), ({"DYNALINT_FAIL_ON": "warning"}, 1)])
def test_gitlab_leaves_to_the_settings_what_no_variable_sets(
    tmp_path: Path, variables: dict[str, str], code: int
) -> None:
    (tmp_path / "dynalint.toml").write_text('fail-on = "error"\n')
    (tmp_path / "main.tf").write_text(TABLE.replace("deletion_protection_enabled = true", ""))
    (tmp_path / "dynalint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dynalint "$@"\n')
    (tmp_path / "dynalint").chmod(0o755)
    job = GITLAB["dynalint"]
    environment = os.environ | job["variables"] | variables | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-ec", *job["script"]], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert done.returncode == code
