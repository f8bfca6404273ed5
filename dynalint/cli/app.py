"""The typer app: which commands there are. Each lives in its own file and imports what it needs when it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from dynalint.cli.command import PlainCommand, PlainGroup

COMMANDS = (
    "check",
    "diff",
    "inspect",
    "graph",
    "report",
    "console",
    "rules",
    "rule",
    "config",
    "clean",
    "baseline",
    "migrate-ignores",
    "init",
    "completion",
)
"""The commands, in the order of ``--help``. Each is a function, or a group of commands, in a module of its name."""


def app_for(words: Sequence[str]) -> typer.Typer:
    """The app as far as a command line needs it: typer takes as long to make every command as a small check takes."""
    app = typer.Typer(
        name="dynalint",
        cls=PlainGroup,
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(dynalint)
    if "_DYNALINT_COMPLETE" in os.environ:
        from dynalint.cli.completion import answer  # noqa: PLC0415 - only for a shell that asks

        answer()
    for name in words[:1] if words and words[0] in COMMANDS else COMMANDS:
        module = name.replace("-", "_")
        command = getattr(import_module(f"dynalint.cli.{module}"), module)
        if isinstance(command, typer.Typer):
            app.add_typer(command)
        else:
            app.command(cls=PlainCommand)(command)
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        from dynalint.installed import version  # noqa: PLC0415 - only for --version

        typer.echo(f"dynalint {version('dynalint')}")
        raise typer.Exit


def dynalint(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Check the DynamoDB in Terraform: evaluates like plan, never guesses, blames the line that decides."""
