"""Fixes: edits of byte ranges, tried out in memory before anything is written.

A fix is kept only if its file still parses and its finding is gone. Fixes that touch the same bytes are applied one
after the other, in rounds, each on the text as it stands then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from itertools import islice

from dynalint.findings import Edit, Finding, Fix, Report
from dynalint.layout import realigned
from dynalint.records import dataclass
from dynalint.syntax import load_text
from dynalint.syntax.source import Source, with_line_ends_of

MOST_ROUNDS = 200
Check = Callable[[Mapping[str, bytes]], Report]
"""A run of the same check over the files on disk, with some texts in the place of theirs."""


@dataclass(slots=True)
class Fixed:
    """What fixing came to: the new texts by path, the findings that are gone, and the report of what is left."""

    report: Report
    texts: dict[str, bytes] = field(default_factory=dict)
    gone: list[Finding] = field(default_factory=list)


def fix_all(first: Report, check: Check, *, unsafe: bool) -> Fixed:
    """Apply what can be applied to the findings of a report; ``check`` judges each round."""
    state = Fixed(first)
    refused: set[tuple[object, ...]] = set()
    most = len(first.findings)
    for _ in range(MOST_ROUNDS):
        chosen = list(islice(_compatible(state.report.findings, refused, unsafe=unsafe), most))
        if not chosen:
            break
        tried = _tried(state, chosen, check)
        if tried:
            state, most = tried, len(first.findings)
        elif len(chosen) == 1:
            refused.add(_identity(chosen[0]))
        else:
            most = len(chosen) // 2  # one of them is to blame: the smaller the group, the nearer
    return state


def _tried(state: Fixed, chosen: list[Finding], check: Check) -> Fixed | None:
    """The state with some fixes applied; None where a file would break, or a finding would still be there."""
    texts = {**state.texts, **_applied(chosen, state.report)}
    if any(_breaks(path, text, state.report) for path, text in texts.items()):
        return None
    report = check(texts)
    if any(_still_there(item, report) for item in chosen):
        return None
    return Fixed(report, texts, [*state.gone, *chosen])


def fix_of(finding: Finding, *, unsafe: bool) -> Fix | None:
    """The fix of a finding that may be applied; None where there is none, or none that is safe."""
    return finding.fix if finding.fix and (finding.fix.safe or unsafe) else None


def _compatible(findings: Iterable[Finding], refused: set[tuple[object, ...]], *, unsafe: bool) -> Iterator[Finding]:
    """The findings whose fixes touch nothing that an earlier one touches."""
    taken: list[Edit] = []
    for finding in findings:
        fix = fix_of(finding, unsafe=unsafe)
        if fix is None or _identity(finding) in refused:
            continue
        if not any(_overlap(edit, other) for edit in fix.edits for other in taken):
            taken.extend(fix.edits)
            yield finding


def _overlap(edit: Edit, other: Edit) -> bool:
    """Whether two edits touch; two insertions at one place do, since their order would matter."""
    if edit.span.path != other.span.path:
        return False
    return edit.span.start <= other.span.end and other.span.start <= edit.span.end


def _applied(findings: Iterable[Finding], report: Report) -> dict[str, bytes]:
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in finding.fix.edits if finding.fix else ():
            edits.setdefault(edit.span.path, []).append(edit)
    return {path: edited(report.sources[path], items) for path, items in edits.items()}


def edited(source: Source, edits: Iterable[Edit]) -> bytes:
    """The text with edits that do not overlap, laid out as it was before."""
    pieces = [*_pieces(source.data, edits)]

    def was(place: int) -> int | None:
        shift = 0
        for start, end, text in pieces:
            if place < start + shift:
                break
            if place < start + shift + len(text):
                return None
            shift += len(text) - (end - start)
        return place - shift

    return realigned(source, _joined(source.data, pieces), was)


def apply_edits(data: bytes, edits: Iterable[Edit]) -> bytes:
    """``data`` with edits that do not overlap; inserted lines end as those around them do."""
    return _joined(data, [*_pieces(data, edits)])


def _pieces(data: bytes, edits: Iterable[Edit]) -> Iterator[tuple[int, int, bytes]]:
    """What the edits replace, in order, and by which bytes."""
    for edit in sorted(edits, key=lambda item: item.span):
        text = with_line_ends_of(data, edit.span.start, edit.text)
        yield edit.span.start, edit.span.end, text.encode()


def _joined(data: bytes, pieces: Iterable[tuple[int, int, bytes]]) -> bytes:
    parts, at = [], 0
    for start, end, text in pieces:
        parts += [data[at:start], text]
        at = end
    return b"".join((*parts, data[at:]))


def _breaks(path: str, text: bytes, report: Report) -> bool:
    """Whether the new text of a configuration file has faults that the old one had not."""
    before = load_text(Source(path, report.sources[path].data)) if path in report.sources else None
    after = load_text(Source(path, text))
    return len(after.faults) > (len(before.faults) if before else 0)


def _still_there(finding: Finding, report: Report) -> bool:
    wanted = _identity(finding)
    return any(_identity(other) == wanted for other in report.findings)


def _identity(finding: Finding) -> tuple[object, ...]:
    """What a finding is, wherever edits have moved it to."""
    return (finding.rule.code, finding.span.path, finding.addresses, finding.argument, finding.message)
