"""``dynalint inspect``: what dynalint understood."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.completing import one_of
from dynalint.errors import UsageError

FORMATS = ("text", "json")


def inspect(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    format_: Annotated[
        str,
        typer.Option(
            "--format", autocompletion=one_of(*FORMATS), metavar="|".join(FORMATS), help="For people or programs."
        ),
    ] = "text",
    show_sensitive: Annotated[bool, typer.Option("--show-sensitive", help="Print sensitive values, too.")] = False,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    color: given.Color = "auto",
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Show what dynalint understood: tables, indexes, policies, outputs, and where each value comes from."""
    from dynalint.cli import inspecting  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--format", format_, FORMATS)
    given.one_of("--color", color, given.COLORS)
    given.use_cache(wanted=not no_cache)
    inputs = given.inputs_of(var or (), var_file or (), environment=env_vars, everything=True)
    scan = inspecting.discover(paths or ["."], exclude=inspecting.from_here(exclude), named=var_file or ())
    if scan.empty:
        raise UsageError("nothing to inspect: no Terraform files there")
    if format_ == "json":
        text = inspecting.as_json(scan, inputs, show_sensitive=show_sensitive)
    else:
        text = inspecting.as_text(scan, inputs, show_sensitive=show_sensitive, color=color)
    inspecting.to_standard_output(text)
