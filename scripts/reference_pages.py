"""Write the references of settings, command line and rule API from the code: ``python scripts/reference_pages.py``."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import rule_api  # type: ignore[import-not-found]  # beside this script
from typer.core import TyperArgument, TyperGroup
from typer.main import get_command

from dynalint.cli.app import app_for
from dynalint.cli.settings_text import toml
from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS, Settings

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
SETTINGS_HEAD = """\
# Settings

Settings stand in `dynalint.toml`, `.dynalint.toml`, or `pyproject.toml` under `[tool.dynalint]`. The file nearest to a
root module holds for it, searched upwards to the top of the repository; files are not merged unless one says `extend`.
The command line wins over all of them. `dynalint config PATH` shows what applies to a path and where each value comes
from, `dynalint config --schema` prints the JSON Schema for editors. An unknown key stops the run.
"""
MARKUP = re.compile(r"[|\[*]")
KINDS = {
    "text": "text",
    "flag": "true or false",
    "names": "list of texts",
    "texts": "table of values",
    "choices": "table: rule = severity",
    "tables": "table for each rule",
    "lists": "table: pattern = list of rules",
    "environments": "table for each environment",
}
COMMANDS_HEAD = """\
# Command line

Every command has `--help`. Results go to standard output, everything else to standard error.

| exit code of `check` | meaning |
|---|---|
| 0 | nothing found at or above `--fail-on` |
| 1 | findings; a file that cannot be read is one |
| 2 | wrong usage, a rule pack that does not load, or a fault of dynalint's own |
| 3 | there was nothing to check |
"""


def main() -> int:
    """Write all pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


def pages() -> dict[str, str]:
    """The text of each file in the folder."""
    return {"settings.md": _settings(), "command-line.md": "\n".join(_commands()), "rule-api.md": rule_api.page()}


# --- settings ---------------------------------------------------------------------------------------------------------


def _settings() -> str:
    environment = "\n## `[environments.NAME]`\n\nEach root is checked once for every environment.\n\n"
    return SETTINGS_HEAD + "\n" + _table(SETTINGS_KEYS) + environment + _table(ENVIRONMENT_KEYS)


def _table(keys: Mapping[str, Any]) -> str:
    rows = (
        f"| `{name}` | {_kind(item.metadata)} | {_default(name)} | {_cell(item.metadata['help'])} |"
        for name, item in keys.items()
    )
    return "\n".join(("| key | takes | default | what it does |", "|---|---|---|---|", *rows, ""))


def _kind(metadata: Mapping[str, Any]) -> str:
    if metadata["kind"] == "choice":
        return ", ".join(f"`{word}`" for word in metadata["choices"])
    return KINDS[metadata["kind"]]


def _default(name: str) -> str:
    value = getattr(Settings(), name.replace("-", "_"), None)
    return f"`{toml(value)}`" if value or value is False else ""


def _cell(text: str) -> str:
    """Text in a cell: nothing in it is markup."""
    return MARKUP.sub(r"\\\g<0>", text)


# --- commands ---------------------------------------------------------------------------------------------------------


def _commands() -> Iterator[str]:
    yield COMMANDS_HEAD
    root = get_command(app_for(()))
    assert isinstance(root, TyperGroup)
    yield from _group(root, "dynalint")


def _group(group: TyperGroup, name: str) -> Iterator[str]:
    for command in group.commands.values():
        title = f"{name} {command.name}"
        if isinstance(command, TyperGroup):
            yield from _group(command, title)
        else:
            yield f"## {title}\n\n{_help(command)}\n"
            yield _parameters(command.params)


def _help(command: Any) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def _parameters(parameters: Iterable[Any]) -> str:
    panels: dict[str, list[Any]] = {}
    for item in parameters:
        if item.name != "help":
            panels.setdefault(_panel(item), []).append(item)
    lines = ["| option | what it does |", "|---|---|"]
    for panel, items in panels.items():
        if panel:
            lines.append(f"| **{panel}** | |")
        lines += [f"| {_names(item)} | {_cell(getattr(item, 'help', None) or '')} |" for item in items]
    return "\n".join(lines) + "\n"


def _panel(parameter: Any) -> str:
    return str(getattr(parameter, "rich_help_panel", None) or "")


def _names(parameter: Any) -> str:
    metavar = parameter.metavar or ""
    if isinstance(parameter, TyperArgument):
        return f"`{metavar or str(parameter.name).upper()}`"
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    shown = metavar.replace("|", r"\|")
    return f"{names} `{shown}`" if metavar else names


if __name__ == "__main__":
    sys.exit(main())
