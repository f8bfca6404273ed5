"""dynalint on the command line, for tests."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from dynalint import store
from dynalint.cli import main

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

  deletion_protection_enabled = true

  tags = {
    Owner = "orders"
  }
}
"""
UNRECOVERABLE = TABLE.replace("  point_in_time_recovery {\n    enabled = true\n  }\n\n", "")

Done = subprocess.CompletedProcess[str]

SETTINGS = ("COLUMNS", "FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "CI", "DYNALINT_DEBUG", "PYTHONDONTWRITEBYTECODE")
"""Variables of whoever runs the tests that would change what dynalint writes, or how long it takes to start."""


class Cli:
    """dynalint in a directory of its own: called, or as a process of its own where that makes a difference."""

    def __init__(self, home: Path, cache: Path, patch: pytest.MonkeyPatch) -> None:
        self.home = home
        self._patch = patch
        self._environment = {"DYNALINT_CACHE_DIR": str(cache)}

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self.home / name).parent.mkdir(parents=True, exist_ok=True)
            (self.home / name).write_text(text)

    def __call__(self, *arguments: str, **environment: str) -> Done:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
        with self._patch.context() as patch:
            for name in SETTINGS:
                patch.delenv(name, raising=False)
            for name, value in (self._environment | environment).items():
                patch.setenv(name, value)
            patch.chdir(self.home)
            patch.setattr(sys, "argv", ["dynalint", *arguments])
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            patch.setattr(store, "_enabled", True)  # --no-cache holds for the rest of a process
            store.folder.cache_clear()
            with pytest.raises(SystemExit) as end:
                main()
        texts = [stream.buffer.getvalue().decode() for stream in (out, err) if isinstance(stream.buffer, io.BytesIO)]
        return subprocess.CompletedProcess(arguments, int(end.value.code or 0), *texts)

    def process(self, *arguments: str, **environment: str) -> Done:
        """The same as a process."""
        return self.python("-m", "dynalint", *arguments, **environment)

    def python(self, *arguments: str, **environment: str) -> Done:
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.home,
            env=kept | self._environment | environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
