"""What judges, as one digest: dynalint itself, the rules, and what those are made of.

Files are told by size and time, as Python tells by them whether what it compiled still holds: reading them all would
take longer than most runs do.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from importlib.util import find_spec
from typing import Any, NamedTuple

from dynalint.evaluation.stand_ins import GROUP as MODULES
from dynalint.installed import entry_points, version
from dynalint.packs import FROM_DIRECTORY
from dynalint.rule import Rule
from dynalint.syntax.tables import grammar_key

OWN = frozenset({"dynalint", "dynalint_rules"})
"""Shipped as one. What they import is Python's, or cannot change what a root comes to, or is told by its version."""
MOST_FILES = 20_000
"""Files of packs, and of what they import, that are looked at."""

Seen = tuple[str, int, int]


class Place(NamedTuple):
    """A folder that the module ``top`` comes from, and whether what lies in folders below it counts, too."""

    top: str
    folder: str
    whole: bool


def stamp_of(rules: Iterable[Rule[Any]]) -> str | None:
    """A digest of dynalint, the packs and the libraries that values depend on; None where they are in no files."""
    digest = blake2b(digest_size=16)
    digest.update(repr((sys.version, grammar_key(), version("dynalint"), version("pyyaml"))).encode())
    try:
        for seen in sorted(_files({(place.folder, place.whole) for place in _places(rules)})):
            digest.update(repr(seen).encode("utf-8", "surrogateescape"))
    except (OSError, ImportError, SyntaxError, ValueError):
        return None
    return digest.hexdigest()


def _files(folders: Iterable[tuple[str, bool]]) -> set[Seen]:
    found: set[Seen] = set()
    for folder, whole in folders:
        for seen in _below(folder, whole=whole):
            found.add(seen)
            if len(found) > MOST_FILES:
                raise OSError(f"more than {MOST_FILES} files decide")
    return found


def _below(folder: str, *, whole: bool) -> Iterator[Seen]:
    """Path, size and time of the files in a folder, and with ``whole`` of those below it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                status = entry.stat()
                yield entry.path, status.st_size, status.st_mtime_ns
            elif whole and entry.is_dir() and entry.name != "__pycache__" and not entry.name.startswith("."):
                yield from _below(entry.path, whole=True)


def _places(rules: Iterable[Rule[Any]]) -> set[Place]:
    """Where rules and descriptions of modules come from, and whatever the rules import, all the way."""
    names = {rule.check.__module__ for rule in rules}
    places = {_place(name) for name in ("dynalint", *names, *(entry.value for entry in entry_points(MODULES)))}
    asked: set[str] = set()
    while waiting := {place.top for place in places} - asked - OWN:
        asked |= waiting
        imported = {name for top in waiting for name in _imported_by(top)}
        places |= {place for name in imported if (place := _found(name))}
    return places


def _found(name: str) -> Place | None:
    """The place of what is imported; None where it has none: it may be wanted only where it is there."""
    try:
        return _place(name)
    except ImportError:
        return None


def _place(name: str) -> Place:
    """Where the outermost package that a module lies in and that has a file is, else the module itself."""
    outer, *rest = name.split(".")
    while (file := _file(outer)) is None:
        if not rest:
            raise ImportError(f"{name} has no file")
        outer = f"{outer}.{rest.pop(0)}"
    package = os.path.basename(file).startswith("__init__.")
    return Place(outer, os.path.dirname(file), package or outer.startswith(FROM_DIRECTORY))


def _file(name: str) -> str | None:
    """The file of a module, whose parents have none; None where there is no such thing."""
    try:
        spec = sys.modules[name].__spec__ if name in sys.modules else find_spec(name)
    except (ImportError, ValueError):  # ValueError: it is no package that it should lie in
        return None
    return spec.origin if spec and spec.origin and os.path.isabs(spec.origin) else None


def _imported_by(top: str) -> Iterator[str]:
    """The modules that a module imports, and those below it that are loaded, but for Python's own and dynalint's."""
    for name in [name for name in sys.modules if name == top or name.startswith(f"{top}.")]:
        for imported in _imports(_file(name) or ""):
            outer = imported.partition(".")[0]
            if outer not in sys.stdlib_module_names and outer not in OWN:
                yield imported


def _imports(path: str) -> Iterator[str]:
    """What a file imports by full names; a name that is taken from a module may be a module, too."""
    import ast  # noqa: PLC0415 - only for packs of others

    if not path.endswith(".py"):
        return
    with open(path, "rb") as stream:
        tree = ast.parse(stream.read())
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(level=0, module=str() as module, names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
