"""What earlier runs found out about root modules, kept on disk.

A result is good as long as dynalint, the rules, the settings and the inputs are the same, and as long as everything
that was asked about the disk while the root was examined would be answered as it was then: each file that was read,
each directory that was listed, each path that was found missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from dynalint import store
from dynalint.evaluation.inputs import Inputs
from dynalint.project import Project, Question, real_path
from dynalint.records import dataclass
from dynalint.rule import Rule
from dynalint.settings import Ruleset
from dynalint.stamp import stamp_of

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
