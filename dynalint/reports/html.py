"""The report as one page: no scripts, nothing fetched, the same bytes for the same input.

What comes from a scanned repository is escaped wherever it is written; the content policy of the page forbids whatever
that might have missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from dynalint.findings import Report
from dynalint.records import dataclass
from dynalint.reports import html_findings, summary
from dynalint.reports.html_access import Anchors, matrix, policies
from dynalint.reports.html_cards import Cards
from dynalint.reports.html_parts import LETTERS, esc, link, mark, name_of
from dynalint.reports.pictures import ChangePicture, FamilyVerdict, ReportPage, RootPage, TableCard, Verdict
from dynalint.reports.places import Places

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
COUNTED = (
    (Verdict.ERROR, "errors", "#findings"),
    (Verdict.WARNING, "warnings", "#findings"),
    (Verdict.NOTE, "notes", "#findings"),
    (Verdict.UNDECIDED, "undecided", "#undecided"),
    (Verdict.SUPPRESSED, "suppressed", "#suppressed"),
)


KEYS = (
    '<p class="legend above"><span><span class="key hash">partition key</span></span>'
    '<span><span class="key range">sort key</span></span>'
    '<span><span class="key undeclared">declared by no attribute</span></span>'
    '<span><span class="key unused">declared, and no key</span></span></p>'
)


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the page depends on besides what it shows: the directory that paths are relative to, and the version."""

    base: str
    version: str


def render(page: ReportPage, report: Report, options: PageOptions) -> str:
    """The whole document, without ``##``, which a runner would take for the beginning of a command in a log."""
    return "\n".join(_document(page, report, options)).replace("##", "#&#35;") + "\n"


def _document(page: ReportPage, report: Report, options: PageOptions) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_heading(page)}</title>"
    yield f"<style>\n{_style()}</style>\n</head>\n<body>"
    yield "<main>"
    yield from _head(page, report)
    yield from _sections(page, report, Places(page.sources, options.base))
    yield f"<footer>dynalint {esc(options.version)}: {esc(summary.looked_at(report))}.</footer>"
    yield "</main>\n</body>\n</html>"


def _style() -> str:
    return files(__package__).joinpath("html.css").read_text("utf-8")


def _head(page: ReportPage, report: Report) -> Iterator[str]:
    yield f'<p class="eyebrow">dynalint</p><h1>{_heading(page)}</h1>'
    numbers = summary.counts(report)
    tiles = "".join(_tile(verdict, numbers[name], name, target) for verdict, name, target in COUNTED)
    yield f'<ul class="counts">{tiles}</ul>'
    yield f"<p>{esc(_sentence(report))}</p>"
    links = {"tables": "Tables", "access": "Who may do what", "findings": "Findings"}
    present = [_jump(anchor, title) for anchor, title in links.items() if _has(anchor, page, report)]
    yield f"<nav>{''.join(present)}</nav>"


def _heading(page: ReportPage) -> str:
    """What the page is about; where that is the current directory it has no name here."""
    return f"DynamoDB in {esc(page.title)}" if page.title else "DynamoDB in Terraform"


def _jump(anchor: str, title: str) -> str:
    return f'<a href="#{anchor}">{title}</a>'


def _sentence(report: Report) -> str:
    found = summary.found(report).capitalize()
    fixable = summary.counts(report)["fixable"]
    more = f" {fixable} of them can be fixed by dynalint check --fix." if fixable else ""
    return f"{found} found in {summary.looked_at(report)}.{more}"


def _tile(verdict: Verdict, number: int, name: str, target: str) -> str:
    shown = f'<a href="{target}">{name}</a>' if number else name
    zero = "" if number else ' class="zero"'
    return f"<li{zero}><p>{mark(verdict)} {number}</p>{shown}</li>"


def _has(anchor: str, page: ReportPage, report: Report) -> bool:
    match anchor:
        case "tables":
            return any(root.cards for root in page.roots)
        case "access":
            return any(root.picture.access for root in page.roots)
        case "changes":
            return any(root.picture.changes for root in page.roots)
        case _:
            return bool(getattr(report, anchor))


def _sections(page: ReportPage, report: Report, places: Places) -> Iterator[str]:
    anchors = Anchors.of(report.findings, page.roots)
    if _has("changes", page, report):
        yield f'<h2 id="changes">What the plan does</h2>{_changes(page)}'
    if _has("tables", page, report):
        yield f'<h2 id="verdicts">Verdicts</h2>{_grid(page)}{_legend()}'
        yield f'<h2 id="tables">Tables</h2>{KEYS}{"".join(_cards(page, report, anchors))}'
    if _has("access", page, report):
        yield f'<h2 id="access">Who may do what</h2>{matrix(page.roots, anchors)}{_access_legend(page)}'
    if report.findings:
        yield f'<h2 id="findings">Findings</h2>{html_findings.findings(report, places)}'
    if report.undecided:
        yield f'<h2 id="undecided">Undecided</h2>{html_findings.undecided(report.undecided, places)}'
    if report.suppressed:
        yield f'<h2 id="suppressed">Suppressed</h2>{html_findings.suppressed(report.suppressed, places)}'
    if _has("access", page, report):
        yield f'<h2 id="policies">Statements</h2>{policies(page.roots, anchors, places)}'


# --- the grid ---------------------------------------------------------------------------------------------------------


def _grid(page: ReportPage) -> str:
    head = "".join(f"<th scope=col>{esc(title)}</th>" for _, title in page.families)
    rows = "".join(row for root in page.roots for row in _grid_rows(root, page))
    return (
        f'<div class="wide"><table class="grid"><thead><tr><th scope=col>table</th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _grid_rows(root: RootPage, page: ReportPage) -> Iterator[str]:
    if len(page.roots) > 1 and root.cards:
        yield f'<tr class="group"><th colspan={len(page.families) + 1} scope=rowgroup>{_title(root)}</th></tr>'
    for card in root.cards:
        cells = "".join(_verdict(card.verdicts[key]) for key, _ in page.families)
        yield f"<tr><th scope=row>{_table_link(card)}</th>{cells}</tr>"


def _title(root: RootPage) -> str:
    names = root.picture.environments
    return esc(root.picture.path) + (f' <span class="soft">({esc(", ".join(names))})</span>' if names else "")


def _table_link(card: TableCard) -> str:
    return f'<a href="#{card.anchor}">{esc(card.picture.name)}</a>'


def _verdict(cell: FamilyVerdict) -> str:
    count = f" {cell.count}" if cell.count > 1 else ""
    if not cell.anchor:
        return f'<td class={name_of(cell.verdict)} title="{cell.verdict.value}">{LETTERS[cell.verdict]}'
    return f"<td>{link(cell.verdict, cell.anchor, cell.verdict.value)}{count}"


def _legend() -> str:
    return f'<p class="legend">{"".join(f"<span>{mark(v)} {v.value}</span>" for v in reversed(Verdict))}</p>'


# --- tables, access, changes ------------------------------------------------------------------------------------------


def _cards(page: ReportPage, report: Report, anchors: Anchors) -> Iterator[str]:
    drawer = Cards(report.findings, anchors)
    for root in page.roots:
        if not root.cards:
            continue
        if len(page.roots) > 1:
            yield f'<p class="root">{_title(root)}</p>'
        actions = {change.address: change.action for change in root.picture.changes}
        yield '<div class="cards">'
        for card in root.cards:
            own = [row for row in root.picture.access if card.picture.address in row.tables]
            yield drawer.card(card, own, actions.get(card.picture.address, ""))
        yield "</div>"


def _access_legend(page: ReportPage) -> str:
    doubts = [doubt for root in page.roots for doubt in root.picture.doubts]
    more = "".join(f"<li>{mark(Verdict.UNDECIDED)} {esc(doubt)}</li>" for doubt in doubts)
    return (
        '<p class="legend"><span><span class="do">G</span> allowed</span>'
        '<span><span class="do if">G</span> under a condition</span>'
        '<span><span class="do ring">S</span> the whole table, or by a pattern for all actions</span></p>'
        + (f'<ul class="plain">{more}</ul>' if more else "")
    )


def _changes(page: ReportPage) -> str:
    rows = "".join(_change(change) for root in page.roots for change in root.picture.changes)
    head = "<tr><th scope=col>What</th><th scope=col>Action</th><th scope=col>Why</th><th scope=col>Where</th></tr>"
    return f'<div class="wide"><table class="changes"><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _change(change: ChangePicture) -> str:
    action, what = esc(change.action), f'<th scope=row class="addr">{esc(change.address)}</th>'
    why, where = f"<td>{esc(change.because)}</td>", f"<td><code>{esc(change.place)}</code></td>"
    return f'<tr class="{action}">{what}<td>{action}</td>{why}{where}</tr>'
