import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

TABLE = """\
resource "aws_dynamodb_table" "orders" {
  name         = "orders"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  point_in_time_recovery {
    enabled = true
  }

  tags = {
    Owner = "orders"
  }
}
"""
UNRECOVERABLE = TABLE.replace("  point_in_time_recovery {\n    enabled = true\n  }\n\n", "")

OTHERS = ("COLUMNS", "FORCE_COLOR", "NO_COLOR", "CI", "PYTHONDONTWRITEBYTECODE")
"""Variables that change what is written, or how long the start takes."""


class Cli:
    """dynalint as a process of its own, in a directory of its own."""

    def __init__(self, home: Path, cache: Path) -> None:
        self.home = home
        self.environment = {"DYNALINT_CACHE_DIR": str(cache)}

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_text(text)

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "dynalint", *arguments, **environment)

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in OTHERS}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.home,
            env=kept | self.environment | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def cli(tmp_path: Path, shared_cache: Path) -> Cli:
    home = tmp_path / "project"
    home.mkdir()
    return Cli(home, shared_cache)
