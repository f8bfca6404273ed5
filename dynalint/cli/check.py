"""``dynalint check``: the verdict on paths."""

from __future__ import annotations

import typer

from dynalint.cli import options as given


def check(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    select: given.Select = None,
    ignore: given.Ignore = None,
    extend_select: given.ExtendSelect = None,
    extend_ignore: given.ExtendIgnore = None,
    rules: given.RuleDirectories = None,
    no_inline_ignores: given.NoInlineIgnores = False,
    no_foreign_ignores: given.NoForeignIgnores = False,
    no_ignores: given.NoIgnores = False,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    plan: given.Plan = None,
    output: given.Outputs = None,
    format_: given.Formats = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    env: given.Environments = None,
    baseline: given.Baseline = None,
    since: given.Since = None,
    fail_on: given.FailOn = None,
    color: given.Color = "auto",
    verbose: given.Verbose = 0,
    quiet: given.Quiet = False,
    statistics: given.Statistics = False,
    exit_zero: given.ExitZero = False,
    no_progress: given.NoProgress = False,
    fix: given.FixSafe = False,
    unsafe_fixes: given.FixUnsafe = False,
    diff: given.ShowDiff = False,
    show_fixes: given.ShowFixes = False,
    add_ignores: given.AddIgnores = None,
    exclude: given.Exclude = None,
    force_exclude: given.ForceExclude = False,
    no_gitignore: given.NoGitIgnore = False,
    stdin_filename: given.StdinFilename = None,
    no_cache: given.NoCache = False,
    jobs: given.Jobs = "auto",
) -> None:
    """Check the DynamoDB in files and directories.

    Exits with 0 where nothing is found, with 1 for findings, with 2 for wrong usage or a fault, with 3 where there is
    no Terraform to check.
    """
    wishes = locals()  # every option by its name, which is that of a field of Wishes
    from dynalint.cli import running  # noqa: PLC0415 - what a run needs is not loaded for --help

    raise typer.Exit(running.run(running.Wishes(**wishes)))
