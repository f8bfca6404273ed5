"""``dynalint graph``: tables as diagrams."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.completing import one_of

FORMATS = ("mermaid", "dot", "svg")
Format = Annotated[
    str,
    typer.Option(
        "--format",
        autocompletion=one_of(*FORMATS),
        metavar="|".join(FORMATS),
        help="Markdown with Mermaid, Graphviz, or a picture.",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--table", metavar="ADDRESS", help="Draw only tables whose address fits, as aws_dynamodb_table.shop_*."
    ),
]
Target = Annotated[str, typer.Option("--output", "-o", help="Where to write; - is standard output.", metavar="FILE")]


def graph(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    format_: Format = "mermaid",
    table: Only = None,
    output: Target = "-",
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    plan: given.Plan = None,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Draw each table: keys, indexes and what they hold, stream, expiry, replicas, and who may do what with it."""
    from dynalint.cli import graphing  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--format", format_, FORMATS)
    given.use_cache(wanted=not no_cache)
    inputs = given.inputs_of(var or (), var_file or (), environment=env_vars, plan=plan)
    scan = graphing.discover(paths or ["."], exclude=graphing.from_here(exclude), named=var_file or ())
    graphing.write(graphing.drawings(scan, inputs, table or ()), format_, output)
