"""Options that several commands share, and how they turn into what the rest of dynalint takes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dynalint.cli import completing
from dynalint.cli.completing import Offer
from dynalint.errors import UsageError

if TYPE_CHECKING:
    from dynalint.evaluation.inputs import Inputs
    from dynalint.evaluation.plan_file import PlanFile

INPUTS = "Inputs of the root modules"
RULES = "Rules"
OUTPUT = "Output"
FILES = "Files"
SETTINGS = "Settings"
ACCEPTED = "Accepted findings"
FIXES = "Fixes"
COLORS = ("auto", "always", "never")
MOST_JOBS = 256
FAIL_ON = "error|warning|note|never"

Words = list[str] | None


def _words(help_: str, panel: str, metavar: str, *names: str, offer: Offer | None = None) -> Any:
    return typer.Option(*names, help=help_, rich_help_panel=panel, metavar=metavar, autocompletion=offer)


def _rules(help_: str, name: str) -> Any:
    return _words(help_, RULES, "RULE", name, offer=completing.rule_words)


def _flag(name: str, help_: str, panel: str) -> Any:
    return typer.Option(name, help=help_, rich_help_panel=panel)


Paths = Annotated[Words, typer.Argument(help="Files and directories; the current one by default.", show_default=False)]

Select = Annotated[Words, _rules("Run only these: codes, beginnings of codes, names, tags.", "--select")]
Ignore = Annotated[Words, _rules("Leave these out.", "--ignore")]
ExtendSelect = Annotated[Words, _rules("Run these, too.", "--extend-select")]
ExtendIgnore = Annotated[Words, _rules("Leave these out, too.", "--extend-ignore")]
RuleDirectories = Annotated[Words, _words("Load the rules in the *.py files of DIR.", RULES, "DIR", "--rules")]
NoInlineIgnores = Annotated[bool, _flag("--no-inline-ignores", "Show what comments hide.", RULES)]
NoForeignIgnores = Annotated[bool, _flag("--no-foreign-ignores", "Heed no comments for other linters.", RULES)]
NoIgnores = Annotated[bool, _flag("--no-ignores", "Show what comments and the baseline hide.", RULES)]

Variables = Annotated[Words, _words("Set an input, as for terraform.", INPUTS, "NAME=VALUE", "--var")]
VariableFiles = Annotated[Words, _words("Read inputs from a file.", INPUTS, "FILE", "--var-file")]
EnvironmentVariables = Annotated[bool, _flag("--env-vars", "Heed TF_VAR_… and TF_WORKSPACE.", INPUTS)]

Plan = Annotated[
    str | None,
    typer.Option(
        "--plan",
        help="Take the values from a plan, as terraform show -json prints it; - reads standard input.",
        rich_help_panel=INPUTS,
        metavar="FILE",
        show_default=False,
    ),
]

Config = Annotated[
    str | None,
    typer.Option("--config", help="Take the settings from FILE.", metavar="FILE", rich_help_panel=SETTINGS),
]
Isolated = Annotated[bool, _flag("--isolated", "Heed no settings file.", SETTINGS)]
Environments = Annotated[
    Words,
    _words("Check only this environment of the settings.", SETTINGS, "NAME", "--env", offer=completing.environments),
]

FailOn = Annotated[
    str | None,
    typer.Option(
        help="From which severity on to exit with 1; warning by default.",
        metavar=FAIL_ON,
        autocompletion=completing.one_of(*FAIL_ON.split("|")),
        rich_help_panel=OUTPUT,
        show_default=False,
    ),
]
Outputs = Annotated[
    Words,
    _words(
        "What to write; to standard output where no PATH is given.",
        OUTPUT,
        "FORMAT[=PATH]",
        "--output",
        "-o",
        offer=completing.output_formats,
    ),
]
Formats = Annotated[
    Words, _words("The same as --output.", OUTPUT, "FORMAT", "--format", offer=completing.output_formats)
]
Color = Annotated[
    str,
    typer.Option(
        "--color",
        metavar="|".join(COLORS),
        help="When to use colours.",
        rich_help_panel=OUTPUT,
        autocompletion=completing.one_of(*COLORS),
    ),
]
Verbose = Annotated[
    int,
    typer.Option(
        "--verbose",
        "-v",
        count=True,
        help="List what is undecided or hidden, and draw every note.",
        show_default=False,
        rich_help_panel=OUTPUT,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="One line a finding.", rich_help_panel=OUTPUT)]
Statistics = Annotated[bool, _flag("--statistics", "Count the findings of each rule instead of listing them.", OUTPUT)]
ExitZero = Annotated[bool, _flag("--exit-zero", "Exit with 0 for findings, and for nothing to check.", OUTPUT)]
NoProgress = Annotated[bool, _flag("--no-progress", "Show no progress on a terminal.", OUTPUT)]

Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        help="Say nothing of the findings that FILE accepts; see dynalint baseline.",
        metavar="FILE",
        rich_help_panel=ACCEPTED,
        show_default=False,
    ),
]

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        help="Say nothing of what was found where the branch left REV.",
        metavar="REV",
        rich_help_panel=ACCEPTED,
        show_default=False,
    ),
]

FixSafe = Annotated[bool, _flag("--fix", "Write the fixes that are safe.", FIXES)]
FixUnsafe = Annotated[bool, _flag("--unsafe-fixes", "Take in the fixes that somebody should look at.", FIXES)]
ShowDiff = Annotated[bool, _flag("--diff", "Show what would be fixed, and write nothing.", FIXES)]
ShowFixes = Annotated[bool, _flag("--show-fixes", "List what was fixed.", FIXES)]

AddIgnores = Annotated[
    str | None,
    typer.Option(
        "--add-ignores",
        help="Write a comment with this reason above everything that is found.",
        metavar="REASON",
        rich_help_panel=ACCEPTED,
        show_default=False,
    ),
]

Exclude = Annotated[Words, _words("Leave out what matches, as in .gitignore.", FILES, "GLOB", "--exclude")]
StdinFilename = Annotated[
    str | None,
    typer.Option(
        "--stdin-filename",
        help="What the text on standard input, named - among the paths, is called.",
        metavar="FILE",
        rich_help_panel=FILES,
        show_default=False,
    ),
]
ForceExclude = Annotated[bool, _flag("--force-exclude", "Leave it out even where it is named outright.", FILES)]
NoGitIgnore = Annotated[bool, _flag("--no-gitignore", "Search what git ignores, too.", FILES)]
Jobs = Annotated[
    str,
    typer.Option(
        "--jobs",
        "-j",
        help="How many processes work at once; auto for as many as pay.",
        rich_help_panel=FILES,
        metavar="N|auto",
        show_default=False,
    ),
]
NoCache = Annotated[bool, _flag("--no-cache", "Neither read nor write the cache.", FILES)]


def inputs_of(
    variables: Sequence[str],
    files: Sequence[str],
    *,
    environment: bool,
    everything: bool = False,
    plan: str | None = None,
) -> Inputs:
    """The inputs in the order of the command line. Raises UsageError for one that is not NAME=VALUE or no file."""
    from dynalint.evaluation.inputs import Inputs  # noqa: PLC0415 - not needed for --help

    for text in variables:
        if not text.partition("=")[0].strip() or "=" not in text:
            raise UsageError(f"--var takes NAME=VALUE, not {text!r}")
    for path in files:
        if not os.path.isfile(path):
            raise UsageError(f"no such variables file: {path}")
    return Inputs(
        arguments=tuple(in_order(sys.argv[1:], variables, files)),
        environment=terraform_environment(os.environ) if environment else None,
        everything=everything,
        plan=plan_of(plan) if plan else None,
    )


def plan_of(path: str) -> PlanFile:
    """The plan in a file, or on standard input for ``-``. UsageError for what is no plan that dynalint can read."""
    from dynalint.evaluation.plan_file import PlanError, read_plan  # noqa: PLC0415 - only for runs with a plan
    from dynalint.project import real_path  # noqa: PLC0415 - as above
    from dynalint.syntax.source import Source  # noqa: PLC0415 - as above

    try:
        if path == "-":
            return read_plan(Source("<standard input>", sys.stdin.buffer.read()))
        with open(path, "rb") as stream:
            return read_plan(Source(real_path(path), stream.read()))
    except OSError as error:
        raise UsageError(f"cannot read the plan {path}: {error.strerror}") from error
    except PlanError as error:
        raise UsageError(f"{path}: {error.fault.message}; {error.fault.help}") from error


def jobs_of(text: str) -> int:
    """The number of processes, 0 for as many as pay. Raises UsageError."""
    if text == "auto":
        return 0
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise UsageError(f"--jobs takes a number from 1 to {MOST_JOBS}, or auto, not {text!r}")
    return int(text)


def use_cache(*, wanted: bool) -> None:
    """Whether this process keeps parsed blocks on disk."""
    if not wanted:
        from dynalint import store  # noqa: PLC0415 - only for --no-cache

        store.disable()


def in_order(argv: Sequence[str], variables: Sequence[str], files: Sequence[str]) -> Iterator[tuple[str, str]]:
    """``("var", …)`` and ``("var-file", …)`` as they stand on the command line: the later one wins.

    The parser of options hands over one list of each, without their order among one another.
    """
    waiting = {"var": list(variables), "var-file": list(files)}
    for word in argv:
        kind = word.partition("=")[0].removeprefix("--")
        if word.startswith("--") and waiting.get(kind):
            yield kind, waiting[kind].pop(0)
    for kind, values in waiting.items():
        yield from ((kind, value) for value in values)


def terraform_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables of the environment that terraform reads as inputs."""
    return {name: value for name, value in environ.items() if name.startswith("TF_VAR_") or name == "TF_WORKSPACE"}


def one_of(option: str, value: str, choices: Sequence[str]) -> str:
    """``value`` if it is one of the choices. Raises UsageError, with the near one, if not."""
    if value in choices:
        return value
    from dynalint.evaluation.suggest import did_you_mean  # noqa: PLC0415 - only for a failing run

    raise UsageError(f'{option} is one of {", ".join(choices)}, not "{value}"{did_you_mean(value, choices)}')
