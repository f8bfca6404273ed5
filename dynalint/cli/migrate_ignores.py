"""``dynalint migrate-ignores``: from the ignore comments of other linters to dynalint's own."""

from __future__ import annotations

import typer

from dynalint.cli import options as given


def migrate_ignores(  # noqa: PLR0913 - one parameter an option
    paths: given.Paths = None,
    *,
    diff: given.ShowDiff = False,
    rules: given.RuleDirectories = None,
    var: given.Variables = None,
    var_file: given.VariableFiles = None,
    config: given.Config = None,
    isolated: given.Isolated = False,
    exclude: given.Exclude = None,
    no_cache: given.NoCache = False,
) -> None:
    """Rewrite comments for checkov, trivy, tfsec, tflint, KICS, terrascan and semgrep that hide findings of dynalint.

    A comment that also speaks of other checks stays, with one of dynalint's own above it.
    """
    wishes = locals()
    from dynalint.cli import ignoring, running  # noqa: PLC0415 - not loaded for --help

    raise typer.Exit(ignoring.migrate(running.Wishes(**wishes)))
