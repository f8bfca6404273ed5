"""The settings that a run works with: from files, with the command line over them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from posixpath import join, normpath
from typing import Any

from dynalint.discovery import Scan, from_here
from dynalint.errors import UsageError
from dynalint.evaluation.suggest import did_you_mean
from dynalint.project import Project, project_root, real_path
from dynalint.rule import Rule
from dynalint.selection import Selection
from dynalint.settings import Layers, Ruleset, Settings, layers_for, ruleset_of
from dynalint.settings.discovery import read_layers
from dynalint.settings.keys import Environment

VARIABLE = "DYNALINT_CONFIG"


class RunSettings:
    """Finds the settings for any module, once each.

    ``config`` is a file that the user named (or ``DYNALINT_CONFIG``): then it holds for all. ``isolated`` heeds none.
    """

    def __init__(self, paths: Sequence[str], *, config: str | None, isolated: bool) -> None:
        named = config or os.environ.get(VARIABLE)
        self._fixed = Layers(Settings(), {}) if isolated else read_layers(real_path(named), None) if named else None
        self._project = Project(project_root(paths) if all(map(os.path.exists, paths)) else real_path("."))
        self._found: dict[str, Layers] = {}

    def layers(self, directory: str) -> Layers:
        """The settings of a module, with the file that each value comes from."""
        if self._fixed:
            return self._fixed
        if directory not in self._found:
            self._found[directory] = layers_for(directory, self._project)
        return self._found[directory]

    @property
    def run(self) -> Layers:
        """The settings of the run as a whole: those of the current directory, else of the project's root."""
        here = real_path(".")
        return self.layers(here if self._project.contains(here) else self._project.root)

    def excluded(self, words: Sequence[str] | None) -> dict[str, tuple[str, ...]]:
        """What the command line leaves out, and what the settings of the run do, by where they are relative to."""
        found = from_here(words)
        run = self.run
        if run.settings.exclude:
            found[run.base] = (*found.get(run.base, ()), *run.settings.exclude)
        return found

    def rulesets(self, asked: Selection, rules: Sequence[Rule[Any]]) -> Callable[[str], Ruleset]:
        """The rules for a root module; equal settings give one and the same set."""
        known: dict[int, Ruleset] = {}

        def ruleset(directory: str) -> Ruleset:
            layers = self.layers(directory)
            if id(layers) not in known:
                known[id(layers)] = ruleset_of(layers, asked, rules)
            return known[id(layers)]

        return ruleset

    def require_environments(self, wanted: Sequence[str], scan: Scan) -> tuple[str, ...]:
        """The named environments. UsageError for one that no root has, and for one with files from elsewhere."""
        known: set[str] = set()
        for root in scan.roots:
            environments = self.layers(root).settings.environments
            known.update(environments)
            if not self._fixed:
                _keep_inside(environments, root, scan.project)
        for name in wanted:
            if name not in known:
                raise UsageError(f'no settings have an environment "{name}"{did_you_mean(name, known)}')
        return tuple(wanted)


def _keep_inside(environments: Mapping[str, Environment], root: str, project: Project) -> None:
    """UsageError for variables files that lie outside of the project: its settings may be a stranger's."""
    for name, environment in environments.items():
        for path in environment.var_files:
            if not project.may_read(normpath(join(root, path))):
                raise UsageError(
                    f"environment {name}: var-files leads out of the project, to {path} as seen from {root}"
                )
