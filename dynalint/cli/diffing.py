"""What ``dynalint diff`` is made of; imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from dynalint.cli import running
from dynalint.comparison import Comparison
from dynalint.discovery import Scan
from dynalint.engine import Request
from dynalint.errors import UsageError
from dynalint.project import git_top, project_root, real_path
from dynalint.revision import Repository

SHORT = 10
"""Characters of a commit that people are shown."""


def revision_and_paths(words: Sequence[str]) -> tuple[str | None, list[str]]:
    """The revision, None for the default one, and the paths: the first word is a revision if git knows it as one."""
    if not words:
        return None, []
    first, *rest = words
    if Path(first).exists() and not _repository([first]).names(first):
        return None, list(words)
    return first, rest


def run(wishes: running.Wishes, revision: str | None) -> int:
    """Compare, and write what was found; what the process exits with. Raises UsageError."""
    repository = _repository(wishes.places)
    commit, name = (repository.resolve(revision), revision) if revision else repository.start()
    with TemporaryDirectory(prefix="dynalint-diff-") as place:
        repository.extract(commit, Path(place))

        def compared(scan: Scan, request: Request) -> Request:
            comparison = Comparison(scan.project, place, name)
            return replace(request, changes=comparison.changes)

        code = running.run(wishes, compared)
    sys.stderr.write(
        f"compared with {name} ({commit[:SHORT]}): the text alone, not what exists; check --plan sees that, too\n"
    )
    return code


def _repository(paths: Sequence[str]) -> Repository:
    missing = next((path for path in paths if not Path(path).exists()), None)
    if missing is not None:
        raise UsageError(f"{missing} is neither a revision that git knows nor a file or directory")
    top = git_top(project_root(paths))
    if top is None:
        raise UsageError(f"{real_path(paths[0])} lies in no git work tree: there is nothing to compare with")
    return Repository(top)
