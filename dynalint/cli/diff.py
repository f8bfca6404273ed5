"""``dynalint diff``: what becomes of the tables since a git revision."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from dynalint.cli import options as given

Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REV] [PATHS]...",
        help="A git revision, by default where the work tree left the default branch; then files and directories.",
        show_default=False,
    ),
]


def diff(  # noqa: PLR0913 - one parameter an option
    words: Words = None,
    *,
    select: given.Select = None,
    ignore: given.Ignore = None,
    extend_select: given.ExtendSelect = None,
    extend_ignore: given.ExtendIgnore = None,
    rules: given.RuleDirectories = None,
    no_inline_ignores: given.NoInlineIgnores = False,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    output: given.Outputs = None,
    format_: given.Formats = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    env: given.Environments = None,
    baseline: given.Baseline = None,
    fail_on: given.FailOn = None,
    color: given.Color = "auto",
    verbose: given.Verbose = 0,
    quiet: given.Quiet = False,
    no_progress: given.NoProgress = False,
    exclude: given.Exclude = None,
    force_exclude: given.ForceExclude = False,
    no_cache: given.NoCache = False,
) -> None:
    """Compare the tables with those of a git revision: what would be replaced, rebuilt, lost, or silently ignored.

    Needs no plan and no credentials: it sees the text, not what exists. Exits as check does.
    """
    wishes: dict[str, Any] = locals()  # every option by its name, which is that of a field of Wishes
    from dynalint.cli import diffing, running  # noqa: PLC0415 - what a run needs is not loaded for --help

    revision, paths = diffing.revision_and_paths(wishes.pop("words") or [])
    raise typer.Exit(diffing.run(running.Wishes(paths=paths, **wishes), revision))
