"""What all diagrams share: a table with those who may do something with it, in numbers that a diagram can hold."""

from __future__ import annotations

from collections.abc import Iterator

from dynalint.records import dataclass
from dynalint.reports.inert import visible
from dynalint.reports.pictures import (
    VERBS,
    AccessPicture,
    CellPicture,
    KeyPicture,
    LanePicture,
    RootPicture,
    SettingPicture,
    State,
    TablePicture,
)

LONGEST = 60
MOST = 24
"""Nodes of a kind in one diagram: DynamoDB allows 20 global indexes by default, and more than that nobody can read."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table and, in the order of their names, those who may do something with it."""

    root: str
    table: TablePicture
    access: tuple[AccessPicture, ...]

    @property
    def settings(self) -> Iterator[SettingPicture]:
        """What the table has, or may have; also a stream that is off although somebody reads it."""
        for setting in self.table.settings:
            if setting.state is not State.OFF or (setting.part == "stream" and self.table.consumers):
                yield setting


def drawings_of(root: RootPicture) -> Iterator[Drawing]:
    """The tables of a root module, each with who reaches it."""
    for table in root.tables:
        yield Drawing(root.path, table, tuple(row for row in root.access if table.address in row.tables))


def short(text: str, most: int = LONGEST) -> str:
    """One line of text for a label, its middle left out where it is too long: names differ at both ends."""
    shown = visible(text)
    if len(shown) <= most:
        return shown
    half = (most - 1) // 2
    return f"{shown[:half]}…{shown[-half:]}"


def listed(names: tuple[str, ...], most: int = 6) -> str:
    """Names, and how many there are besides."""
    rest = len(names) - most
    return ", ".join(short(name, 30) for name in names[:most]) + (f" and {rest} more" if rest > 0 else "")


def content(projection: str, attributes: tuple[str, ...]) -> str:
    """What an index holds."""
    return f"INCLUDE {listed(attributes)}".strip() if projection == "INCLUDE" else projection or "…"


ROLES = {"hash": "partition key", "range": "sort key"}


def keys(lane: LanePicture) -> Iterator[str]:
    """``partition key: id (S)``, for each key."""
    yield from (f"{ROLES.get(key.role, key.role)}: {key_text(key)}" for key in lane.keys)


def key_text(key: KeyPicture) -> str:
    """A key with its type."""
    return f"{short(key.name, 40)} ({key.type or 'not declared'})"


def verbs(row: AccessPicture) -> Iterator[tuple[str, CellPicture]]:
    """What somebody may do, in the order of the verbs."""
    for verb, cell in zip(VERBS, row.cells, strict=True):
        if cell is not None:
            yield verb, cell


def verbs_text(row: AccessPicture) -> str:
    """``Get, Query, SCAN if …``: Scan stands out, and what a condition limits is marked."""
    words = (verb.upper() if verb == "Scan" else verb for verb, _ in verbs(row))
    marked = (f"{word} if …" if cell.conditional else word for word, (_, cell) in zip(words, verbs(row), strict=True))
    return ", ".join(marked) + (" (by *)" if any(cell.wide for _, cell in verbs(row)) else "")


def is_ringed(row: AccessPicture) -> bool:
    """Whether somebody may read the whole table, or do anything with it."""
    return any(verb == "Scan" or cell.wide for verb, cell in verbs(row))
