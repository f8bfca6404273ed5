"""Run the real terraform on a copy of a case, offline as far as AWS is concerned.

A case is a directory with a configuration and, where it needs more, a ``case.json``:

====================  ========================================================================================
``title``             what the case shows
``args``              further arguments of ``terraform plan`` (``["-var", "name=x"]``)
``env``               further environment (``{"TF_VAR_name": "x"}``)
``rename``            directories to rename before the run (``{"dot_terraform": ".terraform"}``)
``configuration``     directory of the configuration, relative to the case, if it is not the case itself; it is
                      run with the case's files beside it
``root``              the directory to run in, relative to the configuration
``refused_by``        who refuses the case where that cannot be told from the message (``provider``)
``authored_unknown``  arguments that are unknown because what the author wrote is; in a plan they look like those that
                      the author left out and the provider computes (``["aws_dynamodb_table.t.ttl"]``)
====================  ========================================================================================
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from tests.oracle import expectation

Json = Any

PROVIDER_VERSION = "5.100.0"
PIN = f"""terraform {{
  required_providers {{
    aws = {{
      source  = "hashicorp/aws"
      version = "{PROVIDER_VERSION}"
    }}
  }}
}}
"""
OFFLINE = """provider "aws" {
  region                      = "us-east-1"
  access_key                  = "x"
  secret_key                  = "y"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
}
"""
OFFLINE_MARK = "skip_credentials_validation"


class TerraformError(Exception):
    """Terraform failed for a reason that has nothing to do with the case."""


@cache
def unavailable() -> str:
    """Why terraform cannot be asked here: not installed, or no provider to be had. Empty where it can."""
    if shutil.which("terraform") is None:
        return "terraform is not installed"
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place:
        (Path(place) / "main.tf").write_text(PIN, encoding="utf-8")
        done = _run(Path(place), _environment(Path(place)), "init", "-input=false")
    return "" if done.returncode == 0 else f"terraform cannot get version {PROVIDER_VERSION} of the AWS provider here"


def case_settings(case: Path) -> Mapping[str, Json]:
    """The settings of a case, empty where it has none."""
    file = case / "case.json"
    settings: Mapping[str, Json] = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return settings


def expected_of(case: Path) -> dict[str, Json]:
    """What terraform makes of a case: its plan, or the errors it ends with."""
    settings = case_settings(case)
    with workspace(case, settings) as (directory, environment):
        answer = plan(directory, environment, settings.get("args", ()))
    text = json.dumps(answer).replace(json.dumps(str(directory))[1:-1], "${CASE_DIR}")
    answer = json.loads(text)
    if "error" in answer and "refused_by" in settings:
        answer["error_kind"] = settings["refused_by"]
    if "authored_unknown" in settings:
        answer["authored_unknown"] = settings["authored_unknown"]
    return {name: answer[name] for name in sorted(answer)}


@contextmanager
def workspace(case: Path, settings: Mapping[str, Json]) -> Iterator[tuple[Path, dict[str, str]]]:
    """A copy of the case ready for terraform: the directory to run it in and the environment to run it with."""
    with tempfile.TemporaryDirectory(prefix="dynalint-oracle-") as place:
        top = Path(place).resolve()
        directory = copied(case, settings, top / "case")
        _make_offline(directory)
        yield directory, {**_environment(top), **settings.get("env", {})}


def copied(case: Path, settings: Mapping[str, Json], target: Path) -> Path:
    """Copy the configuration of a case to ``target``; returns the root module in there."""
    if "configuration" in settings:
        shutil.copytree(case / settings["configuration"], target)
    shutil.copytree(case, target, ignore=shutil.ignore_patterns("case.json", "expected.json"), dirs_exist_ok=True)
    for old, new in settings.get("rename", {}).items():
        (target / old).rename(target / new)
    return target / str(settings.get("root", "."))


def _make_offline(directory: Path) -> None:
    """Pin the provider and keep it from asking AWS who it is; a case that configures this itself is left alone."""
    sources = [file.read_bytes().decode(errors="replace") for file in directory.iterdir() if ".tf" in file.suffixes]
    (directory / "zz_oracle_override.tf").write_text(PIN, encoding="utf-8")
    if any(OFFLINE_MARK in source for source in sources):
        return
    has_provider = any(re.search(r'^provider\s+"?aws', source, re.MULTILINE) for source in sources)
    name = "zz_oracle_provider_override.tf" if has_provider else "zz_oracle_provider.tf"
    (directory / name).write_text(OFFLINE, encoding="utf-8")


def _environment(place: Path) -> dict[str, str]:
    """The caller's environment without what would decide anything in a case.

    ``TERRAFORM_PLUGIN_MIRROR`` names a directory with the providers; otherwise the caller's own CLI configuration says
    where they come from.
    """
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TF_VAR_", "TF_CLI_ARGS", "AWS_"))
    }
    kept |= {"CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "AWS_EC2_METADATA_DISABLED": "true"}
    if mirror := os.environ.get("TERRAFORM_PLUGIN_MIRROR"):
        configuration = place / "terraform.rc"
        configuration.write_text(
            f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(mirror)}\n  }}\n}}\n",
            encoding="utf-8",
        )
        kept["TF_CLI_CONFIG_FILE"] = str(configuration)
    return kept


def plan(directory: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> dict[str, Json]:
    """What terraform plans in a directory, or the errors it ends with."""
    for command in (
        ("init", "-json", "-input=false", "-backend=false"),
        ("plan", "-json", "-input=false", "-refresh=false", "-out=plan.bin", *arguments),
    ):
        done = _run(directory, environment, *command)
        if done.returncode:
            return expectation.of_diagnostics(list(_diagnostics(done)))
    shown = _run(directory, environment, "show", "-json", "plan.bin")
    return expectation.of_plan(json.loads(shown.stdout))


def _run(directory: Path, environment: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["terraform", *command], cwd=directory, env=environment, capture_output=True, text=True, check=False
    )


def _diagnostics(done: subprocess.CompletedProcess[str]) -> Iterator[Mapping[str, Json]]:
    """The errors in a stream of JSON lines. Raises TerraformError where there is none: the case is not to blame."""
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    found = [line["diagnostic"] for line in lines if "diagnostic" in line and line["diagnostic"]["severity"] == "error"]
    if not found:
        raise TerraformError(done.stdout + done.stderr)
    if any("Failed to query available provider packages" in item["summary"] for item in found):
        raise TerraformError(found[0]["detail"])
    yield from found
