"""The script that makes the data file of actions."""

from __future__ import annotations

import json
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent.parent
SAVED = {
    "Name": "dynamodb",
    "Actions": [
        {
            "Name": "Scan",
            "ActionConditionKeys": ["dynamodb:Select", "dynamodb:Attributes"],
            "Annotations": {"Properties": {"IsList": False, "IsWrite": False}},
            "Resources": [{"Name": "table"}, {"Name": "index"}],
        },
        {"Name": "ListTables", "Annotations": {"Properties": {"IsList": True}}},
        {
            "Name": "PutResourcePolicy",
            "Annotations": {"Properties": {"IsPermissionManagement": True, "IsWrite": True}},
            "Resources": [{"Name": "table"}],
        },
    ],
}


@pytest.fixture
def script() -> ModuleType:
    spec = spec_from_file_location("iam_actions", ROOT / "scripts" / "iam_actions.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_saved_file_becomes_rows(script: ModuleType) -> None:
    assert script.actions_of(SAVED) == {
        "ListTables": {"access": "List", "resources": [], "conditions": []},
        "PutResourcePolicy": {"access": "Permissions management", "resources": ["table"], "conditions": []},
        "Scan": {
            "access": "Read",
            "resources": ["index", "table"],
            "conditions": ["dynamodb:Attributes", "dynamodb:Select"],
        },
    }


def test_the_data_file_is_as_the_script_writes_it(script: ModuleType) -> None:
    text = script.TARGET.read_text(encoding="utf-8")
    assert script.text_of(json.loads(text)) == text
