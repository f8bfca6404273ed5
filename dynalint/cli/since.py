"""``check --since``: the findings of an earlier text of the project, in the place of a baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from posixpath import normpath
from tempfile import TemporaryDirectory

from dynalint.comparison import bring_downloads
from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.errors import UsageError
from dynalint.findings import Identity
from dynalint.project import git_top, real_path
from dynalint.revision import Repository
from dynalint.settings import Ruleset

Patterns = Mapping[str, tuple[str, ...]]
"""What to leave out, by the directory that it is relative to."""


def known_since(revision: str, paths: list[str], exclude: Patterns, request: Request) -> Mapping[Identity, int]:
    """What was found where the branch of the work tree left a revision, under the roots of today.

    The rules and the inputs are those of today. Raises UsageError where git has no such text.
    """
    given = [real_path(path) for path in paths]
    top = git_top(given[0])
    if top is None or any(git_top(path) != top for path in given):
        raise UsageError("--since needs paths in one git work tree")
    repository = Repository(top)
    with TemporaryDirectory(prefix="dynalint-since-") as place:
        former = _Former(top, real_path(place))
        repository.extract(repository.branch_point(revision), Path(place))
        Path(place, ".git").mkdir(exist_ok=True)  # the top of the copy, as of the original
        return former.known(given, exclude, request)


class _Former:
    """A copy of the work tree whose top is ``top``, as it was, below ``place``."""

    def __init__(self, top: str, place: str) -> None:
        self._top = top
        self._place = place

    def known(self, paths: list[str], exclude: Patterns, request: Request) -> dict[Identity, int]:
        there = [path for path in map(self._then, paths) if Path(path).exists()]
        if not there:
            return {}
        scan = discover(there, exclude={self._then(base): words for base, words in exclude.items()})
        for root in scan.roots:
            bring_downloads(self._now(root), root)
        report = check(scan, self._request(request))
        return {
            identity._replace(root=self._now(identity.root)): count for identity, count in report.identities.items()
        }

    def _request(self, request: Request) -> Request:
        return replace(
            request,
            ruleset=lambda directory: self._ruleset(request.ruleset(self._now(directory))),
            inputs=replace(request.inputs, plan=None, arguments=tuple(map(self._input, request.inputs.arguments))),
            baseline={},
            progress=lambda _done, _of: None,
            results=None,
        )

    def _ruleset(self, ruleset: Ruleset) -> Ruleset:
        files = tuple(map(self._file, ruleset.settings.var_files))
        return replace(ruleset, settings=replace(ruleset.settings, var_files=files))

    def _input(self, argument: tuple[str, str]) -> tuple[str, str]:
        kind, value = argument
        return (kind, self._file(value)) if kind == "var-file" else argument

    def _file(self, path: str) -> str:
        """A variables file of the project is taken as it was."""
        real = real_path(path)
        return self._then(real) if real.startswith(f"{self._top}/") else path

    def _then(self, path: str) -> str:
        """A path of today in the copy."""
        return normpath(self._place + path.removeprefix(self._top))

    def _now(self, path: str) -> str:
        """A path of the copy today."""
        return normpath(self._top + path.removeprefix(self._place))
