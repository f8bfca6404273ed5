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
from dynalint.option_types import types_of, wants
from dynalint.packs import load_rules
from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS, Settings, key_of

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
SETTINGS_HEAD = """\
# Settings

Settings stand in `dynalint.toml`, `.dynalint.toml`, or `pyproject.toml` under `[tool.dynalint]`. The file nearest to a
root module holds for it, searched upwards to the top of the repository; files are not merged unless one says `extend`.
The command line wins over all of them. `dynalint config PATH` shows what applies to a path and where each value comes
from, `dynalint config --schema` prints the JSON Schema for editors. An unknown key stops the run.

`extend` goes key by key: a table counts as one value, so that `[severity]` in the nearer file takes the place of the
whole `[severity]` in the farther one. Paths stay relative to the file that they stand in, patterns go by the nearest.

`exclude`, `fail-on`, `baseline` and `foreign-ignores` belong to the run, not to a root: those of the file that holds
for the current directory count.
"""
ENVIRONMENTS = """
## `[environments.NAME]`

Each root is checked once for every environment, and a finding says in which it holds. A root that has none of them
gets a `dynalint.toml` of its own, with `extend` and `environments = {}`.

"""
OPTIONS = """
## `[rules.NAME]`

The rules that have options; `dynalint rule NAME` says what they are for.

| rule | option | takes | default |
|---|---|---|---|
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

| variable of the environment | what it does |
|---|---|
| `DYNALINT_CONFIG` | The settings file, as `--config` names it. |
| `DYNALINT_CACHE_DIR` | Where the cache is; otherwise `dynalint` in `XDG_CACHE_HOME`, or in `~/.cache`. |
| `DYNALINT_DEBUG` | Not empty: where a fault of dynalint's own, or of a rule, comes from. |
| `NO_COLOR`, `FORCE_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR` | Whether there are colours where `--color` leaves it open. |
| `COLUMNS` | How wide lines are, in place of the width of the terminal. |
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
    tables = (_table(SETTINGS_KEYS), ENVIRONMENTS + _table(ENVIRONMENT_KEYS), OPTIONS + "".join(_options()))
    return SETTINGS_HEAD + "\n" + "".join(tables)


def _options() -> Iterator[str]:
    for rule in load_rules(()):
        options: Any = rule.options
        types = types_of(type(options)) if options is not None else {}
        for name, wanted in types.items():
            kind = wants(name, wanted).partition(":")[0]
            yield f"| `{rule.info.name}` | `{key_of(name)}` | {kind} | `{toml(getattr(options, name))}` |\n"


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
