"""One root under several sets of inputs: ``[environments.prod]`` of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from posixpath import join, normpath

from dynalint.evaluation.inputs import Inputs
from dynalint.settings.keys import Environment, Settings
from dynalint.verdicts import Doubt, Verdict

ABSENT = (
    "[environments.{name}] of the settings asks for it in every root; "
    "in one without environments, a dynalint.toml with extend and environments = {{}} says so"
)


def environments(
    settings: Settings, inputs: Inputs, directory: str, wanted: Sequence[str]
) -> Iterator[tuple[str, Inputs]]:
    """Name and inputs of every environment that a root is checked in; one without name where none is set up.

    What the command line says comes after what the settings say, and so wins. With a plan there is but one.
    """
    base = replace(inputs, arguments=(*(("var-file", path) for path in settings.var_files), *inputs.arguments))
    chosen = {name: item for name, item in settings.environments.items() if not wanted or name in wanted}
    if not chosen or inputs.plan:
        yield "", base
        return
    for name, environment in chosen.items():
        yield name, _inputs(environment, base, directory)


def _inputs(environment: Environment, base: Inputs, directory: str) -> Inputs:
    files = tuple(("var-file", path) for path in _files(environment, directory))
    values = tuple(("var", f"{name}={value}") for name, value in environment.variables.items())
    shell = base.environment
    if environment.workspace:
        shell = {**(shell or {}), "TF_WORKSPACE": environment.workspace}
    return replace(base, arguments=(*files, *values, *base.arguments), environment=shell)


def _files(environment: Environment, directory: str) -> tuple[str, ...]:
    return tuple(normpath(join(directory, path)) for path in environment.var_files)


def labelled(verdicts: Iterable[Verdict], name: str, settings: Settings, directory: str) -> Iterator[Verdict]:
    """The verdicts with the environment in which they hold, and why a file of it is asked for that nobody can read."""
    files = _files(settings.environments[name], directory) if name in settings.environments else ()
    for item in verdicts:
        if isinstance(item, Doubt) or not name:
            yield item
            continue
        finding = replace(item.finding, environments=(name,))
        if finding.span.path in files and not (finding.help or finding.span.end):
            finding = replace(finding, help=ABSENT.format(name=name))
        yield replace(item, finding=finding)
