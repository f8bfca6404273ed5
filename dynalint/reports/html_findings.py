"""Findings with their snippets and fixes, what is hidden and why, and what nobody could decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from dynalint.findings import Edit, Finding, Report, RuleInfo, Suppressed, UndecidedCheck
from dynalint.reports.diff import Change, changes
from dynalint.reports.documentation import reason
from dynalint.reports.html_parts import esc, finding_mark, lines_of, mark, prose
from dynalint.reports.inert import visible
from dynalint.reports.pictures import Verdict
from dynalint.reports.places import Places
from dynalint.reports.snippet import TAB, Gutter, Mark, snippet
from dynalint.reports.styled import ADDED, FRAME, REMOVED, SEVERITIES, Line, Piece, line
from dynalint.reports.summary import listed
from dynalint.reports.text import marks_of

MOST_ADDRESSES = 6
MOST_CHANGES = 16
MOST_STEPS = 6
CLAUSE = re.compile(r'(?:"[^"]*"|[^",:;])+(?=[,:;] )')
MOST_DRAWN = 3
"""Findings of one rule that are shown with their snippets: after so many, the next says nothing new."""
WIDTH = 100


def findings(report: Report, places: Places) -> str:
    """All findings, those of one rule together, the worst rules first."""
    groups: dict[str, list[int]] = {}
    for number, finding in enumerate(report.findings, 1):
        groups.setdefault(finding.rule.code, []).append(number)
    found = report.findings
    ordered = sorted(groups.items(), key=lambda item: (-max(found[at - 1].severity for at in item[1]), item[0]))
    return "".join(_rule(found, numbers, places) for _, numbers in ordered)


def _rule(found: Sequence[Finding], numbers: Sequence[int], places: Places) -> str:
    """The findings of one rule: the first in full, the others, if there are many, in a line each."""
    drawn = numbers if len(numbers) <= MOST_DRAWN + 1 else numbers[:MOST_DRAWN]
    full = "".join(_finding(number, found[number - 1], places) for number in drawn)
    brief = "".join(_brief(number, found[number - 1], places) for number in numbers[len(drawn) :])
    more = f'<ul class="finding brief {found[numbers[-1] - 1].severity}">{brief}</ul>' if brief else ""
    return f"{_rule_head(found[numbers[0] - 1].rule)}{full}{more}</section>"


def _brief(number: int, finding: Finding, places: Places) -> str:
    place = places.place(finding.span)
    shape = "" if finding.severity == finding.rule.severity else finding_mark(finding)
    where = f"<code>{esc(f'{place.path}:{place.line}')}</code>"
    return f"<li id=f{number}>{shape}{where} {esc(_first_clause(finding.message))}"


def _first_clause(message: str) -> str:
    """What is wrong, without what follows from it: those in full above say that."""
    found = CLAUSE.match(message)
    return found[0] if found else message


def _rule_head(rule: RuleInfo) -> str:
    why = reason(rule)
    name = esc(rule.name)
    link = f'<a href="{esc(rule.url)}" rel="noreferrer">{name}</a>' if rule.url else name
    return f'<section class="rule"><h3>{esc(rule.code)} {link}</h3>{f"<p>{prose(why)}</p>" if why else ""}'


def _finding(number: int, finding: Finding, places: Places) -> str:
    place = places.place(finding.span)
    head = f"<h4>{finding_mark(finding)} {esc(finding.message)}</h4>"
    where = f"<code>{esc(f'{place.path}:{place.line}:{place.column}')}</code>"
    addresses = listed([esc(address) for address in finding.addresses], MOST_ADDRESSES)
    body = "".join(_body(finding, places))
    return (
        f'<div class="finding {finding.severity}" id="f{number}">{head}{where}'
        f'{f"""<span class="addr">{addresses}</span>""" if addresses else ""}{body}</div>'
    )


def _body(finding: Finding, places: Places) -> Iterator[str]:
    marks = [*marks_of(finding.span, finding.label, SEVERITIES[finding.severity], finding.trace[:MOST_STEPS])]
    yield from _snippets(marks, places)
    if finding.environments:
        yield f"<p><b>in</b> {esc(', '.join(finding.environments))}</p>"
    if finding.latent:
        yield "<p><b>latent</b> no input passed today brings this out; another value would</p>"
    if finding.help:
        yield f"<p><b>help</b> {esc(finding.help)}</p>"
    if finding.fix:
        kind = "fix" if finding.fix.safe else "fix, to be looked at"
        yield f"<p><b>{kind}</b> {esc(finding.fix.message)}</p>"
        yield from _diffs(finding.fix.edits, places)


def _snippets(marks: Sequence[Mark], places: Places) -> Iterator[str]:
    """One ``pre`` a file, the finding's own first."""
    files: dict[str, list[Mark]] = {}
    for item in marks:
        files.setdefault(item.span.path, []).append(item)
    for path, own in files.items():
        source = places.source(path)
        if not source.data:
            continue
        gutter = Gutter(len(str(max(source.line_at(item.span.start) for item in own))))
        lines = [*snippet(source, own, gutter, WIDTH)]
        if path != marks[0].span.path:
            lines.insert(0, line(Piece(f"::: {places.place(own[0].span)}", FRAME)))
        yield f"<pre>{lines_of(lines)}</pre>"


def _diffs(edits: Iterable[Edit], places: Places) -> Iterator[str]:
    files: dict[str, list[Edit]] = {}
    for edit in edits:
        files.setdefault(edit.span.path, []).append(edit)
    for path, own in files.items():
        lines = [_change(change) for change in islice(changes(places.source(path), own), MOST_CHANGES)]
        yield f"<pre>{lines_of(lines)}</pre>"


def _change(change: Change) -> Line:
    style = ADDED if change.sign == "+" else REMOVED
    text = visible(change.text.replace("\t", TAB))
    return line(Piece(f"{change.number:>4} ", FRAME), Piece(f"{change.sign} {text}".rstrip(), style))


def suppressed(items: Sequence[Suppressed], places: Places) -> str:
    """What comments hide, with the reasons they give and the day on which they end."""
    rows = "".join(_suppressed(number, item, places) for number, item in enumerate(items, 1))
    head = "<tr><th scope=col>Hidden</th><th scope=col>Reason</th><th scope=col>Until</th></tr>"
    return f'<div class="wide"><table class="changes"><thead>{head}</thead><tbody>{rows}</tbody></table></div>'


def _suppressed(number: int, item: Suppressed, places: Places) -> str:
    finding, comment = item.finding, places.place(item.comment)
    where = esc(f"{comment.path}:{comment.line}")
    return (
        f'<tr id="s{number}"><td>{mark(Verdict.SUPPRESSED)} {esc(finding.rule.code)} {esc(finding.message)}<br>'
        f"<code>{where}</code></td><td>{esc(item.reason) or '<i>none given</i>'}</td>"
        f"<td>{esc(item.until) if item.until else 'no date'}</td></tr>"
    )


def undecided(checks: Sequence[UndecidedCheck], places: Places) -> str:
    """What could not be decided, and what would decide it."""
    rows = "".join(_undecided(number, check, places) for number, check in enumerate(checks, 1))
    return f'<ul class="plain">{rows}</ul>'


def _undecided(number: int, check: UndecidedCheck, places: Places) -> str:
    place = places.place(check.span)
    hint = f' <span class="soft">({esc(check.hint)})</span>' if check.hint else ""
    addresses = listed([esc(address) for address in check.addresses], 4)
    where = f"<code>{esc(f'{place.path}:{place.line}')}</code>"
    return (
        f'<li id="u{number}">{mark(Verdict.UNDECIDED)} {esc(check.rule.code)} {esc(check.rule.name)}: '
        f'{esc(check.reason)}{hint} {where} <span class="addr soft">{addresses}</span></li>'
    )
