"""``dynalint rule``: the page of one rule."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import completing
from dynalint.cli import options as given
from dynalint.errors import UsageError


def rule(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME_OR_CODE", help="As `dynalint rules` lists them.", autocompletion=completing.rule),
    ],
    rules: given.RuleDirectories = None,
    *,
    color: given.Color = "auto",
) -> None:
    """Show the page of a rule: why it matters, examples, how to fix what it finds."""
    from dynalint.cli import listing  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--color", color, given.COLORS)
    infos = listing.infos_of(listing.load_rules(rules or ()))
    found = listing.find_rule(name, infos)
    if found is None:
        raise UsageError(listing.unknown_rule(name, infos))
    listing.to_standard_output(listing.rule_page(found, **listing.terminal(color)))
