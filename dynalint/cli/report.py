"""``dynalint report``: one page to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from dynalint.cli import options as given

Page = Annotated[
    str,
    typer.Option("--output", "-o", help="Where to write the page; - is standard output.", metavar="FILE"),
]


def report(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    output: Page = "report.html",
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
    config: given.Config = None,
    isolated: given.Isolated = False,
    env: given.Environments = None,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Write a page that shows every table, who may do what with it, and what is wrong where it is wrong.

    The page is one file without scripts; it asks no server for anything. The same input gives the same bytes. Exits
    with 0 whatever is found, with 2 for wrong usage or a fault, with 3 where there is no Terraform.
    """
    from dynalint.cli import reporting  # noqa: PLC0415 - what a run needs is not loaded for --help

    given.use_cache(wanted=not no_cache)
    wanted = reporting.Selection(*(tuple(words or ()) for words in (select, ignore, extend_select, extend_ignore)))
    inputs = given.inputs_of(var or (), var_file or (), environment=env_vars, plan=plan)
    settings = reporting.RunSettings(paths or ["."], config=config, isolated=isolated)
    scan = reporting.discover(paths or ["."], exclude=settings.excluded(exclude), named=var_file or ())
    request = reporting.Request(
        ruleset=settings.rulesets(wanted, reporting.load_rules(rules or ())),
        inputs=inputs,
        today=reporting.today(),
        honour_comments=not no_inline_ignores,
        environments=settings.require_environments(env or (), scan),
    )
    raise typer.Exit(reporting.write(scan, request, output))
