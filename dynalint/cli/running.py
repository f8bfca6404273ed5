"""What ``dynalint check`` is made of; imported when it runs."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version

from dynalint.cli.fixing import Fixing
from dynalint.cli.options import FAIL_ON, one_of
from dynalint.cli.outputs import outputs_of, write_outputs
from dynalint.cli.progress import Progress
from dynalint.cli.settings import RunSettings
from dynalint.clock import today
from dynalint.discovery import Scan, discover
from dynalint.engine import Request, check
from dynalint.findings import Report, Severity
from dynalint.packs import infos_of, load_rules
from dynalint.project import git_top, real_path
from dynalint.reports import RenderOptions
from dynalint.reports.terminal import wants_color, wants_hyperlinks, width_of
from dynalint.run_rules import RULE_FAILED
from dynalint.selection import Selection

CLEAN, FINDINGS, FAULT, NOTHING = range(4)


def threshold(text: str) -> Severity | None:
    """The severity from which on findings fail a run; None for never."""
    word = one_of("--fail-on", text, FAIL_ON.split("|"))
    return None if word == "never" else Severity.parse(word)


def exit_code(report: Report, fail_on: Severity | None, *, empty: bool) -> int:
    """What the process exits with: a fault outweighs findings, and findings that there is nothing to check."""
    if any(finding.rule is RULE_FAILED for finding in report.findings):
        return FAULT
    if fail_on is not None and any(finding.severity >= fail_on for finding in report.findings):
        return FINDINGS
    return NOTHING if empty else CLEAN


def render_options(scan: Scan, *, color: str, verbose: int, quiet: bool, threshold: Severity | None) -> RenderOptions:
    """How to write for standard output as it is."""
    return RenderOptions(
        base=real_path("."),
        git_root=git_top(scan.project.root),
        tool_version=version("dynalint"),
        color=wants_color(sys.stdout, os.environ, color),
        hyperlinks=wants_hyperlinks(sys.stdout, os.environ),
        width=width_of(sys.stdout, os.environ),
        verbose=verbose,
        quiet=quiet,
        fail_on=threshold,
    )


def tell(scan: Scan) -> None:
    """What the user should know about the paths, on standard error."""
    if scan.skipped:
        sys.stderr.write(f"{scan.skipped} of the named paths are excluded\n")
    if scan.empty:
        sys.stderr.write("error: nothing to check: no Terraform files there\n")


__all__ = [
    "Fixing",
    "Progress",
    "Request",
    "RunSettings",
    "Selection",
    "check",
    "discover",
    "exit_code",
    "infos_of",
    "load_rules",
    "outputs_of",
    "render_options",
    "tell",
    "threshold",
    "today",
    "write_outputs",
]
