"""Many observations to one finding: a place is reported once, however many objects it makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TypeVar

from dynalint.findings import Finding, Fix, Step, Suppressed, UndecidedCheck
from dynalint.run_rules import RULE_FAILED
from dynalint.syntax.source import Span
from dynalint.verdicts import Doubt, Observation

T = TypeVar("T")


def merged(observations: Iterable[Observation]) -> Iterator[Finding]:
    """One finding for each key, ordered by place."""
    groups: dict[tuple[object, ...], list[Observation]] = {}
    for item in observations:
        groups.setdefault(item.key, []).append(item)
    yield from sorted((_one(group) for group in groups.values()), key=order)


def merged_doubts(doubts: Iterable[Doubt]) -> Iterator[UndecidedCheck]:
    """One undecided check for each rule and reason, ordered by rule."""
    groups: dict[tuple[str, str], list[UndecidedCheck]] = {}
    for doubt in doubts:
        groups.setdefault((doubt.check.rule.code, doubt.check.reason), []).append(doubt.check)
    for _, group in sorted(groups.items()):
        first = min(group, key=lambda check: check.span)
        yield replace(first, addresses=tuple(sorted(unique(chain.from_iterable(check.addresses for check in group)))))


def merged_suppressed(items: Iterable[tuple[Observation, Suppressed]]) -> Iterator[Suppressed]:
    """One suppressed finding for each key and comment."""
    groups: dict[tuple[object, ...], list[tuple[Observation, Suppressed]]] = {}
    for item, suppressed in items:
        groups.setdefault((suppressed.comment, *item.key), []).append((item, suppressed))
    found = (replace(group[0][1], finding=_one([item for item, _ in group])) for group in groups.values())
    yield from sorted(found, key=lambda item: (order(item.finding), item.comment))


def order(finding: Finding) -> tuple[object, ...]:
    """By place, then by rule; the rest makes the order total."""
    return (finding.span, finding.rule.code, finding.argument, finding.message, finding.addresses)


def unique(items: Iterable[T]) -> tuple[T, ...]:
    """Each item once, in order of first appearance."""
    return tuple(dict.fromkeys(items))


def _one(group: Sequence[Observation]) -> Finding:
    """What is there today speaks before what could be, the worst first."""
    items = sorted(group, key=lambda item: (item.finding.latent, -item.finding.severity, *order(item.finding)))
    findings = [item.finding for item in items]
    first = findings[0]
    elsewhere = (Step(span, "here too") for span in _others(findings))
    others = (finding.trace for finding in findings[1:] if finding.latent == first.latent)
    return replace(
        first,
        message=first.message + _more(items),
        addresses=tuple(sorted(unique(chain.from_iterable(finding.addresses for finding in findings)))),
        trace=unique(chain(first.trace, elsewhere, *others)),
        fix=_agreed(findings),
        environments=unique(chain.from_iterable(finding.environments for finding in findings)),
    )


def _agreed(findings: Sequence[Finding]) -> Fix | None:
    """The fix of the first, unless one of today's wants another: what mends one object then breaks the next."""
    first, *rest = (finding for finding in findings if finding.latent == findings[0].latent)
    return first.fix if all(finding.fix == first.fix for finding in rest) else None


def _others(findings: Sequence[Finding]) -> Iterable[Span]:
    """The places beside that of the first; of a rule that fails on object after object one in each further file."""
    first = findings[0]
    spans = (finding.span for finding in findings if finding.span != first.span)
    if first.rule is not RULE_FAILED:
        return spans
    by_file = {span.path: span for span in sorted(spans, reverse=True) if span.path != first.span.path}
    return sorted(by_file.values())


def _more(items: Sequence[Observation]) -> str:
    """How many further things the rule says of one and the same object at this place, or on how many more it failed."""
    first = items[0]
    if first.finding.rule is RULE_FAILED:
        others = len({(item.finding.message, item.finding.span) for item in items}) - 1
        return f" (and on {others} other object{'s' if others > 1 else ''})" if others else ""
    same = {item.finding.message for item in items if _object(item) == _object(first)}
    return f" (and {len(same) - 1} more like this)" if len(same) > 1 else ""


def _object(item: Observation) -> tuple[object, ...]:
    """The object that is spoken of, in one environment: addresses alone are the same in several roots."""
    return (item.finding.addresses, item.finding.latent, item.finding.environments, item.places[2:])
