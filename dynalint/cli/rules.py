"""``dynalint rules``: which rules there are."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.completing import one_of

FORMATS = ("table", "json", "markdown")


def rules(
    rules: given.RuleDirectories = None,
    *,
    format_: Annotated[
        str,
        typer.Option("--format", autocompletion=one_of(*FORMATS), metavar="|".join(FORMATS), help="How to list them."),
    ] = "table",
    color: given.Color = "auto",
) -> None:
    """List the rules: code, name, severity and summary of each."""
    from dynalint.cli import listing  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--format", format_, FORMATS)
    given.one_of("--color", color, given.COLORS)
    infos = listing.infos_of(listing.load_rules(rules or ()))
    match format_:
        case "json":
            text = listing.as_json(infos)
        case "markdown":
            text = listing.markdown(infos)
        case _:
            text = listing.table(infos, **listing.terminal(color))
    listing.to_standard_output(text)
