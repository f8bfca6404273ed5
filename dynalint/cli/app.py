"""The typer app: which commands there are. Each lives in its own file and imports what it needs when it runs."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli.baseline import baseline
from dynalint.cli.check import check
from dynalint.cli.command import PlainCommand, PlainGroup
from dynalint.cli.config import config
from dynalint.cli.console import console
from dynalint.cli.diff import diff
from dynalint.cli.graph import graph
from dynalint.cli.inspect import inspect
from dynalint.cli.report import report
from dynalint.cli.rule import rule
from dynalint.cli.rules import rules

app = typer.Typer(
    name="dynalint",
    cls=PlainGroup,
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from dynalint.installed import version  # noqa: PLC0415 - only for --version

        typer.echo(f"dynalint {version('dynalint')}")
        raise typer.Exit


@app.callback()
def dynalint(
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Check the DynamoDB in Terraform: evaluates like plan, never guesses, blames the line that decides."""


for command in (check, diff, inspect, graph, report, console, rules, rule, config):
    app.command(cls=PlainCommand)(command)
app.add_typer(baseline)
