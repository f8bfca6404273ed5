"""Tables as graphs in Graphviz's language, one ``digraph`` each: ``dynalint graph --format dot | dot -Tsvg -O``.

Only quoted identifiers and plain labels are used, which know two escapes: https://graphviz.org/doc/info/lang.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dynalint.reports.graphs import Drawing, content, is_ringed, keys, short, verbs_text

HEAD = (
    "rankdir=LR",
    'node [shape=box, style=rounded, fontname="Helvetica"]',
    'edge [fontname="Helvetica", fontsize=10]',
)


def render(drawings: Iterable[Drawing]) -> str:
    """One graph after the other."""
    return "\n".join(_graph(drawing) for drawing in drawings)


def _graph(drawing: Drawing) -> str:
    lines = (*HEAD, *_lines(drawing))
    return f"digraph {quoted(drawing.table.address)} {{\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    table = drawing.table
    own, *indexes = table.lanes
    yield f"table [shape=cylinder, style=bold, label={_label(own.name, *keys(own))}]"
    for number, lane in enumerate(indexes):
        yield f"index{number} [label={_label(f'{lane.kind} index {short(lane.name)}', *keys(lane), lane.note)}]"
        yield f"table -> index{number} [label={_label(content(lane.projection, lane.attributes))}]"
    for setting in drawing.settings:
        yield f"{setting.part} [shape=note, label={_label(setting.title, setting.text)}]"
        yield f"table -> {setting.part} [dir=none, style=dashed]"
    for number, consumer in enumerate(table.consumers):
        yield f"consumer{number} [shape=cds, label={_label(consumer)}]"
        yield f"stream -> consumer{number}"
    for number, replica in enumerate(table.replicas):
        yield f"replica{number} [shape=cylinder, label={_label(f'replica {replica.title}', replica.text)}]"
        yield f"table -> replica{number} [dir=both]"
    for number, row in enumerate(drawing.access):
        ring = ", color=red, peripheries=2" if is_ringed(row) else ""
        yield f"holder{number} [shape=oval, label={_label(row.holder)}{ring}]"
        yield f"holder{number} -> table [label={_label(verbs_text(row))}]"


def _label(*texts: str) -> str:
    return '"' + r"\n".join(_escaped(short(text)) for text in texts if text) + '"'


def quoted(text: str) -> str:
    """Text as a quoted identifier."""
    return f'"{_escaped(short(text, 200))}"'


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"")
