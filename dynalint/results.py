"""What earlier runs found out about root modules, kept on disk.

A result is good as long as dynalint, the rules, the settings and the inputs are the same, and as long as everything
that was asked about the disk while the root was examined would be answered as it was then: each file that was read,
each directory that was listed, each path that was found missing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from importlib import import_module
from typing import Any

from dynalint import store
from dynalint.evaluation.inputs import Inputs
from dynalint.installed import entry_points, version
from dynalint.project import Project, Question, real_path
from dynalint.records import dataclass
from dynalint.rule import Rule
from dynalint.settings import Ruleset
from dynalint.syntax.tables import grammar_key

PACKS = "dynalint.modules"
"""The group of the packages that describe modules of registries."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Results:
    """The results of runs with these inputs. ``stamp`` is a digest of everything that judges."""

    stamp: str
    inputs: Inputs
    environments: Sequence[str]

    def find(self, directory: str, ruleset: Ruleset, project: Project) -> Document | None:
        """The document that was kept for a root, if it is as good as a new one."""
        found = store.read_json(self._name(directory, ruleset, project))
        if found is None or found.get("stamp") != self.stamp:
            return None
        return found if _holds(found.get("asked"), project) else None

    def keep(self, directory: str, ruleset: Ruleset, project: Project, document: Document) -> None:
        """Keep what a root came to, unless nobody can tell for how long that holds."""
        if document["asked"] is not None:
            store.write_json(self._name(directory, ruleset, project), {"stamp": self.stamp, **document})

    def _name(self, directory: str, ruleset: Ruleset, project: Project) -> str:
        circumstances = (
            *(directory, project.root, project.saw_terragrunt, real_path(".")),
            *(self.inputs.arguments, tuple(self.environments), ruleset.identity),
        )
        digest = blake2b(repr(circumstances).encode("utf-8", "surrogateescape"), digest_size=16)
        return f"results-{digest.hexdigest()}.json"


def _holds(asked: Any, project: Project) -> bool:
    """Whether the disk still answers as it did."""
    try:
        return all(project.answers(Question(kind, path)) == answer for kind, path, answer in asked)
    except (TypeError, ValueError):  # somebody else wrote this
        return False


def results_for(rules: Iterable[Rule[Any]], inputs: Inputs, environments: Sequence[str]) -> Results | None:
    """The results that fit a run; None where none are kept.

    That is where values come from the command line or the shell, or from a plan: they may be secrets.
    """
    values = inputs.plan or inputs.environment or any(kind == "var" for kind, _ in inputs.arguments)
    stamp = None if values or store.folder() is None else stamp_of(rules)
    return Results(stamp, inputs, environments) if stamp else None


def stamp_of(rules: Iterable[Rule[Any]]) -> str | None:
    """A digest of dynalint, the packs and the libraries that values depend on; None where they are in no files.

    Files are told by size and time: reading them all would take longer than most runs do.
    """
    digest = blake2b(digest_size=16)
    digest.update(repr((sys.version, grammar_key(), version("dynalint"), version("pyyaml"))).encode())
    try:
        for seen in sorted({seen for place in _places(rules) for seen in _seen(*place)}):
            digest.update(repr(seen).encode("utf-8", "surrogateescape"))
    except (OSError, ImportError):
        return None
    return digest.hexdigest()


def _places(rules: Iterable[Rule[Any]]) -> set[tuple[str, bool]]:
    """The folders that rules and descriptions of modules come from, and whether they are packages."""
    names = {rule.check.__module__ for rule in rules} | {entry.value for entry in entry_points(PACKS)}
    return {_place(name) for name in names} | {_place("dynalint")}


def _place(name: str) -> tuple[str, bool]:
    """The folder of the outermost package that a module lies in and that has a file, else the module's own."""
    outer, *rest = name.split(".")
    while (file := _file_of(outer)) is None and rest:
        outer = f"{outer}.{rest.pop(0)}"
    if file is None:
        raise ImportError(f"{name} has no file")
    return os.path.dirname(file), hasattr(sys.modules[outer], "__path__")


def _file_of(name: str) -> str | None:
    spec = import_module(name).__spec__
    return spec.origin if spec else None


def _seen(place: str, whole: bool) -> Iterator[tuple[str, int, int]]:
    """Path, size and time of the files in a folder, and with ``whole`` of those below it."""
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_file():
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
            elif whole and entry.name != "__pycache__":
                yield from _seen(entry.path, whole)
