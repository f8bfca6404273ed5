"""``dynalint inspect``: what dynalint understood."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given

FORMATS = ("text", "json")


def inspect(
    paths: given.Paths = None,
    *,
    format_: Annotated[
        str, typer.Option("--format", metavar="|".join(FORMATS), help="For people or programs.")
    ] = "text",
    show_sensitive: Annotated[bool, typer.Option("--show-sensitive", help="Print sensitive values, too.")] = False,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    color: given.Color = "auto",
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Show what dynalint understood: tables with keys, indexes and settings, policies, outputs, and where values are from."""
