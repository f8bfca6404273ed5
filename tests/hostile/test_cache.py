"""The cache may be missing, full, broken, somebody else's or shared: it costs speed, and never an answer."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.command_line import UNRECOVERABLE, Cli


def test_two_runs_at_once_share_a_cache(cli: Cli, tmp_path: Path) -> None:
    cli.write({f"m{n}/main.tf": UNRECOVERABLE for n in range(40)})
    environment = os.environ | {"DYNALINT_CACHE_DIR": str(tmp_path / "cache")}
    command = [sys.executable, "-m", "dynalint", "check", "-o", "json"]
    start: Callable[[], subprocess.Popen[str]] = lambda: subprocess.Popen(  # noqa: E731 - used once a line
        command, cwd=cli.home, env=environment, stdout=subprocess.PIPE, text=True
    )
    runs = [start() for _ in range(3)]
    outputs = {run.communicate(timeout=60)[0] for run in runs}
    assert [run.returncode for run in runs] == [1, 1, 1]
    assert len(outputs) == 1
    assert {path.suffix for path in (tmp_path / "cache").iterdir()} == {".json"}
