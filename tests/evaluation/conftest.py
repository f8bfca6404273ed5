"""A root module from text, evaluated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from dynalint.discovery import discover
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import RootModule
from dynalint.evaluation.root import evaluate_root

Evaluate = Callable[..., RootModule]


@pytest.fixture
def evaluate(tmp_path: Path) -> Evaluate:
    """Write files and evaluate the root module they make: ``evaluate({"main.tf": …}, Inputs(…))``."""

    def run(files: dict[str, str] | str, inputs: Inputs | None = None) -> RootModule:
        for name, text in ({"main.tf": files} if isinstance(files, str) else files).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(dedent(text), encoding="utf-8")
        return evaluate_root(str(tmp_path), discover([str(tmp_path)]).project, inputs or Inputs())

    return run
