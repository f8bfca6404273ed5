"""The report as GitHub's Markdown, for step summaries and comments on pull requests.

What names of a scanned repository say is shown and never acts: no link, image, mention or formula is made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dynalint.findings import Finding, Report, RuleInfo, Severity, Suppressed, UndecidedCheck
from dynalint.reports import RenderOptions, summary
from dynalint.reports.inert import visible
from dynalint.reports.places import Places

MOST_BYTES = 900 * 1024
"""GitHub takes a step summary of 1 MiB; of a larger one it shows nothing, and the step stays green."""

MARKS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.NOTE: "💡 note"}
MOST_ADDRESSES = 3
SPECIAL = re.compile(r"[\\`*_\[\]<>|~!&]")
BREAK = "&#8203;"
"""A space of no width, which keeps GitHub from making a link of what stands around it."""


def render(report: Report, options: RenderOptions) -> str:
    """A heading, a table of findings, and what is undecided and hidden folded away; cut where it gets too long."""
    return "".join(_cut(_lines(report, options)))


def _cut(lines: Iterable[str]) -> Iterator[str]:
    taken = 0
    for line in lines:
        taken += len(line.encode("utf-8", "backslashreplace"))
        if taken > MOST_BYTES:
            yield "\n*There is more than fits here: see the artifact or the log of the run.*\n"
            return
        yield line


def _lines(report: Report, options: RenderOptions) -> Iterator[str]:
    places = Places.of(report, options.git_root or options.base)
    worst = max((finding.severity for finding in report.findings), default=None)
    sign = "✅" if worst is None else MARKS[worst].partition(" ")[0]
    yield f"### {sign} dynalint: {inert(summary.verdict(report))}\n"
    if report.findings:
        yield "\n| | Where | What | Rule |\n|---|---|---|---|\n"
        found = sorted(report.findings, key=lambda finding: -finding.severity)
        yield from (_row(finding, places) for finding in found)
    yield from _folded("Undecided", (_undecided(check, places) for check in report.undecided))
    yield from _folded("Ignored", (_suppressed(item, places) for item in report.suppressed))


def _row(finding: Finding, places: Places) -> str:
    named = summary.listed(finding.addresses, MOST_ADDRESSES)
    parts = [summary.told(finding), *([named] if named else []), *([f"Help: {finding.help}"] if finding.help else [])]
    what = "<br>".join(map(inert, parts))
    return f"| {MARKS[finding.severity]} | {_where(finding, places)} | {what} | {_rule(finding.rule)} |\n"


def _folded(title: str, items: Iterable[str]) -> Iterator[str]:
    rows = [*items]
    if rows:
        yield f"\n<details><summary>{title}: {len(rows)}</summary>\n\n"
        yield from rows
        yield "\n</details>\n"


def _undecided(check: UndecidedCheck, places: Places) -> str:
    hint = f" ({inert(check.hint)})" if check.hint else ""
    return f"- {_rule(check.rule)} at {_where(check, places)}: {inert(check.reason)}{hint}\n"


def _suppressed(item: Suppressed, places: Places) -> str:
    until = f" until {item.until}" if item.until else ""
    why = inert(item.reason or "no reason given")
    return f"- {_rule(item.finding.rule)} at {_where(item.finding, places)}{until}: {why}\n"


def _where(subject: Finding | UndecidedCheck, places: Places) -> str:
    place = places.place(subject.span)
    return inert(f"{place.path}:{place.line}")


def _rule(rule: RuleInfo) -> str:
    name = f"{inert(rule.code)} {inert(rule.name)}"
    return f"[{name}]({rule.url})" if rule.url else name


def inert(text: str) -> str:
    """``text`` as Markdown that shows it and does nothing else."""
    plain = SPECIAL.sub(r"\\\g<0>", visible(text)).replace("$", "<span>$</span>")
    for sign in ("@", "#", "://"):
        plain = plain.replace(sign, f"{sign[0]}{BREAK}{sign[1:]}")
    return re.sub(r"\bwww\.", f"www{BREAK}.", plain, flags=re.IGNORECASE)
