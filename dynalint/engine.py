"""The rules over the model: from a scan to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING

from dynalint.accepting import Quiet
from dynalint.discovery import Scan
from dynalint.dynamodb.changes import ResourceChange
from dynalint.dynamodb.model import Model
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import Change, RootModule
from dynalint.evaluation.stand_ins import stand_in_source
from dynalint.examinations import Examinations
from dynalint.examined import Examined
from dynalint.findings import Accepted, Finding, Identity, Report, Summary, Suppressed
from dynalint.ledger import Ledger
from dynalint.merging import merged, merged_doubts, merged_suppressed
from dynalint.packs import infos_of
from dynalint.placing import DOWNLOADED
from dynalint.project import VARIABLES, Project
from dynalint.records import dataclass
from dynalint.results import Results
from dynalint.run_rules import EVALUATION_LIMITED, FILE_UNREADABLE, RULE_FAILED
from dynalint.run_verdicts import unlisted
from dynalint.settings import Ruleset
from dynalint.syntax import SourceFile
from dynalint.syntax.files import load_values
from dynalint.syntax.source import Source
from dynalint.verdicts import Doubt, Observation, Verdict

if TYPE_CHECKING:
    from dynalint.examination import Examiner

BLINDNESS = frozenset({FILE_UNREADABLE.code, RULE_FAILED.code, EVALUATION_LIMITED.code})
"""What says, in a run that looks for something else, that it could not look everywhere."""


NO_SOURCE = "/nonexistent/plan"
"""Stands for the directory of a plan whose source is not among the paths."""


@dataclass(frozen=True, slots=True)
class Request:
    """How to check. ``ruleset`` gives the rules for a root module, ``today`` is the day in UTC.

    ``changes`` says what became of a root module since an earlier text; None where there is none.
    ``environments`` narrows those of the settings to the named ones. ``progress`` is told, after each root module, how
    many are done and how many there are. ``observe`` is shown the model of each root module that is checked, with the
    name of the environment, empty where there is none. ``results`` keeps what root modules come to between runs, and
    ``jobs`` is the number of processes, 0 for as many as pay.
    """

    ruleset: Callable[[str], Ruleset]
    inputs: Inputs
    today: date
    honour_comments: bool = True
    honour_foreign: bool = True
    changes: Callable[[RootModule, Inputs], tuple[Change, ...]] | None = None
    environments: tuple[str, ...] = ()
    baseline: Mapping[Identity, int] = field(default_factory=dict)
    progress: Callable[[int, int], None] = lambda _done, _of: None
    observe: Callable[[Model, str], None] | None = None
    results: Results | None = None
    jobs: int = 1


@dataclass(slots=True)
class Tally:
    """What has been looked at so far: files by module directory, and the objects found."""

    files: dict[str, int] = field(default_factory=dict)
    roots: int = 0
    tables: int = 0
    policies: int = 0

    def take(self, examined: Examined, project: Project) -> None:
        """Count what a root came to."""
        self.files |= {module: len(project.configuration_of(module)) for module in examined.modules}
        self.roots += 1
        self.tables += examined.tables
        self.policies += examined.policies

    def summary(self) -> Summary:
        """The counts for the report; modules that Terraform downloaded are not the user's files."""
        own = {path: count for path, count in self.files.items() if DOWNLOADED not in f"{path}/"}
        return Summary(sum(own.values()), self.roots, len(own), self.tables, self.policies)


@dataclass(slots=True)
class Outcome:
    """The verdicts of a run, sorted into what stands, what a comment or the baseline hides, and what is undecided."""

    ledger: Ledger
    quiet: Quiet
    standing: list[Observation] = field(default_factory=list)
    hidden: list[tuple[Observation, Suppressed]] = field(default_factory=list)
    accepted: list[Observation] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def take(self, verdicts: Iterable[Verdict]) -> None:
        """Sort the verdicts in as they come."""
        for verdict in verdicts:
            if isinstance(verdict, Doubt):
                if not self.ledger.settles(verdict):
                    self.doubts.append(verdict)
            elif suppressed := self.ledger.hides(verdict):
                self.hidden.append((verdict, suppressed))
            elif self.quiet.accepts(verdict):
                self.accepted.append(verdict)
            else:
                self.standing.append(verdict)


def check(scan: Scan, request: Request) -> Report:
    """The whole run: every root evaluated, every rule asked, comments honoured, one finding a place."""
    return _Run(scan, request).report()


class _Run:
    def __init__(self, scan: Scan, request: Request) -> None:
        self.scan = scan
        self.request = request
        self.project = scan.project
        self.tally = Tally()
        self.rulesets = {directory: request.ruleset(directory) for directory in (scan.project.root, *scan.roots)}
        self.running = self._running()
        self.infos = infos_of(self.rulesets[scan.project.root].rules)
        self.by_code = {info.code: info for info in self.infos}
        self.ledger = Ledger(self.infos, self.running, request.today)
        self.quiet = Quiet.of(request.baseline, scan.project.root)
        self.outcome = Outcome(self.ledger, self.quiet)
        self.planned = self._root_of_plan()
        self.texts: dict[str, Source] = {}
        self.sensitive: set[str] = set()

    def _running(self) -> frozenset[str]:
        """The codes that run: those about changes where there are some to visit, and with an earlier text no others."""
        chosen = frozenset(code for ruleset in self.rulesets.values() for code in ruleset.chosen)
        rules = (rule for ruleset in self.rulesets.values() for rule in ruleset.rules)
        about_changes = frozenset(rule.info.code for rule in rules if issubclass(rule.visits, ResourceChange))
        if self.request.changes:
            return chosen & (about_changes | BLINDNESS)
        return chosen if self.request.inputs.plan else chosen - about_changes

    def report(self) -> Report:
        self.outcome.take(unlisted(self.scan.unlisted))
        examinations = Examinations(
            self.project,
            self._examiner,
            self._ruleset,
            self.by_code,
            results=self._results(),
            jobs=1 if self.request.observe else self.request.jobs,
        )
        roots = (*self.scan.roots, *((NO_SOURCE,) if self.planned == NO_SOURCE else ()))
        for done, (directory, examined) in enumerate(zip(roots, examinations.of(roots), strict=True)):
            self._absorb(directory, examined)
            self.project.forget([directory])
            self.request.progress(done + 1, len(roots))
        for directory in self.scan.modules:  # no module goes unseen because calls form a circle
            if directory not in self.tally.files:
                self._absorb(directory, next(examinations.of([directory])))
        self.quiet.root = self.project.root
        self._take(self.ledger.complaints())
        self._take(self.ledger.unused(last=False))
        self._take(self.ledger.unused(last=True))
        return self._result()

    def _results(self) -> Results | None:
        """Those of earlier runs; not for texts that stand for files, nor where more is wanted than verdicts."""
        more = self.project.overlay or self.request.changes or self.request.observe
        return None if more else self.request.results

    def _examiner(self) -> Examiner:
        from dynalint.examination import Examiner  # noqa: PLC0415 - not needed where all results are known

        return Examiner(
            project=self.project,
            inputs=self.request.inputs,
            planned=self.planned,
            environments=self.request.environments,
            changes=self.request.changes,
            observe=self.request.observe,
        )

    def _root_of_plan(self) -> str:
        """The root that the plan was made of; "" where there is no plan.

        Where none fits, the plan is judged alone, in the place of a root without files.
        """
        plan = self.request.inputs.plan
        if plan is None:
            return ""
        from dynalint.evaluation.planned_root import planned_root  # noqa: PLC0415 - only for runs with a plan

        return planned_root(plan, self.scan.roots, self.project, {}) or NO_SOURCE

    def _ruleset(self, directory: str) -> Ruleset:
        """The rules for a root; modules that only a circle of calls leads to are none of the scan's roots."""
        if directory not in self.rulesets:
            self.rulesets[directory] = self.request.ruleset(directory)
        return self.rulesets[directory]

    def _absorb(self, directory: str, examined: Examined) -> None:
        """Take in what a root came to, its comments first."""
        self.tally.take(examined, self.project)
        self.sensitive.update(examined.sensitive)
        self.texts.update((source.path, source) for source in examined.texts)
        for path in examined.commented:
            file = self._commented(path)
            if self.request.honour_comments:
                self.ledger.read(file)
            if self.request.honour_foreign:
                self.ledger.read_foreign(file)
        for span in examined.made:
            self.ledger.witness(span)
        for module, reason in examined.open:
            self.ledger.leave_open(module, reason)
        self.quiet.root = directory
        for moves in examined.moves if self.request.baseline else ():
            self.quiet.follow(moves)
        self._take(examined.verdicts)

    def _commented(self, path: str) -> SourceFile:
        return load_values(self.project.source(path)) if path.endswith(VARIABLES) else self.project.file(path)

    def _take(self, found: Iterable[Verdict]) -> None:
        self.outcome.take(item for item in found if _code(item) in self.running)

    def _result(self) -> Report:
        asked = self.scan.asked
        found = [*merged(item for item in self.outcome.standing if not asked.leaves_out(item.finding.span.path))]
        findings = tuple(item for item in found if any(map(self._covers, _paths(item))))
        doubts = (item for item in self.outcome.doubts if any(self._covers(place.path) for place in item.places))
        undecided = tuple(merged_doubts(doubts))
        accepted = [item for item in merged(self.outcome.accepted) if any(map(self._covers, _paths(item)))]
        hidden = merged_suppressed(self.outcome.hidden)
        suppressed = tuple(item for item in hidden if any(map(self._covers, _paths(item.finding))))
        shown = {
            path for item in (*findings, *accepted, *(item.finding for item in suppressed)) for path in _paths(item)
        }
        shown |= {check.span.path for check in undecided} | {item.comment.path for item in suppressed}
        return Report(
            findings=findings,
            undecided=undecided,
            suppressed=suppressed,
            summary=self.tally.summary(),
            rules=tuple(info for info in self.infos if info.code in self.running),
            sources={path: self._source(path) for path in sorted(shown)},
            hidden=len(found) - len(findings),
            accepted=Accepted(tuple(accepted), self._stale(), self.quiet.moved),
            identities=self.quiet.counts,
            sensitive=frozenset(self.sensitive),
        )

    def _stale(self) -> dict[Identity, int]:
        """The entries of the baseline that are out of date; none is where the run did not see everything."""
        blind = any(item.finding.rule.code in BLINDNESS for item in self.outcome.standing)
        if blind or self.planned or self.request.environments:
            return {}
        undecided = {
            (doubt.check.rule.code, address) for doubt in self.outcome.doubts for address in doubt.check.addresses
        }
        return {entry: count for entry, count in self.quiet.stale().items() if self._judged(entry, undecided)}

    def _judged(self, entry: Identity, undecided: set[tuple[str, str]]) -> bool:
        """Whether the run would have found what an entry is about."""
        if entry.rule not in self.by_code or not self.project.exists(entry.root):
            return True
        if entry.root not in (*self.tally.files, self.project.root):
            return False
        now = self.quiet.moved.get(entry, entry)
        chosen = self._ruleset(entry.root).chosen & self.running
        return entry.rule in chosen and (now.rule, now.address) not in undecided

    def _covers(self, path: str) -> bool:
        """Whether findings at a path were asked for: in the paths, or in the plan, which was named outright."""
        plan = self.request.inputs.plan
        return self.scan.asked.covers(path) or (plan is not None and path == plan.source.path)

    def _source(self, path: str) -> Source:
        return self.texts.get(path) or stand_in_source(path) or self.project.source(path)


def _code(verdict: Verdict) -> str:
    return verdict.check.rule.code if isinstance(verdict, Doubt) else verdict.finding.rule.code


def _paths(finding: Finding) -> Iterator[str]:
    yield finding.span.path
    yield from (step.span.path for step in finding.trace)
    if finding.fix:
        yield from (edit.span.path for edit in finding.fix.edits)
