"""Models to the picture of a root module, and a report's findings to where they belong on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dynalint.cli.access_view import access_of
from dynalint.cli.picture_view import table_picture
from dynalint.dynamodb.model import Model
from dynalint.evaluation.resources import Change
from dynalint.findings import Finding, Report, RuleInfo
from dynalint.masking import masked_sources
from dynalint.reports.documentation import FAMILIES, family
from dynalint.reports.pictures import (
    ChangePicture,
    FamilyVerdict,
    LanePicture,
    ReportPage,
    RootPage,
    RootPicture,
    TableCard,
    TablePicture,
    Verdict,
)
from dynalint.reports.places import Places
from dynalint.syntax.source import Source, Span

PARTS = {
    "point_in_time_recovery": "recovery",
    "server_side_encryption": "encryption",
    "ttl": "ttl",
    "stream_enabled": "stream",
    "stream_view_type": "stream",
    "deletion_protection_enabled": "protection",
    "replica": "replicas",
    "tags": "tags",
    "billing_mode": "capacity",
    "read_capacity": "capacity",
    "write_capacity": "capacity",
    "on_demand_throughput": "capacity",
    "table_class": "capacity",
    "hash_key": "table.hash",
    "range_key": "table.range",
    "attribute": "table",
}
"""Where an argument of a table is drawn."""

WORDS = (
    ("replica", "replicas"),
    ("recovery", "recovery"),
    ("deletion-protection", "protection"),
    ("encryption", "encryption"),
    ("managed-key", "encryption"),
    ("ttl", "ttl"),
    ("stream", "stream"),
    ("tags", "tags"),
    ("autoscaling", "capacity"),
    ("capacity", "capacity"),
    ("billing", "capacity"),
    ("throughput", "capacity"),
)
"""Where a rule about something that is missing is drawn: it points at the whole table, but its name says of what."""

CHANGE_SAFETY = "7"
OTHER = "other packs"


def root_picture(model: Model, places: Places, environment: str = "") -> RootPicture:
    """What is drawn of one root module."""
    root, access = model.root, access_of(model)
    return RootPicture(
        path=places.relative(root.directory),
        directory=root.directory,
        directories=frozenset((root.directory, *root.modules)),
        tables=tuple(table_picture(table, places) for table in model.tables),
        access=access.rows,
        statements=access.statements,
        changes=tuple(_change(change, places) for change in root.changes if change.actions != ("no-op",)),
        doubts=access.doubts,
        environments=(environment,) if environment else (),
    )


def _change(change: Change, places: Places) -> ChangePicture:
    place = places.place(change.span)
    replaced = {"create", "delete"} <= set(change.actions)
    forced = f"forced by {', '.join(change.replace_paths)}" if change.replace_paths else ""
    moved = f"was {change.previous_address}" if change.previous_address else ""
    because = forced or moved or change.reason.replace("_", " ")
    action = "replace" if replaced else " and ".join(change.actions)
    return ChangePicture(change.address, action, because, f"{place.path}:{place.line}")


def alike(pictures: Sequence[RootPicture]) -> Iterator[RootPicture]:
    """Each root once for all environments under which it looks the same."""
    groups: dict[RootPicture, list[str]] = {}
    for picture in pictures:
        groups.setdefault(replace(picture, environments=()), []).extend(picture.environments)
    yield from (replace(picture, environments=tuple(names)) for picture, names in groups.items())


def page_of(report: Report, pictures: Sequence[RootPicture], sources: Mapping[str, Source], title: str) -> ReportPage:
    """The page: every finding at the tables, and the parts of them, that it speaks of."""
    families = tuple(_families(report))
    placing = _Placing(report, frozenset(picture.directory for picture in pictures), families)
    roots, number = [], 0
    for picture in alike(pictures):
        cards = tuple(placing.card(f"t{number + at}", picture, table) for at, table in enumerate(picture.tables, 1))
        number += len(cards)
        roots.append(RootPage(picture, cards))
    return ReportPage(title, tuple(roots), families, masked_sources({**sources, **report.sources}, report.sensitive))


def _families(report: Report) -> Iterator[tuple[str, str]]:
    """The families of the rules that ran, with their titles; that of the run itself concerns no table."""
    found = {_family(rule) for rule in report.rules}
    yield from ((key, title) for key, title in FAMILIES.items() if key in found and key != "0")
    if OTHER in found:
        yield OTHER, OTHER


def _family(rule: RuleInfo) -> str:
    return OTHER if family(rule) == OTHER else rule.family


class _Placing:
    """Which findings belong to which table of which root."""

    def __init__(self, report: Report, roots: frozenset[str], families: Sequence[tuple[str, str]]) -> None:
        self._report = report
        self._roots = roots
        self._families = [key for key, _ in families]
        self._by_address: dict[str, list[int]] = defaultdict(list)
        for number, finding in enumerate(report.findings, 1):
            for address in finding.addresses:
                self._by_address[address].append(number)

    def card(self, anchor: str, root: RootPicture, table: TablePicture) -> TableCard:
        numbers = self._numbers(root, table)
        marks = _by_part(table, ((number, self._report.findings[number - 1]) for number in numbers))
        hidden = ((number, item.finding) for number, item in enumerate(self._report.suppressed, 1))
        own = (pair for pair in hidden if not table.owned.isdisjoint(pair[1].addresses) and self._is_of(root, pair[1]))
        verdicts = {key: self._verdict(key, root, table, numbers) for key in self._families}
        return TableCard(anchor, table, marks, _by_part(table, own), verdicts)

    def _numbers(self, root: RootPicture, table: TablePicture) -> list[int]:
        own = {number for address in table.owned for number in self._by_address.get(address, ())}
        for statement in root.statements:
            if table.address in statement.tables:
                numbers = self._by_address.get(statement.policy, ())
                own.update(number for number in numbers if self._speaks_of(number, statement.at))
        return sorted(number for number in own if self._is_of(root, self._report.findings[number - 1]))

    def _speaks_of(self, number: int, statement: Span) -> bool:
        return _inside(self._report.findings[number - 1].span, statement)

    def _is_of(self, root: RootPicture, finding: Finding) -> bool:
        """Whether a finding is about this root in its environment: addresses alone are the same in several."""
        if finding.environments and root.environments and not set(finding.environments) & set(root.environments):
            return False
        own = {span.path.rpartition("/")[0] for span in (finding.span, *(step.span for step in finding.trace))}
        return root.directory in own or not own & self._roots

    def _verdict(self, key: str, root: RootPicture, table: TablePicture, found: Sequence[int]) -> FamilyVerdict:
        findings = [(number, self._report.findings[number - 1]) for number in found]
        own = [(number, finding) for number, finding in findings if _family(finding.rule) == key]
        if own:
            worst = max(finding.severity for _, finding in own)
            first = next(number for number, finding in own if finding.severity == worst)
            return FamilyVerdict(Verdict.of(worst), len(own), f"f{first}")
        for at, check in enumerate(self._report.undecided, 1):
            if _family(check.rule) == key and not table.owned.isdisjoint(check.addresses):
                return FamilyVerdict(Verdict.UNDECIDED, 1, f"u{at}")
        for at, item in enumerate(self._report.suppressed, 1):
            mine = not table.owned.isdisjoint(item.finding.addresses) and self._is_of(root, item.finding)
            if mine and _family(item.finding.rule) == key:
                return FamilyVerdict(Verdict.SUPPRESSED, 1, f"s{at}")
        return FamilyVerdict(Verdict.UNASKED if key == CHANGE_SAFETY and not root.changes else Verdict.CLEAN)


def _by_part(table: TablePicture, findings: Iterable[tuple[int, Finding]]) -> dict[str, tuple[int, ...]]:
    parts: dict[str, list[int]] = defaultdict(list)
    for number, finding in findings:
        for part in _parts(table, finding):
            parts[part].append(number)
    return {part: tuple(numbers) for part, numbers in sorted(parts.items())}


def _parts(table: TablePicture, finding: Finding) -> Iterator[str]:
    """The parts of a table that a finding is drawn at."""
    lanes = [*_lanes_of(table, finding)]
    if lanes:
        yield from lanes
        return
    first, _, _ = finding.argument.partition(".")
    if first in PARTS and not finding.addresses[0].startswith("aws_iam"):
        yield PARTS[first]
        return
    yield next((part for word, part in WORDS if word in finding.rule.name), "access" if _is_iam(finding) else "table")


def _lanes_of(table: TablePicture, finding: Finding) -> Iterator[str]:
    """The indexes that hold the place; one dynamic block makes many, of which the message names its own."""
    holding = [lane for lane in table.lanes[1:] if lane.at is not None and _inside(finding.span, lane.at)]
    several = "more like this" in finding.message
    named = [lane for lane in holding if f'"{lane.name}"' in finding.message and not several]
    role = {"hash_key": ".hash", "range_key": ".range"}.get(finding.argument.rpartition(".")[2], "")
    yield from (_lane_part(lane, role) for lane in named or holding)


def _lane_part(lane: LanePicture, role: str) -> str:
    return f"{lane.part}{role}" if any(f".{key.role}" == role for key in lane.keys) else lane.part


def _is_iam(finding: Finding) -> bool:
    return finding.rule.family == "4" or any("iam" in address for address in finding.addresses)


def _inside(span: Span, outer: Span) -> bool:
    return span.path == outer.path and outer.start <= span.start < outer.end
