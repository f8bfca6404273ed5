"""Tables as Mermaid flowcharts in Markdown, one diagram each: GitHub, GitLab and others show them in place.

``erDiagram`` is no way to draw a table: it takes no attribute called pk, fk or uk. Labels are quoted, and everything in
them but plain characters is written as an entity, so that no name is taken for syntax or markup.
https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dynalint.reports.graphs import MOST, Drawing, content, is_ringed, keys, short, verbs_text
from dynalint.reports.inert import visible
from dynalint.reports.pictures import AccessPicture, State

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 _-.,:/()+=*…·")
BREAK = "<br>"
CLASSES = (
    "classDef table stroke-width:3px",
    "classDef scan stroke:#c62828,stroke-width:3px",
    "classDef unsure stroke-dasharray:4 3",
)


def render(drawings: Iterable[Drawing]) -> str:
    """A Markdown document with a heading and a diagram for each table."""
    return "\n".join(section for drawing in drawings for section in _section(drawing))


def diagram(drawing: Drawing) -> str:
    """One flowchart."""
    return "".join(f"{line}\n" for line in ("flowchart LR", *(f"  {line}" for line in _lines(drawing))))


def _section(drawing: Drawing) -> Iterator[str]:
    yield f"### {_heading(drawing)}\n"
    yield f"```mermaid\n{diagram(drawing)}```\n"


def _heading(drawing: Drawing) -> str:
    """The address as code; a backtick in it would end that."""
    address = visible(drawing.table.address).replace("`", "'")
    return f"`{address}`"


def _lines(drawing: Drawing) -> Iterator[str]:
    table = drawing.table
    own, *indexes = table.lanes
    yield f"t[({_label(own.name, *keys(own))})]:::table"
    for number, lane in enumerate(indexes[:MOST]):
        yield f"i{number}[{_label(f'{lane.kind} index', lane.name, *keys(lane))}]{_unsure(bool(lane.note))}"
        yield f"t --> |{_label(content(lane.projection, lane.attributes))}| i{number}"
    yield from _more("i", len(indexes))
    for setting in drawing.settings:
        doubtful = setting.state is State.UNKNOWN
        yield f"{setting.part}({_label(setting.title, short(setting.text))}){_unsure(doubtful)}"
        yield f"t -.- {setting.part}"
    for number, consumer in enumerate(table.consumers[:MOST]):
        yield f"stream --> c{number}>{_label(consumer)}]"
    yield from _more("c", len(table.consumers))
    for number, replica in enumerate(table.replicas[:MOST]):
        yield f"t ===> r{number}[({_label('replica', replica.title, replica.text)})]"
    yield from _more("r", len(table.replicas))
    yield from _access(drawing.access)
    yield from CLASSES


def _access(rows: tuple[AccessPicture, ...]) -> Iterator[str]:
    for number, row in enumerate(rows[:MOST]):
        yield f"a{number}([{_label(row.holder)}]){':::scan' if is_ringed(row) else ''}"
        yield f"a{number} --> |{_label(verbs_text(row))}| t"
    yield from _more("a", len(rows))


def _more(prefix: str, number: int) -> Iterator[str]:
    if number > MOST:
        yield f"{prefix}more[{_label(f'and {number - MOST} more')}]"


def _unsure(doubtful: bool) -> str:
    return ":::unsure" if doubtful else ""


def _label(*texts: str) -> str:
    return f'"{BREAK.join(escaped(short(text)) for text in texts if text)}"'


def escaped(text: str) -> str:
    """Text in which nothing but letters, digits and a few marks stands as itself."""
    return "".join(char if char in PLAIN else f"#{ord(char)};" for char in text)
