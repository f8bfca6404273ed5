"""The text of a project as it was, beside the text as it is."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from posixpath import normpath

from dynalint.dynamodb.changes import CHANGING
from dynalint.dynamodb.interest import INTEREST
from dynalint.errors import UsageError
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.difference import Gone, Text, changes_between
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.moves import moves_in
from dynalint.evaluation.resources import Change, Resource, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.moves import places_of
from dynalint.project import Project, git_top, real_path
from dynalint.regular import LARGEST
from dynalint.syntax import ScannedBlock
from dynalint.syntax.source import Span

DOWNLOADS = ".terraform/modules"


class Comparison:
    """Compares root modules of ``project`` with those of an earlier copy of it below ``copy``.

    ``name`` says which text that is. Both sides are evaluated with the same inputs; variables files of the project are
    taken from the side that is evaluated.
    """

    def __init__(self, project: Project, copy: str, name: str) -> None:
        self.project = project
        self.copy = real_path(copy)
        self.name = name
        self._former = Project(self.copy)
        self._former.saw_terragrunt = project.saw_terragrunt
        self._configs: dict[str, ModuleConfig] = {}

    def changes(self, root: RootModule, inputs: Inputs) -> tuple[Change, ...]:
        """What became of the resources of a root module; nothing where it was not there."""
        directory = self._earlier(root.directory)
        if not self._former.exists(directory):
            return ()
        bring_downloads(root.directory, directory)
        before = evaluate_root(directory, self._former, self._inputs(inputs), INTEREST, self._configs)
        places = tuple(places_of(root))
        blocks = tuple((prefix, block) for prefix, module in places for block in self._blocks(module))
        declared = {f"{prefix}.{name}".lstrip(".") for prefix, block in blocks for name in _declared(block)}
        text = Text(
            moves_in(blocks),
            lambda address: address in declared,
            lambda resource: self._left(resource, root),
        )
        found = changes_between(before, root, text)
        return tuple(change for change in found if change.type in CHANGING)

    def _earlier(self, path: str) -> str:
        """The path of the same file or directory in the copy."""
        return normpath(self.copy + path.removeprefix(self.project.root))

    def _inputs(self, inputs: Inputs) -> Inputs:
        return replace(inputs, plan=None, arguments=tuple(self._input(*pair) for pair in inputs.arguments))

    def _input(self, kind: str, value: str) -> tuple[str, str]:
        if kind == "var-file" and self.project.contains(path := real_path(value)):
            return kind, self._earlier(path)
        return kind, value

    def _blocks(self, directory: str) -> Iterator[ScannedBlock]:
        for file in self.project.files_of(directory):
            yield from file.blocks

    def _left(self, resource: Resource, root: RootModule) -> Gone:
        """The file that the resource stood in, if it is still there, else the first file of its root module."""
        path = resource.header.path.removeprefix(self.copy).lstrip("/")
        source = self._former.source(resource.header.path)
        reason = f"its block is gone: it stood at line {source.line_at(resource.header.start)} of {path} in {self.name}"
        here = f"{self.project.root}/{path}"
        files = self.project.files_of(root.directory)
        nearest = here if Path(here).is_file() else files[0].source.path if files else root.directory
        return Gone(Span(nearest, 0, 0), reason)


def bring_downloads(directory: str, target: str) -> None:
    """Modules that Terraform downloaded are in no revision: the earlier calls get what is there now.

    What lies outside of the work tree stays out, and so does what is no file. UsageError where it cannot be copied.
    """
    source = Path(real_path(f"{directory}/{DOWNLOADS}"))
    place = Path(target, DOWNLOADS)
    top = git_top(real_path(directory))
    if top is None or not source.is_relative_to(top) or not source.is_dir() or place.exists():
        return
    try:
        shutil.copytree(source, place, symlinks=True, ignore=_left_out)
    except OSError as error:  # shutil.Error is one, with a list for a text
        raise UsageError(
            f"cannot copy {source} for comparison: {error.strerror or 'not all of it can be read'}"
        ) from error


def _left_out(directory: str, names: list[str]) -> set[str]:
    """Git's own, pipes, sockets and devices, and files that dynalint does not read anyway."""
    return {name for name in names if name == ".git" or not _is_copied(Path(directory, name).lstat())}


def _is_copied(status: os.stat_result) -> bool:
    kept = stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST
    return kept or stat.S_ISDIR(status.st_mode) or stat.S_ISLNK(status.st_mode)


def _declared(block: ScannedBlock) -> Iterator[str]:
    if block.type == "resource" and len(block.labels) == 2:
        yield ".".join(block.labels)
