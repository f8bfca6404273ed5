"""From a root module's directory to everything that rules can look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dynalint.evaluation import checks
from dynalint.evaluation.budget import deep_nesting
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.latent import latent_resources
from dynalint.evaluation.module import Module
from dynalint.evaluation.plan_file import PlanFile
from dynalint.evaluation.resource_nodes import unmade_resource
from dynalint.evaluation.resources import ALL, Fault, Interest, ModuleCall, Resource, RootModule
from dynalint.evaluation.stand_ins import is_stand_in
from dynalint.evaluation.tree import Tree
from dynalint.evaluation.values import Value
from dynalint.project import Project
from dynalint.syntax.source import Span


def evaluate_root(
    directory: str,
    project: Project,
    inputs: Inputs,
    interest: Interest = ALL,
    configs: dict[str, ModuleConfig] | None = None,
) -> RootModule:
    """Evaluate a root module and all modules below it.

    Only what is of ``interest`` is evaluated, with all that it refers to. With a plan among the inputs the values are
    the plan's. Nothing is raised: what goes wrong is among the faults of the result. ``configs`` shares
    parsed directories between several roots.
    """
    tree = Tree(directory, project, inputs, {} if configs is None else configs, interest)
    run = _Run(tree, interest)
    outputs: dict[str, Value] = {}
    try:
        with deep_nesting():
            run.walk(tree.root)
            run.walk_beside(tree.modules)
            if inputs.everything:
                checks.check_everything(tree)
                _validate(tree)
                outputs = run.outputs(tree.root)
            checks.check_used_variables(tree)
    except BudgetError as error:
        span = _place(tree)
        tree.fault(EvaluationError(f"{error}: the rest of this root is not judged", span, code="DYN005"))
    root = RootModule(
        directory=directory,
        resources=tuple(run.resources),
        latent=tuple(run.latent_found),
        unmade=tuple(run.unmade),
        unresolved=tuple(run.unresolved),
        faults=(*_given_faults(tree), *(fault for fault in tree.faults.values() if fault.code != "DYN001")),
        outputs=outputs,
        sources={source.path: source for source in tree.sources()},
        source_of=project.source,
        values=tuple(tree.values.files),
        modules=tuple(dict.fromkeys(_directories(tree.modules))),
        called_modules=frozenset(_directories(tree.modules[1:])),
        ways={module.config.directory: module.calls for module in reversed(tree.modules[1:])},
    )
    return _with_plan(root, inputs.plan, interest) if inputs.plan else root


def _validate(tree: Tree) -> None:
    """Add what ``terraform validate`` refuses, whatever the values: in modules and resources without instances, too."""
    only_now = Interest(latent=lambda _mode, _type: False)
    validated = Tree(tree.directory, tree.project, tree.inputs, tree.configs, only_now, validating=True)
    _Run(validated, only_now).walk(validated.root)
    checks.check_everything(validated)
    checks.check_used_variables(validated)
    for key, fault in validated.faults.items():
        if fault.span not in {known.span for known in tree.faults.values()}:
            tree.faults.setdefault(key, fault)


def _with_plan(root: RootModule, plan: PlanFile, interest: Interest) -> RootModule:
    from dynalint.evaluation.plan_join import join_plan  # noqa: PLC0415 - only for runs with a plan

    return join_plan(root, plan, interest)


def _directories(modules: Iterable[Module]) -> Iterator[str]:
    return (module.config.directory for module in modules if not is_stand_in(module.config.directory))


def _place(tree: Tree) -> Span:
    files = tree.root.config.files
    return Span(files[0].source.path, 0, 0) if files else Span(tree.directory, 0, 0)


def _given_faults(tree: Tree) -> Iterator[Fault]:
    for fault in tree.values.faults:
        if isinstance(fault, EvaluationError):
            yield Fault(fault.code, fault.message, fault.span or _place(tree), fault.help)
        else:
            yield Fault("DYN001", fault.message, fault.span, fault.help)
    for config in dict.fromkeys(module.config for module in tree.modules):
        yield from config.faults
        yield from (Fault("DYN001", broken.message, broken.span, broken.help) for broken in config.broken)


class _Run:
    """One walk through a tree; what it finds is in its lists, in the order of the walk."""

    def __init__(self, tree: Tree, interest: Interest) -> None:
        self._tree = tree
        self._interest = interest
        self.resources: list[Resource] = []
        self.latent_found: list[Resource] = []
        self.unmade: list[Resource] = []
        self.unresolved: list[ModuleCall] = []

    def walk(self, module: Module) -> None:
        """Evaluate what is wanted in a module and below it."""
        checks.check_types(module)
        for kind, mode in (("resource", "managed"), ("data", "data")):
            for (type_, name), declaration in module.config.named(kind):
                if self._interest.wanted(mode, type_, declaration.text()):
                    self._bounded(module, mode, type_, name, declaration.header)
        for (name,), declaration in module.config.named("output"):
            if self._interest.wanted("output", name, declaration.text()):
                self._output(module, name)
        for (name,), _ in module.config.named("module"):
            self._call(module, name)

    def walk_beside(self, modules: Iterable[Module]) -> None:
        """Evaluate in modules what is wanted beside the resources that were found."""
        there = {resource.type for resource in self.resources}
        types = {type_ for type_, other in self._interest.beside.items() if other in there}
        for module in modules if types else ():
            for (type_, name), declaration in module.config.named("resource"):
                if type_ in types:
                    self._bounded(module, "managed", type_, name, declaration.header)

    def _bounded(self, module: Module, mode: str, type_: str, name: str, header: Span) -> None:
        """Evaluate one resource; one that costs too much is not judged, the others are."""
        self._tree.budget.refill()
        try:
            with deep_nesting():
                self._resource(module, mode, type_, name)
        except BudgetError as error:
            message = f"{error}: {module.address(f'{type_}.{name}')} is not judged"
            self._tree.fault(EvaluationError(message, header, code="DYN005"))
            if self._tree.budget.total <= 0:
                raise

    def _is_concerned(self, module: Module, type_: str, name: str) -> bool:
        declaration = module.config.find("resource", type_, name)
        return declaration is not None and self._interest.concerned("managed", type_, declaration.text())

    def _resource(self, module: Module, mode: str, type_: str, name: str) -> None:
        try:
            made = module.resource_of(mode, type_, name).resources
            checks.check_resource(module, mode, type_, name)
            self.resources.extend(made)
            if mode == "managed" and not made and self._is_concerned(module, type_, name):
                self.unmade.append(unmade_resource(module, type_, name))
        except EvaluationError as error:
            self._tree.fault(error)
            return
        if mode == "managed" and self._interest.latent(mode, type_):
            self.latent_found.extend(latent_resources(module, type_, name))

    def _output(self, module: Module, name: str) -> None:
        """Evaluate an output only for what is wrong with it."""
        try:
            module.output(name)
        except EvaluationError as error:
            self._tree.fault(error)

    def _call(self, module: Module, name: str) -> None:
        try:
            call = module.call_of(name)
            if call.resolved.directory is None:
                self.unresolved.append(call.record())
                return
            checks.check_call(call, self._tree)
        except EvaluationError as error:
            self._tree.fault(error)
            return
        for child in call.modules.values():
            self.walk(child)

    def outputs(self, module: Module) -> dict[str, Value]:
        """Values of the root's outputs; those that fail are among the faults."""
        found: dict[str, Value] = {}
        for name in module.config.names("output"):
            try:
                found[name] = module.output(name)
            except EvaluationError as error:
                self._tree.fault(error)
        return found
