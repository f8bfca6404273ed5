"""Files that configuration reads: ``file("…")``, ``templatefile("…")``, kept inside the project's root."""

from __future__ import annotations

from posixpath import isabs, join, normpath

from dynalint.evaluation.errors import EvaluationError
from dynalint.project import Project


class RootFiles:
    """Reading relative to one root module. See :class:`dynalint.evaluation.functions.base.Files`."""

    def __init__(self, directory: str, project: Project) -> None:
        self._directory = directory
        self._project = project

    def _path(self, path: str) -> str:
        if "\0" in path:
            raise EvaluationError("a path cannot hold the character U+0000")
        return normpath(path if isabs(path) else join(self._directory, path))

    def read(self, path: str) -> bytes:
        """Content of a file; EvaluationError where it is not there, not readable or outside the project."""
        try:
            return self._project.read_text_file(self._path(path))
        except PermissionError as error:
            raise _outside(path) from error
        except OSError as error:
            raise EvaluationError(f"there is no readable file {path}") from error

    def exists(self, path: str) -> bool:
        """Whether there is a regular file; EvaluationError outside of the project."""
        if not self._project.contains(self._path(path)):
            raise _outside(path)
        return self._project.is_file(self._path(path))

    def walk(self, path: str) -> list[str]:
        """Files below a directory, relative to it; none where it is not there, EvaluationError outside the project."""
        start = self._path(path)
        if not self._project.contains(start):
            raise _outside(path)
        found = self._project.walk(start)
        if found is None:
            raise EvaluationError(f"{path} holds more files than dynalint looks at")
        return [*found]


def _outside(path: str) -> EvaluationError:
    return EvaluationError(f"{path} is outside of the project, so dynalint does not read it")
