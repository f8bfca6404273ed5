"""Tables as one picture: lanes for the table and its indexes, what it has, and who may do what with it.

No program lays it out: every row has its height, and texts are as wide as their letters in a monospaced font. Colours
follow the reader's theme; nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field
from html import escape

from rich.cells import cell_len

from dynalint.records import dataclass
from dynalint.reports.graphs import Drawing, content, short
from dynalint.reports.pictures import VERBS, AccessPicture, CellPicture, KeyPicture, LanePicture, SettingPicture, State

WIDTH, MARGIN, ROW, GAP = 960, 24, 30, 6
LETTER = 7.3
"""Width of a letter of 12 pixels, generously."""
NAMES, HOLDERS = 250, 420
STYLE = """\
svg{color-scheme:light dark;--ink:#1c2430;--soft:#5d6b7c;--edge:#c6ced8;--lane:#f3f5f8;--key:#0b5c6b;
--bad:#b3261e;--page:#fff}
@media(prefers-color-scheme:dark){svg{--ink:#e4e9ef;--soft:#95a3b3;--edge:#3c4856;--lane:#1b222b;--key:#56b8c9;
--bad:#ff8a80;--page:#11161c}}
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink)}
.title{font-size:15px;font-weight:bold}.soft{fill:var(--soft)}
.page{fill:var(--page)}.lane{fill:var(--lane);stroke:var(--edge)}
.hash{fill:var(--key)}.onkey{fill:var(--page)}.range,.chip{fill:none;stroke:var(--key);stroke-width:1.5}
.chip{stroke:var(--edge)}.undeclared{stroke:var(--bad);stroke-width:1.5;stroke-dasharray:3 2;fill:none}
.bar{fill:var(--key);opacity:.25}.unknown{stroke-dasharray:4 3}
.may{fill:var(--soft)}.ring{fill:none;stroke:var(--bad);stroke-width:2.5}.if{fill:none;stroke:var(--soft);stroke-width:2}
"""


def render(drawings: Sequence[Drawing]) -> str:
    """One SVG document with all tables below each other."""
    canvas = _Canvas()
    for drawing in drawings:
        canvas.table(drawing)
    height = canvas.y + MARGIN - ROW // 2
    body = "\n".join(canvas.parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-label="DynamoDB tables">\n<style>\n{STYLE}</style>\n'
        f'<rect class="page" width="{WIDTH}" height="{height}"/>\n{body}\n</svg>\n'
    )


def width(text: str) -> float:
    """Pixels that a text takes."""
    return round(cell_len(text) * LETTER, 1)


@dataclass(slots=True)
class _Canvas:
    parts: list[str] = field(default_factory=list)
    y: int = MARGIN

    def table(self, drawing: Drawing) -> None:
        table = drawing.table
        self.text(MARGIN, short(table.name), "title")
        self.text(MARGIN + width(short(table.name)) * 1.3 + 12, short(table.address, 70), "soft")
        self.y += ROW
        for lane in table.lanes:
            self.lane(lane)
        self.y += GAP
        self.chips([*drawing.settings, *table.replicas])
        self.access(drawing.access)
        self.y += ROW

    def lane(self, lane: LanePicture) -> None:
        self.parts.append(_rect(MARGIN, self.y, WIDTH - 2 * MARGIN, ROW, "lane unknown" if lane.note else "lane"))
        title = short(lane.name, 24) if lane.kind != "table" else "table"
        kind = "" if lane.kind == "table" else f" {lane.kind}"
        self.text(MARGIN + 10, f"{title}{kind}", "soft" if lane.note else "")
        x = float(NAMES)
        for key in lane.keys:
            x = self.key(key, x)
        holds = short(content(lane.projection, lane.attributes), 40)
        wide = width(holds) + 20
        self.parts.append(_rect(WIDTH - MARGIN - 6 - wide, self.y + 5, wide, ROW - 10, "bar"))
        self.text(WIDTH - MARGIN + 4 - wide, holds)
        self.y += ROW + GAP

    def key(self, key: KeyPicture, x: float) -> float:
        label = f"{short(key.name, 24)} {key.type or 'undeclared'}"
        kind = key.role if key.type else "undeclared"
        wide = width(label) + 16
        self.parts.append(_rect(x, self.y + 4, wide, ROW - 8, kind))
        self.text(x + 8, label, "onkey" if kind == "hash" else "")
        return x + wide + 8

    def chips(self, settings: Iterable[SettingPicture]) -> None:
        """What the table has, in as many rows as that takes."""
        x = float(MARGIN)
        for setting in settings:
            label = short(f"{setting.title} {setting.text}".strip(), 70)
            wide = width(label) + 16
            if x + wide > WIDTH - MARGIN and x > MARGIN:
                x, self.y = float(MARGIN), self.y + ROW
            self.parts.append(_rect(x, self.y, wide, ROW - 6, f"chip {_doubt(setting)}".strip()))
            self.text(x + 8, label, lift=3)
            x += wide + 8
        self.y += ROW + GAP

    def access(self, rows: Sequence[AccessPicture]) -> None:
        for row in rows:
            self.text(MARGIN, short(row.holder, 54))
            for number, (verb, cell) in enumerate(zip(VERBS, row.cells, strict=True)):
                if cell is not None:
                    self.cell(HOLDERS + number * 100, verb, cell)
            self.y += ROW - GAP

    def cell(self, x: float, verb: str, cell: CellPicture) -> None:
        middle = self.y + ROW / 2
        kind = "if" if cell.conditional else "may"
        self.parts.append(f'<circle cx="{x:g}" cy="{middle:g}" r="5" class="{kind}"/>')
        if verb == "Scan" or cell.wide:
            self.parts.append(f'<circle cx="{x:g}" cy="{middle:g}" r="9" class="ring"/>')
        self.text(x + 14, verb)

    def text(self, x: float, text: str, kind: str = "", lift: int = 0) -> None:
        shown = f' class="{kind}"' if kind else ""
        self.parts.append(f'<text x="{x:g}" y="{self.y + ROW / 2 + 4 - lift:g}"{shown}>{escape(text)}</text>')


def _doubt(setting: SettingPicture) -> str:
    return "unknown" if setting.state is State.UNKNOWN else ""


def _rect(x: float, y: float, wide: float, high: float, kind: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="5" class="{kind}"/>'
