"""What a run of a hook imports: a list, since a clock would tell of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import UNRECOVERABLE

HEAVY = (
    *("lark", "hcl2", "yaml", "jsonschema", "pydantic", "junitparser", "regex"),
    *("rich.console", "rich.markdown", "rich.text", "rich.style", "rich.cells", "rich.table", "rich.syntax"),
    *("importlib.metadata", "importlib.resources", "email", "zipfile", "tempfile", "xml", "sqlite3", "unittest"),
    *("asyncio", "multiprocessing", "concurrent", "logging", "socket", "ssl", "http", "urllib.request"),
)
LATE = (
    *("dynalint.syntax.grammar", "dynalint.syntax.parse", "dynalint.syntax.lexer", "dynalint.syntax.build"),
    *("dynalint.fixes", "dynalint.cli.fixing", "dynalint.baseline"),
    *("dynalint.reports.sarif", "dynalint.reports.json_v1", "dynalint.cli.inspect", "dynalint.cli.rules"),
)
"""Parts of dynalint itself that a run needs only where it is asked for what they do."""
JUDGING = ("dynalint.examination", "dynalint.evaluation.root", "dynalint.evaluation.functions")
"""What a run does not need that finds everything as it was."""

PROGRAM = """
import sys
from dynalint.cli import main
try:
    main()
except SystemExit as end:
    print(end.code, *sys.modules, file=sys.stderr)
"""


def imported(directory: Path) -> set[str]:
    """The modules that a run of ``dynalint check`` has imported at its end."""
    environment = os.environ | {"DYNALINT_CACHE_DIR": str(directory / "cache")}
    command = [sys.executable, "-c", PROGRAM, "check", "tree"]
    done = subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
    code, *modules = done.stderr.split()
    assert code == "1", done.stderr
    return set(modules)


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dynalint has been before."""
    directory = tmp_path_factory.mktemp("warm")
    (directory / "tree").mkdir()
    (directory / "tree" / "main.tf").write_text(UNRECOVERABLE)
    assert "dynalint.syntax.parse" in imported(directory)
    return directory


@pytest.fixture(scope="module")
def unchanged(directory: Path) -> set[str]:
    return imported(directory)


@pytest.fixture(scope="module")
def edited(directory: Path, unchanged: set[str]) -> set[str]:  # noqa: ARG001 - the run before the edit
    (directory / "tree" / "main.tf").write_text(f"# edited\n{UNRECOVERABLE}")
    return imported(directory)


def below(modules: set[str], top: str) -> set[str]:
    return {name for name in modules if name == top or name.startswith(f"{top}.")}


@pytest.mark.parametrize("module", [*HEAVY, *LATE, *JUDGING])
def test_a_run_that_finds_nothing_new_does_not_import(module: str, unchanged: set[str]) -> None:
    assert below(unchanged, module) == set()


@pytest.mark.parametrize("module", [*HEAVY, *LATE])
def test_a_run_that_has_seen_the_blocks_before_does_not_import(module: str, edited: set[str]) -> None:
    assert below(edited, module) == set()


def test_a_run_that_has_something_to_judge_imports_what_judges(edited: set[str]) -> None:
    assert below(edited, "dynalint.evaluation.root")
