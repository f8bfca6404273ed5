"""Which rules there are, for terminals, programs and documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from dynalint.findings import RuleInfo
from dynalint.reports.documentation import family, page
from dynalint.reports.inert import visible
from dynalint.reports.styled import FRAME, SEVERITIES, STRONG, Line, Piece, cell_len, line, to_text, width, wrapped

NARROWEST = 28
"""Cells that a summary needs beside the name."""


def table(rules: Sequence[RuleInfo], *, color: bool, width: int | None) -> str:
    """A table with a heading for each family, no wider than ``width``."""
    return to_text(_rows(rules, width), color=color, hyperlinks=False)


def as_json(rules: Iterable[RuleInfo]) -> str:
    """A list of objects with everything that is known of each rule."""
    return json.dumps([_members(rule) for rule in rules], indent=2, ensure_ascii=False) + "\n"


def markdown(rules: Iterable[RuleInfo]) -> str:
    """A Markdown table that links each rule to its page, where it has one."""
    rows = (
        f"| {f'[{rule.code}]({rule.url})' if rule.url else rule.code} | `{rule.name}` "
        f"| {rule.severity}{', opt-in' if rule.opt_in else ''} | {rule.summary} |"
        for rule in rules
    )
    return "\n".join(("| Code | Name | Severity | What it finds |", "|---|---|---|---|", *rows, ""))


def _rows(rules: Sequence[RuleInfo], cells: int | None) -> Iterator[Line]:
    names = max((cell_len(rule.name) for rule in rules), default=0)
    codes = max((cell_len(rule.code) for rule in rules), default=0)
    for index, (title, group) in enumerate(groupby(rules, key=family)):
        if index:
            yield ()
        yield line(Piece(title, STRONG))
        for rule in group:
            yield from _row(rule, codes, names, cells)


def _row(rule: RuleInfo, codes: int, names: int, cells: int | None) -> Iterator[Line]:
    """One rule; its summary gets a line of its own where hardly any room is left beside the name."""
    code = Piece(f"  {rule.code:<{codes}}  ", FRAME)
    start = line(code, f"{rule.name:<{names}}  ", Piece(f"{rule.severity!s:<7}  ", SEVERITIES[rule.severity]))
    summary = visible(rule.summary) + (" (opt-in)" if rule.opt_in else "")
    if cells is not None and cells - width(start) < NARROWEST:
        yield start
        start = line(" " * cell_len(code.text))
    yield from wrapped(start, summary, cells)


def _members(rule: RuleInfo) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": str(rule.severity),
        "summary": rule.summary,
        "family": family(rule),
        "ignorable": rule.ignorable,
        "opt_in": rule.opt_in,
        "tags": list(rule.tags),
        "equivalents": list(rule.equivalents),
        **({"url": rule.url} if rule.url else {}),
        "documentation": page(rule),
    }
