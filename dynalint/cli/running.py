"""What ``dynalint check`` is made of; imported when it runs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace

from dynalint.cli.options import COLORS, FAIL_ON, inputs_of, jobs_of, one_of, use_cache
from dynalint.cli.outputs import outputs_of, write_outputs
from dynalint.cli.progress import Progress
from dynalint.cli.settings import RunSettings
from dynalint.clock import today
from dynalint.discovery import Scan, discover
from dynalint.engine import Request, check
from dynalint.errors import UsageError
from dynalint.findings import Identity, Report, Severity
from dynalint.installed import version
from dynalint.packs import load_rules
from dynalint.project import git_top, real_path
from dynalint.records import dataclass
from dynalint.reports import RenderOptions
from dynalint.reports.terminal import wants_color, wants_hyperlinks, width_of
from dynalint.results import results_for
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


def render_options(scan: Scan, wishes: Wishes, fail_on: Severity | None) -> RenderOptions:
    """How to write for standard output as it is."""
    return RenderOptions(
        base=real_path("."),
        git_root=git_top(scan.project.root),
        tool_version=version("dynalint"),
        color=wants_color(sys.stdout, os.environ, wishes.color),
        hyperlinks=wants_hyperlinks(sys.stdout, os.environ),
        width=width_of(sys.stdout, os.environ),
        verbose=wishes.verbose,
        quiet=wishes.quiet,
        statistics=wishes.statistics,
        fail_on=fail_on,
    )


def tell(scan: Scan) -> None:
    """What the user should know about the paths, on standard error."""
    if scan.skipped:
        from dynalint.reports.summary import amount  # noqa: PLC0415 - only where paths are left out

        sys.stderr.write(f"{amount(scan.skipped, 'named path')} excluded\n")
    if scan.empty:
        sys.stderr.write("error: nothing to check: no Terraform files there\n")


Words = list[str] | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for: the options of ``dynalint check``, under the names of its parameters."""

    paths: Words = None
    select: Words = None
    ignore: Words = None
    extend_select: Words = None
    extend_ignore: Words = None
    rules: Words = None
    no_inline_ignores: bool = False
    no_foreign_ignores: bool = False
    no_ignores: bool = False
    var: Words = None
    var_file: Words = None
    env_vars: bool = False
    plan: str | None = None
    output: Words = None
    format_: Words = None
    config: str | None = None
    isolated: bool = False
    env: Words = None
    baseline: str | None = None
    since: str | None = None
    fail_on: str | None = None
    color: str = "auto"
    verbose: int = 0
    quiet: bool = False
    statistics: bool = False
    exit_zero: bool = False
    no_progress: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    show_fixes: bool = False
    add_ignores: str | None = None
    exclude: Words = None
    force_exclude: bool = False
    no_gitignore: bool = False
    stdin_filename: str | None = None
    no_cache: bool = False
    jobs: str = "auto"

    @property
    def places(self) -> list[str]:
        """The paths, the current directory where none is named; a text on standard input has a name, too."""
        if self.paths == ["-"] and self.stdin_filename:
            return [self.stdin_filename]
        return self.paths or ["."]

    @property
    def selection(self) -> Selection:
        """Which rules to run."""
        words = (self.select, self.ignore, self.extend_select, self.extend_ignore)
        return Selection(*(tuple(word or ()) for word in words))


Adapt = Callable[[Scan, Request], Request]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run about to begin. ``find`` discovers anew, with texts that stand for those on disk."""

    settings: RunSettings
    find: Callable[..., Scan]
    scan: Scan
    request: Request
    progress: Progress


def prepared(wishes: Wishes, baseline: Mapping[Identity, int] | None = None) -> Prepared:
    """What a run needs, found and read; ``baseline`` in place of the one asked for. Raises UsageError."""
    use_cache(wanted=not wishes.no_cache)
    settings = RunSettings(wishes.places, config=wishes.config, isolated=wishes.isolated)
    exclude = settings.excluded(wishes.exclude)
    find = _finder(wishes, exclude)
    scan = find()
    progress = Progress(sys.stderr, wanted=not wishes.no_progress)
    if baseline is None and wishes.no_ignores:
        baseline = {}
    elif baseline is None:
        baseline = _baseline(wishes.baseline or settings.run.settings.baseline)
    request = _request(wishes, settings, scan, progress)
    if wishes.since:
        from dynalint.cli.since import known_since  # noqa: PLC0415 - only for runs that compare

        known = known_since(wishes.since, wishes.places, exclude, request)
        baseline = {**baseline, **{entry: max(count, baseline.get(entry, 0)) for entry, count in known.items()}}
    request = replace(request, baseline=baseline)
    return Prepared(settings, find, scan, request, progress)


def _finder(wishes: Wishes, exclude: Mapping[str, tuple[str, ...]]) -> Callable[..., Scan]:
    """What discovers, with texts that stand for those on disk: that on standard input, and those it is given."""
    unsaved = _standard_input(wishes)

    def find(overlay: Mapping[str, bytes] | None = None) -> Scan:
        return discover(
            wishes.places,
            exclude=exclude,
            force_exclude=wishes.force_exclude,
            named=wishes.var_file or (),
            overlay={**unsaved, **(overlay or {})},
            gitignore=not wishes.no_gitignore,
        )

    return find


def _standard_input(wishes: Wishes) -> dict[str, bytes]:
    """The text on standard input under its name, where it is asked for."""
    wanted = "-" in (wishes.paths or ())
    if wanted and (wishes.paths != ["-"] or not wishes.stdin_filename):
        raise UsageError("- stands alone among the paths, and --stdin-filename says what the text is called")
    if wishes.stdin_filename and not wanted:
        raise UsageError("--stdin-filename is for a text on standard input: give - as the path")
    if not wishes.stdin_filename:
        return {}
    if wishes.plan == "-" or (not wishes.diff and (wishes.fix or wishes.add_ignores is not None)):
        raise UsageError("standard input is no file to write to, nor a plan at the same time: use --diff")
    return {real_path(wishes.stdin_filename): sys.stdin.buffer.read()}


def run(wishes: Wishes, adapt: Adapt = lambda _scan, request: request) -> int:
    """Check, fix if that is asked for, and write what was found; what the process exits with. Raises UsageError.

    ``adapt`` may ask for more than the command line does.
    """
    one_of("--color", wishes.color, COLORS)
    if wishes.fail_on:
        threshold(wishes.fail_on)
    outputs = outputs_of([*(wishes.output or ()), *(wishes.format_ or ())])
    begun = prepared(wishes)
    scan, request = begun.scan, adapt(begun.scan, begun.request)
    fail_on = threshold(wishes.fail_on or begun.settings.run.settings.fail_on)
    report = _changed(wishes, replace(begun, request=request), check(scan, request))
    if wishes.since:  # that something is found no more is what a branch may well be for
        report = replace(report, accepted=replace(report.accepted, stale={}))
    begun.progress.clear()
    if not wishes.diff:
        write_outputs(outputs, report, render_options(scan, wishes, fail_on))
    tell(scan)
    code = exit_code(report, fail_on, empty=scan.empty)
    return CLEAN if wishes.exit_zero and code != FAULT else code


def _changed(wishes: Wishes, begun: Prepared, report: Report) -> Report:
    """What is left after the files were changed as asked for."""
    if wishes.add_ignores is not None:
        if wishes.fix:
            raise UsageError("--fix and --add-ignores are two runs: fix first, then ignore what is left")
        from dynalint.cli.ignoring import add_ignores  # noqa: PLC0415 - only for runs that write comments

        return add_ignores(wishes.add_ignores, report, begun, write=not wishes.diff)
    if not wishes.fix and not wishes.diff:
        return report
    from dynalint.cli.fixing import Fixing  # noqa: PLC0415 - only for runs that fix

    mode = Fixing(unsafe=wishes.unsafe_fixes, write=not wishes.diff, every=wishes.show_fixes)
    return mode.apply(report, lambda texts: check(begun.find(overlay=texts), begun.request))


def _request(wishes: Wishes, settings: RunSettings, scan: Scan, progress: Progress) -> Request:
    rules = load_rules(wishes.rules or ())
    inputs = inputs_of(wishes.var or (), wishes.var_file or (), environment=wishes.env_vars, plan=wishes.plan)
    environments = settings.require_environments(wishes.env or (), scan)
    return Request(
        ruleset=settings.rulesets(wishes.selection, rules),
        inputs=inputs,
        today=today(),
        honour_comments=not (wishes.no_inline_ignores or wishes.no_ignores),
        honour_foreign=not (wishes.no_foreign_ignores or wishes.no_ignores) and settings.run.settings.foreign_ignores,
        environments=environments,
        progress=progress.show,
        results=results_for(rules, inputs, environments),
        jobs=jobs_of(wishes.jobs),
    )


def _baseline(path: str) -> dict[Identity, int]:
    if not path:
        return {}
    from dynalint.baseline import read_baseline  # noqa: PLC0415 - only for runs with a baseline

    return read_baseline(path)
