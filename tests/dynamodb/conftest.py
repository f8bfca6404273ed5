"""Models of configurations written as text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dynalint.dynamodb.model import Model, build_model
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.root import evaluate_root
from dynalint.project import Project

ModelOf = Callable[..., Model]


@pytest.fixture
def model_of(tmp_path: Path) -> ModelOf:
    """The model of a root module whose ``main.tf`` has this text; ``files`` are more files, by name."""

    def build(text: str, files: dict[str, str] | None = None) -> Model:
        for name, content in {"main.tf": text, **(files or {})}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return build_model(evaluate_root(str(tmp_path), Project(str(tmp_path)), Inputs()))

    return build
