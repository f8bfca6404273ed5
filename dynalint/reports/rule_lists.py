"""Which rules there are, for terminals, programs and documents; and the page of one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.cells import cell_len

from dynalint.findings import RuleInfo, Severity
from dynalint.reports.documentation import family, page
from dynalint.reports.styled import ERROR, FAINT, FRAME, NOTE, STRONG, WARNING, Line, Piece, line, to_text, wrapped

STYLES = {Severity.ERROR: ERROR, Severity.WARNING: WARNING, Severity.NOTE: NOTE}


def table(rules: Sequence[RuleInfo], *, color: bool, width: int | None) -> str:
    """A table with a heading for each family, no wider than ``width``."""
    return to_text(_rows(rules, width), color=color, hyperlinks=False)


def as_json(rules: Iterable[RuleInfo]) -> str:
    """A list of objects with everything that is known of each rule."""
    return json.dumps([_members(rule) for rule in rules], indent=2, ensure_ascii=False) + "\n"


def markdown(rules: Iterable[RuleInfo]) -> str:
    """A Markdown table that links each rule to its page."""
    rows = (
        f"| [{rule.code}]({rule.url}) | `{rule.name}` | {rule.severity}{', opt-in' if rule.opt_in else ''} "
        f"| {rule.summary} |"
        for rule in rules
    )
    return "\n".join(("| Code | Name | Severity | What it finds |", "|---|---|---|---|", *rows, ""))


def rule_page(rule: RuleInfo, *, color: bool, width: int | None) -> str:
    """The page of a rule: Markdown as it is written, with its title and headings set off."""
    return to_text(_page(rule, width), color=color, hyperlinks=False)


def _rows(rules: Sequence[RuleInfo], cells: int | None) -> Iterator[Line]:
    names = max((cell_len(rule.name) for rule in rules), default=0)
    codes = max((cell_len(rule.code) for rule in rules), default=0)
    for index, (title, group) in enumerate(groupby(rules, key=family)):
        if index:
            yield ()
        yield line(Piece(title, STRONG))
        for rule in group:
            start = line(
                Piece(f"  {rule.code:<{codes}}  ", FRAME),
                f"{rule.name:<{names}}  ",
                Piece(f"{rule.severity!s:<7}", STYLES[rule.severity]),
                "  ",
            )
            yield from wrapped(start, rule.summary + (" (opt-in)" if rule.opt_in else ""), cells)


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
        "url": rule.url,
        "documentation": page(rule),
    }


def _page(rule: RuleInfo, cells: int | None) -> Iterator[Line]:
    yield line(Piece(f"{rule.code} {rule.name}", STRONG), " ", Piece(f"({rule.severity})", STYLES[rule.severity]))
    yield ()
    yield from wrapped((), rule.summary, cells)
    yield ()
    yield from _markdown(page(rule), cells)
    yield from _facts(rule)


def _markdown(text: str, cells: int | None) -> Iterator[Line]:
    """Paragraphs wrapped anew, headings and code told apart; the rest is Markdown, which reads well as it is."""
    fenced, paragraph = False, list[str]()
    for row in (*text.split("\n"), ""):
        plain = bool(row.strip()) and not fenced and not row.startswith(("#", "```", "- ", "|", "  "))
        if plain:
            paragraph.append(row.strip())
            continue
        if paragraph:
            yield from wrapped((), " ".join(paragraph), cells)
            paragraph = []
        if row.startswith("```"):
            fenced = not fenced
        elif row.startswith("#"):
            yield line(Piece(row.lstrip("# "), FRAME))
        else:
            yield line(f"    {row}" if fenced and row else row)


def _facts(rule: RuleInfo) -> Iterator[Line]:
    if rule.equivalents:
        yield line(Piece("Elsewhere: ", FAINT), ", ".join(rule.equivalents))
    if rule.ignorable:
        yield line(Piece("To ignore:  ", FAINT), f"# dynalint: ignore[{rule.name}] reason")
    yield line(Piece("Published: ", FAINT), rule.url)
