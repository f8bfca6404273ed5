"""``dynalint config``: the settings that apply to a path, and where each of them comes from."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given

Path = Annotated[str, typer.Argument(help="A module directory; the current one by default.")]
Schema = Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of settings files instead.")]


def config(
    path: Path = ".",
    *,
    config: given.Config = None,
    isolated: given.Isolated = False,
    schema: Schema = False,
) -> None:
    """Show the settings that apply to a path, and the file that each value comes from."""
    from dynalint.cli import settings_text  # noqa: PLC0415 - not loaded for --help
    from dynalint.cli.outputs import to_standard_output  # noqa: PLC0415 - not loaded for --help

    text = settings_text.schema() if schema else settings_text.shown(path, config=config, isolated=isolated)
    to_standard_output(text)
