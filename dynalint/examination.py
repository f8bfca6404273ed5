"""One root module, evaluated and shown to the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from posixpath import basename

from dynalint.dynamodb.interest import INTEREST
from dynalint.dynamodb.model import Model, build_model
from dynalint.dynamodb.policy import Policy
from dynalint.dynamodb.table import Table
from dynalint.environments import environments, labelled
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.resources import Change, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.stand_ins import is_stand_in
from dynalint.examined import Examined
from dynalint.foreign import speaks_to_others
from dynalint.masking import sensitive_variables
from dynalint.merging import unique
from dynalint.moves import moves_of
from dynalint.project import Project
from dynalint.records import dataclass
from dynalint.run_verdicts import evaluation_fault, syntax_faults, unresolved_call
from dynalint.settings import Ruleset
from dynalint.suppressions import speaks_to_dynalint
from dynalint.syntax import SourceFile
from dynalint.syntax.source import Source, Span
from dynalint.verdicts import Doubt, Observation, Verdict, contained, verdicts


@dataclass(frozen=True, slots=True)
class Examiner:
    """Examines root modules of ``project``.

    ``inputs`` are those of the run, whose plan belongs to the root ``planned`` alone; ``environments`` narrows those of
    the settings. ``changes`` says what became of a root since an earlier text, ``observe`` is shown every model with
    the name of its environment.
    """

    project: Project
    inputs: Inputs
    planned: str
    environments: Sequence[str]
    changes: Callable[[RootModule, Inputs], tuple[Change, ...]] | None
    observe: Callable[[Model, str], None] | None
    configs: dict[str, ModuleConfig] = field(default_factory=dict)

    def examine(self, directory: str, ruleset: Ruleset) -> Examined:
        """Everything about one root module. What goes wrong, the failure of a rule too, is among the verdicts."""
        try:
            return _Examination(self, directory, ruleset).result()
        finally:
            self.configs.pop(directory, None)

    def inputs_of(self, directory: str) -> Inputs:
        """The inputs for a root; a plan belongs to one root alone."""
        return self.inputs if directory == self.planned else replace(self.inputs, plan=None)


class _Examination:
    def __init__(self, examiner: Examiner, directory: str, ruleset: Ruleset) -> None:
        self._of = examiner
        self._project = examiner.project
        self._directory = directory
        self._ruleset = ruleset
        self._roots: list[RootModule] = []
        self._texts: dict[str, Source] = {}
        self._tables: set[str] = set()
        self._policies: set[tuple[str, Span]] = set()

    def result(self) -> Examined:
        what = f"checking the module {basename(self._directory)} failed"
        found = contained(self._verdicts(), what, self._beginning(), self._source)
        judged = tuple(self._as_set(found))
        modules = unique((self._directory, *(module for root in self._roots for module in root.modules)))
        files = tuple(file for module in modules for file in self._project.files_of(module))
        sources = (*(file.source for file in files), *(source for root in self._roots for source in root.values))
        commented = unique(source.path for source in sources if _may_hide(source))
        speaking = frozenset(commented)
        return Examined(
            verdicts=judged,
            modules=modules,
            tables=len(self._tables),
            policies=len(self._policies),
            commented=commented,
            made=unique(span for root in self._roots for span in _headers(root) if span.path in speaking),
            open=unique((*_unread(files), *(pair for root in self._roots for pair in _faulty(root)))),
            sensitive=unique(sensitive_variables(files)),
            moves=tuple(moves_of(root, self._project) for root in self._roots),
            texts=tuple(source for path, source in self._texts.items() if not is_stand_in(path)),
        )

    def _verdicts(self) -> Iterator[Verdict]:
        settings, inputs = self._ruleset.settings, self._of.inputs_of(self._directory)
        for name, given in environments(settings, inputs, self._directory, self._of.environments):
            yield from labelled(self._evaluated(given, name), name, settings, self._directory)

    def _evaluated(self, inputs: Inputs, environment: str) -> Iterator[Verdict]:
        root = evaluate_root(self._directory, self._project, inputs, INTEREST, self._of.configs)
        if self._of.changes:
            root = replace(root, changes=self._of.changes(root, inputs))
        self._roots.append(root)
        self._texts.update(root.sources)
        for module in unique((self._directory, *root.modules)):
            yield from syntax_faults(self._project.files_of(module), self._source)
        infos = {rule.info.code: rule.info for rule in self._ruleset.rules}
        for fault in root.faults:
            yield evaluation_fault(fault, root, self._source, infos)
        for call in root.unresolved:
            yield unresolved_call(call, self._source)
        model = build_model(root)
        self._tables |= {table.address for table in model.subjects(Table)}
        self._policies |= {(policy.address, policy.at) for policy in model.subjects(Policy)}
        if self._of.observe:
            self._of.observe(model, environment)
        yield from self._asked(model)

    def _asked(self, model: Model) -> Iterator[Verdict]:
        for rule in self._ruleset.rules:
            if rule.info.code in self._ruleset.chosen:
                for subject in model.subjects(rule.visits):
                    yield from verdicts(rule, subject, self._source)
                for subject in model.latent(rule.visits) if rule.latent else ():
                    yield from verdicts(rule, subject, self._source, latent=True)
                for subject in model.unmade(rule.visits) if rule.unmade else ():
                    yield from verdicts(rule, subject, self._source, latent=True)

    def _as_set(self, found: Iterable[Verdict]) -> Iterator[Verdict]:
        """The verdicts with the settings of the root applied: what is left out, and other severities."""
        ruleset = self._ruleset
        for item in found:
            if isinstance(item, Doubt):
                if item.check.rule.code in ruleset.chosen:
                    yield item
            elif _stands(item, ruleset):
                yield replace(item, finding=ruleset.graded(item.finding))

    def _source(self, path: str) -> Source:
        return self._texts.get(path) or self._project.source(path)

    def _beginning(self) -> Span:
        paths = self._project.configuration_of(self._directory)
        return Span(paths[0] if paths else self._directory, 0, 0)


def _stands(item: Observation, ruleset: Ruleset) -> bool:
    finding = item.finding
    return finding.rule.code in ruleset.chosen and not ruleset.silent_in(finding) and not ruleset.spared(finding)


def _headers(root: RootModule) -> Iterator[Span]:
    """The blocks and the calls that something was made of."""
    for resource in (*root.resources, *root.latent):
        yield resource.header
        yield from (call.span for call in resource.calls)


def _may_hide(source: Source) -> bool:
    """Whether a comment in the file may speak of rules."""
    return speaks_to_dynalint(source.data) or speaks_to_others(source.data)


def _unread(files: Iterable[SourceFile]) -> Iterator[tuple[str, str]]:
    for file in files:
        if file.faults:
            directory, _, name = file.source.path.rpartition("/")
            yield directory, f"{name} cannot be read whole"


def _faulty(root: RootModule) -> Iterator[tuple[str, str]]:
    for fault in root.faults:
        directory, _, name = fault.span.path.rpartition("/")
        yield directory, f"{name} has faults"
