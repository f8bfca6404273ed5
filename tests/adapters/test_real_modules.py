"""A stand-in gives what the module gives that it stands for: ``expected.json`` was recorded with the real one in place.

Rules whose file has changed since are left out: what they say follows from the resources, which are compared in full.
Recording needs clones of the modules' repositories: see ``tests/oracle/record_adapters.py``.
"""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.oracle.adapters import observed

CASES = sorted(path.parent for path in (Path(__file__).parents[1] / "fixtures" / "adapters").glob("*/*/expected.json"))


@pytest.fixture(params=CASES, ids=[f"{case.parent.name}/{case.name}" for case in CASES])
def pair(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was recorded with the real modules, and what dynalint says without any."""
    root = tmp_path / "case"
    shutil.copytree(request.param, root, ignore=shutil.ignore_patterns("expected.json"))
    expected = json.loads((request.param / "expected.json").read_text(encoding="utf-8"))
    return expected, json.loads(json.dumps(observed(root)))


def test_without_the_module_dynalint_says_the_same(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    expected, seen = pair
    same = {code for code, digest in expected["rules"].items() if seen["rules"].get(code) == digest}
    for aspect, code in (("findings", "code"), ("undecided", 0), ("suppressed", 0)):
        assert [item for item in seen[aspect] if item[code] in same] == [
            item for item in expected[aspect] if item[code] in same
        ]
    for aspect in ("faults", "outputs", "resources"):
        assert seen[aspect] == expected[aspect]
