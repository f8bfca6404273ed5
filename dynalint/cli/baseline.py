"""``dynalint baseline``: accept what is found today, so that only what is new fails."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.command import PlainCommand, PlainGroup

baseline = typer.Typer(
    name="baseline",
    cls=PlainGroup,
    no_args_is_help=True,
    help="Accept what is found today, so that only what is new fails.",
)

File = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        help="The file; by default that of the settings, else dynalint-baseline.json.",
        metavar="FILE",
        show_default=False,
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Accept more than the file accepts now.")]


def create(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    baseline: File = None,
    force: Force = False,
    select: given.Select = None,
    ignore: given.Ignore = None,
    extend_select: given.ExtendSelect = None,
    extend_ignore: given.ExtendIgnore = None,
    rules: given.RuleDirectories = None,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Write down what is found. A file that is there may get smaller; to let it grow takes --force."""
    wishes = locals()
    from dynalint.cli import accepting  # noqa: PLC0415 - not loaded for --help

    raise typer.Exit(accepting.create(accepting.wishes_of(wishes), force=force))


def update(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    baseline: File = None,
    rules: given.RuleDirectories = None,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Take out what is not found any more, and follow moved blocks. Nothing is ever added."""
    wishes = locals()
    from dynalint.cli import accepting  # noqa: PLC0415 - not loaded for --help

    raise typer.Exit(accepting.update(accepting.wishes_of(wishes)))


def show(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    baseline: File = None,
    rules: given.RuleDirectories = None,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """List what is accepted, and what of it is out of date."""
    wishes = locals()
    from dynalint.cli import accepting  # noqa: PLC0415 - not loaded for --help

    raise typer.Exit(accepting.show(accepting.wishes_of(wishes)))


for command in (create, update, show):
    baseline.command(cls=PlainCommand)(command)
