"""``dynalint check``: the verdict on paths."""

from __future__ import annotations

import sys
from functools import partial

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
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    env_vars: given.EnvironmentVariables = False,
    plan: given.Plan = None,
    output: given.Outputs = None,
    format_: given.Formats = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    env: given.Environments = None,
    fail_on: given.FailOn = None,
    color: given.Color = "auto",
    verbose: given.Verbose = 0,
    quiet: given.Quiet = False,
    no_progress: given.NoProgress = False,
    fix: given.FixSafe = False,
    unsafe_fixes: given.FixUnsafe = False,
    diff: given.ShowDiff = False,
    show_fixes: given.ShowFixes = False,
    exclude: given.Exclude = None,
    force_exclude: given.ForceExclude = False,
    no_cache: given.NoCache = False,
) -> None:
    """Check the DynamoDB in files and directories.

    Exits with 0 where nothing is found, with 1 for findings, with 2 for wrong usage or a fault, with 3 where there is
    no Terraform to check.
    """
    from dynalint.cli import running  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.one_of("--color", color, given.COLORS)
    given.use_cache(wanted=not no_cache)
    settings = running.RunSettings(paths or ["."], config=config, isolated=isolated)
    threshold = running.threshold(fail_on or settings.run.settings.fail_on)
    outputs = running.outputs_of([*(output or ()), *(format_ or ())])
    loaded = running.load_rules(rules or ())
    wanted = running.Selection(*(tuple(words or ()) for words in (select, ignore, extend_select, extend_ignore)))
    excluded = (*(exclude or ()), *settings.run.settings.exclude)
    find = partial(
        running.discover, paths or ["."], exclude=excluded, force_exclude=force_exclude, named=var_file or ()
    )
    scan = find()
    progress = running.Progress(sys.stderr, wanted=not no_progress)
    request = running.Request(
        ruleset=settings.rulesets(wanted, loaded),
        inputs=given.inputs_of(var or (), var_file or (), environment=env_vars, plan=plan),
        today=running.today(),
        honour_comments=not no_inline_ignores,
        environments=settings.require_environments(env or (), scan),
        progress=progress.show,
    )
    report = running.check(scan, request)
    if fix or diff:
        mode = running.Fixing(unsafe=unsafe_fixes, write=not diff, every=show_fixes)
        report = mode.apply(report, lambda texts: running.check(find(overlay=texts), request))
    progress.clear()
    options = running.render_options(scan, color=color, verbose=verbose, quiet=quiet, threshold=threshold)
    if not diff:
        running.write_outputs(outputs, report, options)
    running.tell(scan)
    raise typer.Exit(running.exit_code(report, threshold, empty=scan.empty))
