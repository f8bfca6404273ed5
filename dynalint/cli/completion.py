"""``dynalint completion``: what makes a shell complete commands and options."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given
from dynalint.cli.completing import one_of

SHELLS = ("bash", "zsh", "fish", "powershell")
VARIABLE = "_DYNALINT_COMPLETE"
"""Set by the script of the shell, for the run that answers it."""

Shell = Annotated[
    str,
    typer.Argument(metavar="|".join(SHELLS), help="The shell.", show_default=False, autocompletion=one_of(*SHELLS)),
]


def completion(shell: Shell) -> None:
    """Print what makes a shell complete commands and options of dynalint; put it where that shell looks for such.

    For bash, in ~/.bashrc: eval "$(dynalint completion bash)"
    """
    from typer._completion_shared import get_completion_script  # noqa: PLC0415 - not loaded for other commands

    from dynalint.cli.outputs import to_standard_output  # noqa: PLC0415 - not loaded for --help

    given.one_of("completion", shell, SHELLS)
    script = get_completion_script(prog_name="dynalint", complete_var=VARIABLE, shell=shell)
    to_standard_output(f"{script}\n")


def answer() -> None:
    """Have typer answer a shell: what it needs for that is not loaded by any other run."""
    from typer._completion_classes import completion_init  # noqa: PLC0415 - as above

    completion_init()
