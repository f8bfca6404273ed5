"""Which settings file applies to a module: the nearest one, upwards to the project's root, and what it extends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import basename, dirname, join, normpath
from typing import Any

from dynalint.errors import UsageError
from dynalint.project import Project, real_path
from dynalint.records import dataclass
from dynalint.regular import read_regular
from dynalint.settings.keys import Settings, key_of
from dynalint.settings.reading import read_table
from dynalint.settings.version import require_version

OWN_FILES = ("dynalint.toml", ".dynalint.toml")
SHARED_FILE = "pyproject.toml"
MOST_FILES = 20
"""Length of a chain of ``extend``."""


@dataclass(frozen=True, slots=True)
class Layers:
    """Settings with the file that each value comes from; fields that no file sets are not in ``origins``.

    ``base`` is the directory of the nearest file, which patterns are relative to; empty where there is none.
    """

    settings: Settings
    origins: Mapping[str, str]
    base: str = ""


NOTHING = Layers(Settings(), {})


def layers_for(directory: str, project: Project) -> Layers:
    """The settings for a module. UsageError for a file that is wrong."""
    for above in _upwards(directory, project.root):
        for name in OWN_FILES:
            if project.is_file(join(above, name)):
                return read_layers(join(above, name), project)
        if _mentions(join(above, SHARED_FILE), project):
            return read_layers(join(above, SHARED_FILE), project)
    return NOTHING


def read_layers(path: str, project: Project | None) -> Layers:
    """The settings in a file, over those in the files that it extends.

    ``project`` keeps files inside its root; None for a file that the user named, which may lie anywhere.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for file, found in _chain(path, project):
        for name, value in found.items():
            if name not in values and name != "extend":
                values[name] = _anchored(name, value, dirname(file))
                if project is not None:
                    _keep_inside(name, values[name], project, file)
                origins[name] = file
    settings = Settings(**values)
    require_version(settings.required_version, origins.get("required_version", path))
    return Layers(settings, origins, dirname(path))


def _anchored(name: str, value: Any, directory: str) -> Any:
    """Paths as seen from their own file."""
    if name == "baseline":
        return normpath(join(directory, value)) if value else ""
    return tuple(normpath(join(directory, item)) for item in value) if name == "var_files" else value


def _keep_inside(name: str, value: Any, project: Project, file: str) -> None:
    """UsageError for a path that leads out of the project: its settings may be a stranger's."""
    paths = {"baseline": (value,), "var_files": value}.get(name, ())
    outside = next((path for path in paths if path and not project.contains(path)), None)
    if outside:
        raise UsageError(f"{file}: {key_of(name)} leads out of the project, to {outside}")


def _chain(path: str, project: Project | None) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: list[str] = []
    while path:
        if path in seen or len(seen) >= MOST_FILES:
            raise UsageError(f"{seen[-1]}: extend leads in a circle")
        seen.append(path)
        found = _read(path, project, seen)
        yield path, found
        path = normpath(join(dirname(path), found["extend"])) if found.get("extend") else ""


def _read(path: str, project: Project | None, seen: list[str]) -> dict[str, Any]:
    if project is not None and not project.contains(path):
        raise UsageError(f"{seen[0]}: extend leads out of the project, to {path}")
    try:
        text = read_regular(path) if project is not None else Path(path).read_bytes()  # a named one may be a pipe
    except OSError as error:
        wanted_by = f"{seen[-2]}: extend names " if len(seen) > 1 else "cannot read the settings "
        raise UsageError(f"{wanted_by}{path}: {error.strerror}") from error
    return read_table(path, text, ("tool", "dynalint") if basename(path) == SHARED_FILE else ())


def _mentions(path: str, project: Project) -> bool:
    """Whether a shared file has a part for dynalint. One that cannot be read is somebody else's affair."""
    try:
        return project.contains(path) and b"tool.dynalint" in project.read_text_file(path)
    except OSError:
        return False


def _upwards(directory: str, root: str) -> Iterator[str]:
    directory = real_path(directory)
    while True:
        yield directory
        if directory == root or dirname(directory) == directory:
            return
        directory = dirname(directory)
