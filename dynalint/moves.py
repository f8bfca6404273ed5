"""The ``moved`` blocks of a root module and of the modules that it calls."""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.moves import Moves, moves_in
from dynalint.evaluation.resources import RootModule
from dynalint.project import Project


def moves_of(root: RootModule, project: Project) -> Moves:
    """The moves that are written in the modules of an evaluated root."""
    return moves_in(
        (prefix, block)
        for prefix, directory in places_of(root)
        for file in project.files_of(directory)
        for block in file.blocks
    )


def places_of(root: RootModule) -> Iterator[tuple[str, str]]:
    """The modules of a tree as far as they show: address without instance keys, and directory; in order."""
    seen = {("", root.directory)}
    seen |= {(generic(calls[-1].address), directory) for directory, calls in root.ways.items() if calls}
    for resource in (*root.resources, *root.unmade):
        if resource.calls:
            seen.add((generic(resource.calls[-1].address), resource.module))
    yield from sorted(seen)
