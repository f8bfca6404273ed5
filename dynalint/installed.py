"""What is installed beside dynalint: entry points and versions, read where installers write them.

importlib.metadata answers the same, but importing it costs a run of a small repository a tenth of its time. It is
asked wherever more than folders is concerned: archives on the path, and finders that have distributions of their own.
https://packaging.python.org/en/latest/specifications/recording-installed-packages/
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from operator import attrgetter
from typing import Any, NamedTuple

FOLDER = re.compile(r"(?P<name>.+?)(?:-.*)?\.(?:dist|egg)-info", re.IGNORECASE)


class EntryPoint(NamedTuple):
    """An object that a distribution offers under a name: ``value`` is ``module:attribute``, or a module."""

    name: str
    value: str

    def load(self) -> Any:
        """The object. Raises what importing its module raises, and AttributeError."""
        module, _, attribute = self.value.partition("[")[0].partition(":")
        found = import_module(module.strip())
        return attrgetter(attribute.strip())(found) if attribute.strip() else found


def entry_points(group: str) -> list[EntryPoint]:
    """The entry points of a group, in order of their names."""
    places = folders()
    if places is None:
        return sorted(EntryPoint(entry.name, entry.value) for entry in _asked().entry_points(group=group))
    return sorted({entry for place in places.values() for entry in _listed(place, group)})


def version(distribution: str) -> str:
    """The version of an installed distribution. Raises importlib.metadata.PackageNotFoundError."""
    place = (folders() or {}).get(distribution)
    for line in _lines(place, "METADATA") if place else ():
        if line.startswith("Version:"):
            return line.partition(":")[2].strip()
    return str(_asked().version(distribution))


def origin(distribution: str) -> str:
    """Where an installed distribution came from, as pip takes it: "" for an index, a path for a directory.

    https://packaging.python.org/en/latest/specifications/direct-url/
    """
    said = "".join(_lines((folders() or {}).get(distribution, ""), "direct_url.json"))
    if not said:
        return ""
    direct: dict[str, Any] = json.loads(said)
    url, repository = str(direct["url"]), direct.get("vcs_info")
    return f"{repository['vcs']}+{url}@{repository['commit_id']}" if repository else url.removeprefix("file://")


@cache
def folders() -> dict[str, str] | None:
    """The folder of each distribution, by its name in lower case with underscores; the first on the path counts.

    None where folders are not all there is.
    """
    if any(hasattr(finder, "find_distributions") for finder in sys.meta_path if finder is not PathFinder):
        return None
    found: dict[str, str] = {}
    for directory in sys.path:
        if os.path.isfile(directory) or directory.endswith(".egg"):
            return None
        for name in _names(directory or "."):
            if name.endswith("-info") and (parts := FOLDER.fullmatch(name)):
                found.setdefault(re.sub(r"[-_.]+", "_", parts["name"]).lower(), os.path.join(directory, name))
    return found


def _names(directory: str) -> list[str]:
    try:
        return sorted(os.listdir(directory))
    except OSError:
        return []


def _listed(place: str, group: str) -> Iterator[EntryPoint]:
    section = ""
    for line in _lines(place, "entry_points.txt"):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == group and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield EntryPoint(name.strip(), value.strip())


def _lines(place: str, name: str) -> list[str]:
    try:
        with open(os.path.join(place, name), encoding="utf-8") as stream:
            return [line.strip() for line in stream]
    except OSError:
        return []


def _asked() -> Any:
    from importlib import metadata  # noqa: PLC0415 - see above

    return metadata
