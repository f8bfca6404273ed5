"""The rules over the model: from a scan to a report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date

from dynalint.accepting import Quiet
from dynalint.discovery import Scan
from dynalint.dynamodb.changes import ResourceChange
from dynalint.dynamodb.interest import INTEREST
from dynalint.dynamodb.model import Model, build_model
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.table import Table
from dynalint.environments import environments, labelled
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.planned_root import planned_root
from dynalint.evaluation.resources import Change, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.findings import Accepted, Finding, Identity, Report, Summary, Suppressed
from dynalint.ledger import Ledger
from dynalint.masking import sensitive_variables
from dynalint.merging import merged, merged_doubts, merged_suppressed, unique
from dynalint.moves import moves_of
from dynalint.packs import infos_of
from dynalint.placing import DOWNLOADED
from dynalint.records import dataclass
from dynalint.run_rules import EVALUATION_LIMITED, FILE_UNREADABLE, RULE_FAILED
from dynalint.run_verdicts import evaluation_fault, syntax_faults, unlisted, unresolved_call
from dynalint.settings import Ruleset
from dynalint.syntax.source import Source, Span
from dynalint.verdicts import Doubt, Observation, Verdict, contained, verdicts

BLINDNESS = frozenset({FILE_UNREADABLE.code, RULE_FAILED.code, EVALUATION_LIMITED.code})
"""What says, in a run that looks for something else, that it could not look everywhere."""

NO_SOURCE = "/nonexistent/plan"
"""Stands for the directory of a plan whose source is not among the paths."""


@dataclass(frozen=True, slots=True)
class Request:
    """How to check. ``ruleset`` gives the rules for a root module, ``today`` is the day in UTC.

    ``changes`` says what became of a root module since an earlier text; None where there is none.
    ``environments`` narrows those of the settings to the named ones. ``progress`` is told, before each root module, how
    many are done and how many there are. ``observe`` is shown the model of each root module that is checked, with the
    name of the environment, empty where there is none.
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
    observe: Callable[[Model, str], None] = lambda _model, _environment: None


@dataclass(slots=True)
class Tally:
    """What has been looked at so far: files by module directory, and the objects found."""

    files: dict[str, int] = field(default_factory=dict)
    roots: int = 0
    tables: int = 0
    policies: int = 0

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
        self.configs: dict[str, ModuleConfig] = {}
        self.planned = self._planned_root()
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
        for directory in self._directories():
            self.quiet.root = directory
            what = f"checking the module {os.path.basename(directory)} failed"
            found = contained(self._root(directory), what, self._beginning(directory), self._source)
            self._take(self._as_set(found, self._ruleset(directory)))
            self.configs.pop(directory, None)
            self.project.forget([directory])
        self.quiet.root = self.project.root
        self._take(self.ledger.complaints())
        self._take(self.ledger.unused(last=False))
        self._take(self.ledger.unused(last=True))
        return self._result()

    def _planned_root(self) -> str:
        """The root that the plan was made of; "" where there is no plan.

        Where none fits, the plan is judged alone, in the place of a root without files.
        """
        plan = self.request.inputs.plan
        if plan is None:
            return ""
        return planned_root(plan, self.scan.roots, self.project, self.configs) or NO_SOURCE

    def _directories(self) -> Iterator[str]:
        """The roots, then what none of them led to: no module goes unseen because calls form a circle."""
        for done, directory in enumerate(self.scan.roots):
            self.request.progress(done, len(self.scan.roots))
            yield directory
        if self.planned == NO_SOURCE:
            yield NO_SOURCE
        yield from (directory for directory in self.scan.modules if directory not in self.tally.files)

    def _root(self, directory: str) -> Iterator[Verdict]:
        self.tally.files[directory] = len(self.project.files_of(directory))
        self.tally.roots += 1
        ruleset = self._ruleset(directory)
        for name, inputs in environments(
            ruleset.settings, self._inputs(directory), directory, self.request.environments
        ):
            yield from labelled(self._evaluated(directory, inputs, ruleset, name), name)

    def _evaluated(self, directory: str, inputs: Inputs, ruleset: Ruleset, environment: str) -> Iterator[Verdict]:
        root = evaluate_root(directory, self.project, inputs, INTEREST, self.configs)
        if self.request.changes:
            root = replace(root, changes=self.request.changes(root, inputs))
        self.texts.update(root.sources)
        if self.request.baseline:
            self.quiet.follow(moves_of(root, self.project))
        for module in unique((directory, *root.modules)):
            yield from self._module(module)
        self._witness(root)
        for fault in root.faults:
            yield evaluation_fault(fault, root, self._source, self.by_code)
        for call in root.unresolved:
            yield unresolved_call(call, self._source)
        model = build_model(root)
        self.tally.tables += len(tuple(model.subjects(Table)))
        self.tally.policies += len(tuple(model.subjects(Policy)))
        self.request.observe(model, environment)
        yield from self._rules(model, ruleset)

    def _ruleset(self, directory: str) -> Ruleset:
        """The rules for a root; modules that only a circle of calls leads to are none of the scan's roots."""
        if directory not in self.rulesets:
            self.rulesets[directory] = self.request.ruleset(directory)
        return self.rulesets[directory]

    def _as_set(self, found: Iterable[Verdict], ruleset: Ruleset) -> Iterator[Verdict]:
        """The verdicts with the settings of their root applied: what is left out, and other severities."""
        for item in found:
            if _code(item) not in ruleset.chosen:
                continue
            if isinstance(item, Doubt):
                yield item
            elif not ruleset.silent_in(item.finding) and not ruleset.spared(item.finding):
                yield replace(item, finding=ruleset.graded(item.finding))

    def _inputs(self, directory: str) -> Inputs:
        """The inputs for a root; a plan belongs to one root alone."""
        inputs = self.request.inputs
        return inputs if directory == self.planned else replace(inputs, plan=None)

    def _module(self, directory: str) -> Iterator[Verdict]:
        files = self.project.files_of(directory)
        self.tally.files[directory] = len(files)
        self.sensitive.update(sensitive_variables(files))
        for file in files:
            if self.request.honour_comments:
                self.ledger.read(file)
            if self.request.honour_foreign:
                self.ledger.read_foreign(file)
            if file.faults:
                self.ledger.leave_open(directory, f"{os.path.basename(file.source.path)} cannot be read whole")
        yield from syntax_faults(files, self._source)

    def _rules(self, model: Model, ruleset: Ruleset) -> Iterator[Verdict]:
        for rule in ruleset.rules:
            if rule.info.code in ruleset.chosen:
                for subject in model.subjects(rule.visits):
                    yield from verdicts(rule, subject, self._source)
                for subject in model.latent(rule.visits) if rule.latent else ():
                    yield from verdicts(rule, subject, self._source, latent=True)
                for subject in model.unmade(rule.visits) if rule.unmade else ():
                    yield from verdicts(rule, subject, self._source, latent=True)

    def _witness(self, root: RootModule) -> None:
        """Tell the ledger which blocks made something, and which modules have faults."""
        for resource in (*root.resources, *root.latent):
            self.ledger.witness(resource.header)
            for call in resource.calls:
                self.ledger.witness(call.span)
        for fault in root.faults:
            directory, _, name = fault.span.path.rpartition("/")
            self.ledger.leave_open(directory, f"{name} has faults")

    def _take(self, found: Iterable[Verdict]) -> None:
        self.outcome.take(item for item in found if _code(item) in self.running)

    def _result(self) -> Report:
        asked = self.scan.asked
        found = [item for item in merged(self.outcome.standing) if not asked.leaves_out(item.span.path)]
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
        blind = any(not item.finding.rule.ignorable for item in self.outcome.standing)
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
        return entry.rule in self._ruleset(entry.root).chosen and (now.rule, now.address) not in undecided

    def _covers(self, path: str) -> bool:
        """Whether findings at a path were asked for: in the paths, or in the plan, which was named outright."""
        plan = self.request.inputs.plan
        return self.scan.asked.covers(path) or (plan is not None and path == plan.source.path)

    def _source(self, path: str) -> Source:
        return self.texts.get(path) or self.project.source(path)

    def _beginning(self, directory: str) -> Span:
        files = self.project.files_of(directory)
        return Span(files[0].source.path if files else directory, 0, 0)


def _code(verdict: Verdict) -> str:
    return verdict.check.rule.code if isinstance(verdict, Doubt) else verdict.finding.rule.code


def _paths(finding: Finding) -> Iterator[str]:
    yield finding.span.path
    yield from (step.span.path for step in finding.trace)
    if finding.fix:
        yield from (edit.span.path for edit in finding.fix.edits)
