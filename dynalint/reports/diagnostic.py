"""One message about a source, drawn: title, snippets, notes, and the change that a fix would make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dynalint.findings import Edit, Fix, RuleInfo
from dynalint.records import dataclass
from dynalint.reports.diff import Change, changes
from dynalint.reports.inert import visible
from dynalint.reports.places import Places
from dynalint.reports.snippet import TAB, Gutter, Mark, snippet
from dynalint.reports.styled import ADDED, FRAME, PLAIN, REMOVED, STRONG, Line, Piece, Style, line, wrapped

MOST_CHANGES = 16


@dataclass(frozen=True, slots=True)
class Note:
    """A line below the snippets: ``= label: text``; a text of several lines is kept as it is."""

    label: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What to draw. The first mark is the primary one; marks in other files follow in their own snippets.

    ``closing`` notes stand below the change that ``fix`` would make.
    """

    kind: str
    style: Style
    rule: RuleInfo
    message: str
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...] = ()
    fix: Fix | None = None
    closing: tuple[Note, ...] = ()


def title(kind: str, style: Style, rule: RuleInfo) -> Line:
    """``error[DYN101 key-attribute-undefined]``."""
    return line(Piece(kind, style), Piece(f"[{visible(rule.code)} {visible(rule.name)}]", style, rule.url))


def draw(diagnostic: Diagnostic, places: Places, width: int | None) -> Iterator[Line]:
    """The lines of a diagnostic, none of them wider than ``width`` where words allow it."""
    changed = [*_changes_of(diagnostic.fix, places)]
    gutter = Gutter(len(str(max(_line_numbers(diagnostic.marks, changed, places), default=1))))
    head = (*title(diagnostic.kind, diagnostic.style, diagnostic.rule), Piece(": ", STRONG))
    yield from wrapped(head, visible(diagnostic.message), width, STRONG, hang=line("  "))
    for index, marks in enumerate(_by_file(diagnostic.marks)):
        yield from _located(marks, ":::" if index else "-->", places, gutter, width)
    if diagnostic.notes or changed or diagnostic.closing:
        yield gutter.bare
    for note in diagnostic.notes:
        yield from _note(note, gutter, width)
    yield from _diff(changed, diagnostic.marks[0].span.path, places, gutter)
    for note in diagnostic.closing:
        yield from _note(note, gutter, width)


def _line_numbers(marks: Iterable[Mark], changed: Iterable[tuple[str, Change]], places: Places) -> Iterator[int]:
    for mark in marks:
        yield places.source(mark.span.path).line_at(mark.span.start)
    for _, change in changed:
        yield change.number


def _by_file(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """The marks of each file, files in the order of their first mark."""
    files: dict[str, list[Mark]] = {}
    for mark in marks:
        files.setdefault(mark.span.path, []).append(mark)
    yield from files.values()


def _located(marks: list[Mark], arrow: str, places: Places, gutter: Gutter, width: int | None) -> Iterator[Line]:
    span = marks[0].span
    source = places.source(span.path)
    yield line(Piece(f"{' ' * gutter.digits}{arrow} ", FRAME), visible(str(places.place(span))))
    if not source.data:
        return
    if arrow == "-->":
        yield gutter.bare
    yield from snippet(source, marks, gutter, width)


def _note(note: Note, gutter: Gutter, width: int | None) -> Iterator[Line]:
    first, *more = note.text.split("\n")
    prefix = line(Piece(f"{' ' * gutter.digits} = ", FRAME), Piece(f"{note.label}: ", STRONG))
    hang = line(" " * (gutter.digits + 3 + len(note.label) + 2))
    for index, pieces in enumerate(wrapped(prefix, visible(first), width)):
        yield _linked(pieces, note.link) if index == 0 else pieces
    for row in more:
        text = row.expandtabs(len(TAB)).lstrip(" ")
        indent = " " * (len(row.expandtabs(len(TAB))) - len(text))
        yield from wrapped((*hang, Piece(indent)), visible(text), width)


def _linked(pieces: Line, link: str) -> Line:
    return (*pieces[:-1], pieces[-1]._replace(link=link))


def _changes_of(fix: Fix | None, places: Places) -> Iterator[tuple[str, Change]]:
    files: dict[str, list[Edit]] = {}
    for edit in fix.edits if fix else ():
        files.setdefault(edit.span.path, []).append(edit)
    for path, edits in files.items():
        yield from ((path, change) for change in changes(places.source(path), edits))


def _diff(changed: list[tuple[str, Change]], home: str, places: Places, gutter: Gutter) -> Iterator[Line]:
    """The changed lines; those of other files than the finding's under the name of their file."""
    for path, change in islice(changed, MOST_CHANGES):
        if path != home:
            yield line(Piece(f"{' ' * gutter.digits}::: ", FRAME), visible(places.relative(path)))
            home = path
        style = ADDED if change.sign == "+" else REMOVED
        text = visible(change.text.replace("\t", TAB)).rstrip()
        yield line(Piece(f"{change.number:>{gutter.digits}} ", FRAME), Piece(f"{change.sign} {text}".rstrip(), style))
    if len(changed) > MOST_CHANGES:
        yield line(Piece(f"{gutter.gap[0].text} ", FRAME), Piece(f"{len(changed) - MOST_CHANGES} more lines", PLAIN))
