"""Who may Get, Query, Scan, Write and administer which table; each cell leads to the line that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dynalint.findings import Finding
from dynalint.records import dataclass
from dynalint.reports.html_parts import esc, lines_of
from dynalint.reports.pictures import VERBS, AccessPicture, CellPicture, RootPage
from dynalint.reports.places import Places
from dynalint.reports.snippet import Gutter, Mark, snippet
from dynalint.syntax.source import Span

MOST_TABLES = 8
MOST_LINES = 6
WIDTH = 100


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where a cell leads: to the finding about its line, else to the statement among the policies of the page."""

    findings: Mapping[Span, int]
    statements: Mapping[Span, int]

    @classmethod
    def of(cls, findings: Sequence[Finding], roots: Sequence[RootPage]) -> Anchors:
        """The anchors of a page."""
        spans = (cell.statement for root in roots for row in root.picture.access for cell in row.cells if cell)
        statements = {span: number for number, span in enumerate(dict.fromkeys(spans), 1)}
        found: dict[Span, int] = {}
        for number, finding in enumerate(findings, 1):
            if finding.rule.family == "4":
                found.setdefault(finding.span, number)
        return cls(found, statements)

    def of_cell(self, cell: CellPicture) -> str:
        """The fragment that a cell links to."""
        number = self.findings.get(cell.at)
        return f"f{number}" if number else f"p{self.statements[cell.statement]}"


def letters(row: AccessPicture, anchors: Anchors) -> str:
    """The five cells of a row, one after the other; what each means in full is said in the matrix."""
    return "".join(_cell(verb, cell, anchors, full=False) for verb, cell in zip(VERBS, row.cells, strict=True))


def _cell(verb: str, cell: CellPicture | None, anchors: Anchors, *, full: bool = True) -> str:
    if cell is None:
        return "" if full else '<i class="do none"></i>'
    ring = " ring" if verb == "Scan" or cell.wide else ""
    limited = " if" if cell.conditional else ""
    title = esc(_words(verb, cell)) if full else verb
    return f'<a class="do{ring}{limited}" href="#{anchors.of_cell(cell)}" title="{title}">{verb[0]}</a>'


def _words(verb: str, cell: CellPicture) -> str:
    most = 6
    rest = len(cell.actions) - most
    named = ", ".join(cell.actions[:most]) + (f" and {rest} more" if rest > 0 else "")
    notes = [f"on {cell.below}" if cell.below else "", "under a condition" if cell.conditional else ""]
    notes.append("by a pattern for all actions" if cell.wide else "")
    return "; ".join([f"{verb}: {named}", *filter(None, notes)])


def matrix(roots: Sequence[RootPage], anchors: Anchors) -> str:
    """Everybody who may do something, with the tables; rows of one holder stand together."""
    head = "".join(f"<th scope=col>{verb}</th>" for verb in VERBS)
    rows = "".join(row for root in roots for row in _rows(root, anchors, several=len(roots) > 1))
    return (
        f'<div class="wide"><table class="access"><thead><tr><th scope=col>Who, and which table</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _rows(root: RootPage, anchors: Anchors, *, several: bool) -> Iterator[str]:
    cards = {card.picture.address: card.anchor for card in root.cards}
    before = ""
    for row in root.picture.access:
        if row.holder != before:
            where = f' <span class="soft">in {esc(root.picture.path)}</span>' if several else ""
            policies = esc(", ".join(row.policies))
            title = f'<span class="addr">{esc(row.holder)}</span>{where} <small class="soft">{policies}</small>'
            yield f'<tr class="group"><th colspan=6 scope=rowgroup>{title}</th></tr>'
            before = row.holder
        cells = "".join(f"<td>{_cell(verb, cell, anchors)}</td>" for verb, cell in zip(VERBS, row.cells, strict=True))
        yield f"<tr><th scope=row>{_tables(row, cards)}</th>{cells}</tr>"


def _tables(row: AccessPicture, cards: Mapping[str, str]) -> str:
    if not row.tables:
        return f'<span class="soft">elsewhere:</span> <code>{esc(row.elsewhere)}</code>'
    if len(row.tables) == len(cards) > 1:
        return f"all {len(cards)} tables here"
    shown = [f'<a class="addr" href="#{cards[name]}">{esc(name)}</a>' for name in row.tables[:MOST_TABLES]]
    rest = len(row.tables) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest > 0 else "")


def policies(roots: Sequence[RootPage], anchors: Anchors, places: Places) -> str:
    """The lines of every statement that grants something."""
    entries: dict[Span, dict[Span, None]] = {}
    for row in (row for root in roots for row in root.picture.access):
        for cell in filter(None, row.cells):
            entries.setdefault(cell.statement, {})[cell.at] = None
    return "".join(_statement(span, marks, anchors, places) for span, marks in entries.items())


def _statement(span: Span, entries: Iterable[Span], anchors: Anchors, places: Places) -> str:
    place = places.place(span)
    source = places.source(span.path)
    gutter = Gutter(len(str(source.line_at(max(at.start for at in entries)))))
    lines: Iterable[str] = ()
    if source.data:
        marks = [Mark(at, primary=True) for at in entries][:MOST_LINES]
        lines = [lines_of(snippet(source, marks, gutter, WIDTH))]
    shown = "".join(f"<pre>{text}</pre>" for text in lines)
    where = f"<code>{esc(f'{place.path}:{place.line}')}</code>"
    return f'<div id="p{anchors.statements[span]}" class="statement">{where}{shown}</div>'
