"""``dynalint init``: settings, a hook and a workflow for a repository, or the reference module."""

from __future__ import annotations

from typing import Annotated

import typer

Path = Annotated[str, typer.Argument(help="The repository; the current directory by default.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
Module = Annotated[
    str | None,
    typer.Option("--module", help="Write the reference module into DIR instead.", metavar="DIR", show_default=False),
]


def init(path: Path = ".", *, yes: Yes = False, module: Module = None) -> None:
    """Look at a repository, show what would be written for it, and write that once you agree.

    A file that is there is never changed. With --module the reference module is written: a table with everything that
    dynalint asks for, made to be copied.
    """
    from dynalint.cli import starting  # noqa: PLC0415 - not loaded for --help

    raise typer.Exit(starting.write_module(module) if module else starting.start(path, agreed=yes))
