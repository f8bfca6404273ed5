"""A root module with all that hangs below it: what its module instances share while they are evaluated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from posixpath import join, normpath, relpath
from typing import Any

from dynalint.evaluation import templates
from dynalint.evaluation.budget import Budget
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.errors import BudgetError, EvaluationError
from dynalint.evaluation.functions.base import Context
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.json_values import value_of
from dynalint.evaluation.manifest import read_manifest
from dynalint.evaluation.module import Module
from dynalint.evaluation.resources import ALL, CallSite, Fault, Interest
from dynalint.evaluation.root_files import RootFiles
from dynalint.evaluation.root_values import gather
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.stand_ins import AtWork, StandIn, Unfit, is_stand_in
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value, string, unknown
from dynalint.evaluation.variables import Variable
from dynalint.project import Project
from dynalint.syntax import SyntaxFault, parse_template
from dynalint.syntax.nodes import Literal, Template
from dynalint.syntax.source import Source, Span

MAX_MODULE_DEPTH = 50
"""Module calls inside module calls; deeper is a mistake or an attack."""


MOST_MODULES = 50_000
"""Instances of modules below one root."""


class Tree:
    """One root module under evaluation.

    ``running`` are the nodes being evaluated, outermost first, for cycles. ``faults`` collects what Terraform would
    refuse, in order of discovery. ``validating`` is how ``terraform validate`` evaluates, which every plan begins with:
    no variable has a value, nothing is known of resources, and one instance stands for all of a resource or module.
    """

    def __init__(
        self,
        directory: str,
        project: Project,
        inputs: Inputs,
        configs: dict[str, ModuleConfig],
        interest: Interest = ALL,
        *,
        validating: bool = False,
    ) -> None:
        self.directory = directory
        self.project = project
        self.inputs = inputs
        self.interest = interest
        self.validating = validating
        self.cycles: set[str] = set()
        self.budget = Budget()
        self.running: dict[tuple[Any, ...], None] = {}
        self.faults: dict[tuple[str, Span | None, str], Fault] = {}
        self.provider_faults: list[EvaluationError] = []
        self.unconcerned: set[tuple[Any, ...]] = set()
        self.pending_instances: list[tuple[Span, Unknown]] = []
        self.modules: list[Module] = []
        self.stand_ins = AtWork()
        self._rendering: list[str] = []
        self.configs = configs
        self._files = RootFiles(directory, project)
        self._manifest = read_manifest(directory, project)
        self.values = gather(directory, project, inputs)
        self.root = Module(self, self.config(directory), given=self._given)
        self.modules.append(self.root)

    def config(self, directory: str) -> ModuleConfig:
        """The declarations of a directory; shared between trees."""
        if directory not in self.configs:
            self.configs[directory] = ModuleConfig(directory, self.stand_ins.of(directory) or self.project)
        return self.configs[directory]

    def _given(self, variable: Variable) -> Value | None:
        return self.values.value(variable, Scope(self.root))

    def planned_variable(self, name: str) -> Value | None:
        """The value of a root variable that the plan was made with."""
        plan = self.inputs.plan
        if plan is None or name not in plan.variables:
            return None
        return value_of(plan.variables[name]).traced(plan.span, f"{name} as planned")

    def planned_data(self, address: str) -> Mapping[str, Value]:
        """What terraform read from a data source while it planned."""
        values = self.inputs.plan.data.get(address) if self.inputs.plan else None
        return {name: value_of(value) for name, value in (values or {}).items()}

    @property
    def workspace(self) -> Value:
        """``terraform.workspace``: from ``TF_WORKSPACE`` where the caller gave the environment, else ``default``."""
        return string((self.inputs.environment or {}).get("TF_WORKSPACE") or "default")

    def relative(self, directory: str) -> str:
        """A directory as ``path.module`` shows it."""
        return "." if directory == self.directory else relpath(directory, self.directory)

    def sources(self) -> Iterator[Source]:
        """Texts that traces point into and that are no files: command line, environment, stand-ins."""
        yield from (given.source for given in self.values.given.values() if given.attribute is None)
        for directory, config in self.configs.items():
            yield from (file.source for file in config.files) if is_stand_in(directory) else ()

    # --- cycles and faults -----------------------------------------------------------------------------------------

    def enter(self, node: tuple[Any, ...]) -> None:
        """Begin a node. BudgetError where they nest too deep."""
        self.running[node] = None
        if len(self.running) > self.budget.depth:
            raise BudgetError("references lead too deep")

    def leave(self, node: tuple[Any, ...]) -> None:
        """End a node."""
        self.running.pop(node, None)

    def cycle(self, node: tuple[Any, ...]) -> str:
        """The message for a node that needs itself."""
        nodes = list(self.running)
        names = [_node_name(item) for item in nodes[nodes.index(node) :] if item[1] != "declared"]
        if len(names) == 1:
            message = f"{names[0]} refers to itself"
        else:
            message = f"these depend on each other in a cycle: {' -> '.join([*names, names[0]])}"
        self.cycles.add(message)
        return message

    def fault(self, error: EvaluationError) -> None:
        """Note what Terraform would refuse, unless it stands in a resource that is of no concern."""
        resource = next((node for node in reversed(self.running) if node[1] == "resource"), None)
        if resource in self.unconcerned:
            return
        span = error.span or Span(self.directory, 0, 0)
        key = (error.code, span, error.message)
        self.faults.setdefault(key, Fault(error.code, error.message, span, error.help, error.trace))

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Evaluate without noting faults: for worlds that are only imagined."""
        kept = dict(self.faults), list(self.provider_faults), list(self.pending_instances)
        try:
            yield
        finally:
            self.faults, self.provider_faults, self.pending_instances = kept

    def provider_fault(self, error: EvaluationError) -> None:
        """Note what the provider would refuse; rules about the schema speak of it."""
        self.provider_faults.append(error)

    def unknown_instances(self, span: Span, because: Unknown) -> None:
        """Note a count or for_each that is known only after apply, which Terraform refuses."""
        self.pending_instances.append((span, because))

    # --- modules ---------------------------------------------------------------------------------------------------

    def child(
        self,
        parent: Module,
        directory: str,
        path: str,
        *,
        given: Callable[[Variable], Value | None],
        call: CallSite,
        key: str,
    ) -> Module:
        """A module instance below another. EvaluationError where modules call each other without end."""
        if len(parent.calls) >= MAX_MODULE_DEPTH or directory in parent.directories():
            raise EvaluationError("modules call each other without end", call.span)
        if len(self.modules) >= MOST_MODULES:
            raise BudgetError(f"more than {MOST_MODULES} instances of modules are more than dynalint evaluates")
        child = Module(
            self, self.config(directory), path, parent=parent, given=given, calls=(*parent.calls, call), key=key
        )
        self.modules.append(child)
        return child

    def module_directory(self, module: Module, name: str, source: str) -> str | None:
        """Directory of a called module: beside the caller for local sources, else as the manifest says."""
        if source.startswith(("./", "../")):
            directory = normpath(join(module.config.directory, source))
            inside = self.stand_ins.of(module.config.directory)
            return directory if (inside.holds if inside else self._is_module)(directory) else None
        listed = self._manifest.get(module.key_of(name))
        return listed if listed and self._is_module(listed) else None

    def _is_module(self, directory: str) -> bool:
        """Whether a directory holds configuration; that of a submodule of git may be empty."""
        return self.project.exists(directory) and bool(self.project.files_of(directory))

    def stand_in(self, module: Module, name: str, source: str, version: str | None) -> StandIn | Unfit | None:
        """What to evaluate in place of a module that is not here; None where dynalint does not know it."""
        return self.stand_ins.take(module.key_of(name), source, version)

    def require_output(self, module: Module, name: str) -> None:
        """EvaluationError where a module has no such output."""
        if name not in module.config.names("output") and not module.config.blind:
            raise EvaluationError(f"{module.path} has no output {name!r}")

    def read(self, path: str) -> bytes:
        """Content of a file, relative to the root module; EvaluationError where it cannot be read."""
        return self._files.read(path)

    # --- functions -------------------------------------------------------------------------------------------------

    def context(self, scope: Scope) -> Context:
        """What functions may use."""

        def render(text: str, name: str, variables: dict[str, Value]) -> Value:
            return self.render(text, name, variables, scope)

        return Context(self.budget, self._files, render)

    def render(self, text: str, name: str, variables: dict[str, Value], scope: Scope) -> Value:
        """Template text with only the given variables in reach."""
        try:
            expression = parse_template(Source(name, text.encode()))
        except SyntaxFault as fault:
            raise EvaluationError(f"{name} is no valid template: {fault.message}") from fault
        match expression:
            case Literal(value=str() as plain):
                return string(plain)
            case Template():
                if self._rendering:
                    raise EvaluationError(f"{self._rendering[-1]} is a template, which cannot render another")
                self._rendering.append(name)
                try:
                    return templates.evaluate_template(expression, Scope(scope.module, variables))
                finally:
                    self._rendering.pop()
        return unknown(STRING, Unknown(f"{name} is no template"))


def _node_name(node: tuple[Any, ...]) -> str:
    match node[1:]:
        case ("resource", "managed", type_, name):
            return f"{type_}.{name}"
        case ("resource", "data", type_, name):
            return f"data.{type_}.{name}"
        case parts:
            return ".".join(str(part) for part in parts)
