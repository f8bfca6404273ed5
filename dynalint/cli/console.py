"""``dynalint console``: single expressions."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.completing import one_of

FORMATS = ("text", "jsonl")


def console(
    path: Annotated[str, typer.Argument(help="The directory of a root module.")] = ".",
    *,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            autocompletion=one_of(*FORMATS),
            metavar="|".join(FORMATS),
            help="For people, or JSON in and JSON out.",
        ),
    ] = "text",
    show_sensitive: Annotated[bool, typer.Option("--show-sensitive", help="Print sensitive values, too.")] = False,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    no_cache: given.NoCache = False,
) -> None:
    """Evaluate expressions, one a line, in the scope of a root module: terraform console that needs nothing.

    With --format jsonl each line in is a JSON string, the expression, and each line out an object with its value or
    error.
    """
    from dynalint.cli import consoling  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--format", format_, FORMATS)
    given.use_cache(wanted=not no_cache)
    inputs = given.inputs_of(var or (), var_file or (), environment=env_vars)
    session = consoling.session(path, inputs, named=var_file or (), show_sensitive=show_sensitive)
    if format_ == "jsonl":
        session.answer_json()
    elif consoling.at_a_terminal():
        session.talk()
    elif not session.answer_text():
        raise typer.Exit(1)
