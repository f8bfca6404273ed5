"""How the house is built: which way imports run, where third-party libraries get in, what is shipped."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
MODULES = sorted(
    path.relative_to(CHECKOUT) for name in ("dynalint", "rules") for path in (CHECKOUT / name).rglob("*.py")
)

MAY_IMPORT = {
    "syntax": set(),
    "project": {"syntax"},
    "evaluation": {"syntax", "project", "errors"},
    "findings": {"syntax"},
    "dynamodb": {"syntax", "evaluation", "findings"},
    "rule": {"syntax", "evaluation", "findings", "option_types"},
    "identity": {"findings"},
    "reports": {"syntax", "findings", "identity"},
}
"""What the layers know of each other, themselves aside; the rest is what ties them together."""

FOR_ALL = {"records", "installed", "regular", "store", "wildcards"}
"""What no layer owns."""

DOORS = {
    "hcl2": "dynalint/syntax/grammar.py",
    "lark": "dynalint/syntax/grammar.py",
    "yaml": "dynalint/evaluation/functions/",
    "rich": "dynalint/reports/",
    "typer": "dynalint/cli/",
    "junitparser": "dynalint/reports/junit.py",
}
FORBIDDEN = {"socket", "ssl", "http", "urllib.request", "asyncio", "ftplib", "smtplib", "pickle", "marshal"}
"""dynalint opens no connection, and loads nothing that could run."""


def imports_of(module: Path) -> Iterator[str]:
    """The absolute names a module imports."""
    for node in ast.walk(ast.parse((CHECKOUT / module).read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module="dynalint", names=names, level=0):
                yield from (f"dynalint.{alias.name}" for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield name


def layer_of(name: str) -> str:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 else ""


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_knows_only_those_before_it(layer: str) -> None:
    own = [module for module in MODULES if module.parts[0] == "dynalint" and module.parts[1].split(".")[0] == layer]
    imported = {layer_of(name) for module in own for name in imports_of(module) if name.split(".")[0] == "dynalint"}
    assert own
    assert imported - FOR_ALL - {layer} <= MAY_IMPORT[layer]


def test_only_commands_know_commands_and_reports() -> None:
    tied = ("dynalint/cli/", "dynalint/reports/", "dynalint/__main__.py")
    others = [module for module in MODULES if not module.as_posix().startswith(tied)]
    imported = [(str(module), layer_of(name)) for module in others for name in imports_of(module)]
    assert [pair for pair in imported if pair[1] in {"cli", "reports"}] == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_one_door(library: str) -> None:
    users = [module.as_posix() for module in MODULES if library in {name.split(".")[0] for name in imports_of(module)}]
    assert users
    assert [user for user in users if not user.startswith(DOORS[library])] == []


def test_nothing_can_reach_the_network_or_load_code_from_data() -> None:
    imported = [(str(module), name) for module in MODULES for name in imports_of(module)]
    assert [pair for pair in imported if pair[1] in FORBIDDEN or pair[1].split(".")[0] in FORBIDDEN] == []


def test_records_are_made_in_one_way() -> None:
    """The standard decorator compiles seven methods for a class that a run may never use."""
    users = {module.as_posix() for module in MODULES if "dataclass" in taken_from(module, "dataclasses")}
    assert {user for user in users if not user.startswith("rules/")} == {"dynalint/records.py"}


def taken_from(module: Path, library: str) -> set[str]:
    tree = ast.parse((CHECKOUT / module).read_text(encoding="utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == library]
    return {alias.name for node in taken for alias in node.names}


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Before 3.11.5 Python errs on ``(?:…)*+`` (python/cpython#106052); ``(?>(?:…)*)`` says the same and works."""
    found = [(str(module), line) for module in MODULES for line in possessive_groups(module)]
    assert found == []


def possessive_groups(module: Path) -> list[int]:
    lines = (CHECKOUT / module).read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if re.search(r"(?<!\\)\)[*+?]\+", line) and "(?:" in line]


def test_every_package_is_shipped() -> None:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    installed = {"dynalint": "dynalint", "rules": "dynalint_rules"}
    there = {".".join((installed[module.parts[0]], *module.parent.parts[1:])) for module in MODULES}
    assert set(settings["packages"]) == there | {"dynalint.reference"}  # Terraform, for `dynalint init --module`


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_function_is_longer_than_a_screen(module: Path) -> None:
    tree = ast.parse((CHECKOUT / module).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 60] == []
