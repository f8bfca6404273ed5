"""``dynalint inspect`` for people: a tree of each table and policy, every value with the place it comes from.

The records here hold text that is ready to show. Whoever makes them leaves sensitive values out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dynalint.records import dataclass
from dynalint.reports.inert import visible
from dynalint.reports.styled import (
    FAINT,
    FRAME,
    PLAIN,
    STRONG,
    UNDECIDED,
    WARNING,
    Line,
    Piece,
    cell_len,
    line,
    to_text,
    wrapped,
)
from dynalint.reports.styled import width as width_of
from dynalint.reports.summary import amount, enumeration


@dataclass(frozen=True, slots=True)
class SettingView:
    """One value. ``text`` is the value, or why it is ``unknown``; ``origin`` where it is from, empty for a default."""

    name: str
    text: str
    origin: str = ""
    unknown: bool = False
    default: bool = False


@dataclass(frozen=True, slots=True)
class GroupView:
    """Settings under a title; ``note`` says on what the group depends."""

    title: str
    settings: tuple[SettingView, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableView:
    """A table or a policy. ``place`` is ``path:line``; ``note`` a restriction, such as that it may not exist."""

    address: str
    place: str
    groups: tuple[GroupView, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class RootView:
    """A root module. ``faults`` are what could not be evaluated, each one sentence."""

    path: str
    tables: tuple[TableView, ...] = ()
    latent: tuple[TableView, ...] = ()
    policies: tuple[TableView, ...] = ()
    outputs: tuple[SettingView, ...] = ()
    faults: tuple[str, ...] = ()


def render(roots: Sequence[RootView], *, color: bool, width: int | None) -> str:
    """The trees of all root modules."""
    return to_text(_roots(roots, width), color=color, hyperlinks=False)


def _roots(roots: Sequence[RootView], width: int | None) -> Iterator[Line]:
    for index, root in enumerate(roots):
        if index:
            yield ()
        yield line(Piece(visible(root.path), STRONG), f": {_counted(root)}")
        for fault in root.faults:
            yield from wrapped(line(Piece("! ", WARNING)), visible(fault), width)
        for view in (*root.tables, *root.latent, *root.policies):
            yield ()
            yield from _tree(view, width)
        if root.outputs:
            yield ()
            yield line(Piece("outputs", STRONG))
            yield from _settings(root.outputs, line("   "), width)


def _counted(root: RootView) -> str:
    counted = [amount(len(root.tables), "table")]
    if root.latent:
        counted.append(f"{len(root.latent)} in branches not taken")
    if root.policies:
        counted.append(amount(len(root.policies), "policy"))
    return enumeration(counted)


def _tree(view: TableView, width: int | None) -> Iterator[Line]:
    note = f"  {visible(view.note)}" if view.note else ""
    yield line(Piece(visible(view.address), STRONG), Piece(f"  {visible(view.place)}", FAINT), Piece(note, UNDECIDED))
    for index, group in enumerate(view.groups):
        last = index == len(view.groups) - 1
        head = line(Piece("└─ " if last else "├─ ", FRAME), Piece(visible(group.title), FRAME))
        yield (*head, Piece(f"  {visible(group.note)}" if group.note else "", FAINT))
        yield from _settings(group.settings, line(Piece("      " if last else "│     ", FRAME)), width)


def _settings(settings: Iterable[SettingView], indent: Line, width: int | None) -> Iterator[Line]:
    """Names and values in columns; the origin behind the value where it fits, else below it."""
    shown = [*settings]
    names = max((cell_len(visible(setting.name)) for setting in shown), default=0)
    values = min(max((cell_len(visible(setting.text)) for setting in shown), default=0), 32)
    for setting in shown:
        name, text, origin = visible(setting.name), visible(setting.text), visible(setting.origin)
        start = (*indent, Piece(name + " " * (names - cell_len(name) + 2)))
        hang = (*indent, Piece(" " * (names + 2)))
        style = UNDECIDED if setting.unknown else FAINT if setting.default else PLAIN
        room = None if width is None else width - width_of(start)
        taken = max(cell_len(text), values) + 2
        if not origin:
            yield from wrapped(start, text, width, style, hang)
        elif room is None or taken + cell_len(origin) <= room:
            yield (*start, Piece(text, style), Piece(" " * (taken - cell_len(text)) + origin, FAINT))
        else:
            yield from wrapped(start, text, width, style, hang)
            yield from wrapped((*hang, Piece("  ")), origin, width, FAINT, (*hang, Piece("  ")))
