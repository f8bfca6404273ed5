"""Module calls: where the module lies, which instances there are, what each gets and gives.

https://developer.hashicorp.com/terraform/language/modules/syntax
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.config import Declaration, parse_or_fail
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.instances import Instance, Instances, expand, refused
from dynalint.evaluation.providers import ProviderUse, read_passed
from dynalint.evaluation.resolving import META, Resolved, resolve
from dynalint.evaluation.resources import CallSite, ModuleCall
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import references
from dynalint.evaluation.types import DYNAMIC, STRING, ListOf, MapOf, Type, object_of
from dynalint.evaluation.values import Unknown, Value, identity_of, object_value, tuple_value, unknown
from dynalint.evaluation.variables import Variable
from dynalint.records import dataclass
from dynalint.syntax.nodes import Attribute, Block

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module


@dataclass(frozen=True)
class CallNode:
    """A module call with its instances. ``modules`` is empty where the module cannot be followed."""

    caller: Module
    name: str
    block: Block
    instances: Instances
    resolved: Resolved
    modules: dict[int | str | None, Module]

    def value(self) -> Value:
        """The outputs of all instances, as a reference to the whole call sees them."""
        if not self.modules and self.resolved.directory is None:
            return self.unresolved_value("")
        if self.caller.tree.validating:
            return self._validated_value()
        if self.instances.because:
            return unknown(DYNAMIC, self._lost(self.instances.because, ""))
        objects = {index: _outputs(module) for index, module in self.modules.items()}
        match self.instances.kind:
            case "count":
                return tuple_value(tuple(objects.values()))
            case "for_each":
                return object_value({str(index): value for index, value in objects.items()})
            case _:
                return objects[None]

    def _validated_value(self) -> Value:
        """What ``terraform validate`` knows of a call: the names of the outputs."""
        module = next(iter(self.modules.values()))
        if module.config.blind or self.resolved.may_differ:
            return self.unresolved_value("")
        outputs = object_of(dict.fromkeys(module.config.names("output"), DYNAMIC))
        kinds: dict[str, Type] = {"count": ListOf(outputs), "for_each": MapOf(outputs)}
        return unknown(kinds.get(self.instances.kind, outputs), Unknown(f"module.{self.name} is known only to a plan"))

    def output(self, instance: Value | None, name: str) -> Value:
        """One output of one instance. EvaluationError where there is no such instance or output."""
        if self.resolved.directory is None:
            return self.unresolved_value(name)
        if self.instances.because:
            # one symbolic instance stands for all: what it gives is not what any one of them gives
            return unknown(DYNAMIC, self._lost(self.instances.because, name))
        module = self._instance(instance, name)
        if self.resolved.may_differ and name not in module.config.names("output"):
            return self.unresolved_value(name)
        module.tree.require_output(module, name)
        return module.output(name)

    def _instance(self, instance: Value | None, output: str) -> Module:
        if instance is None and self.instances.kind == "single":
            return self.modules[None]
        if instance is None and self.instances.kind == "for_each" and output in self.modules:
            raise EvaluationError(f"module.{self.name} has for_each: write module.{self.name}[{output!r}]")
        if instance is None:
            raise EvaluationError(f"module.{self.name} has {self.instances.kind}: name the instance in brackets")
        key = _key(instance, self.instances.kind)
        if key not in self.modules:
            shown = "its key is sensitive" if instance.sensitive else f"[{key!r}]"
            raise EvaluationError(f"module.{self.name} has no instance {shown}")
        return self.modules[key]

    def unresolved_value(self, output: str) -> Value:
        """What an output of a module that is not here is worth."""
        reason = self.resolved.reason or f"module.{self.name} is {self.resolved.assumed}"
        return unknown(DYNAMIC, self._lost(Unknown(reason, hint="terraform get, or --plan"), output))

    def _lost(self, because: Unknown, output: str) -> Unknown:
        parts = ("call", f"={self.caller.path}", self.name, *((output,) if output else ()))
        return Unknown(because.reason, identity=identity_of(*parts), hint=because.hint)

    def record(self) -> ModuleCall:
        """The call, whose module cannot be followed."""
        return ModuleCall(
            address=self.caller.address(f"module.{self.name}"),
            name=self.name,
            source=self.resolved.source,
            version=self.resolved.version,
            header=self.block.header,
            reason=self.resolved.reason,
            module=self.caller.config.directory,
            calls=self.caller.calls,
            provider=partial(self.caller.provider, ProviderUse("aws")),
        )


def _outputs(module: Module) -> Value:
    return object_value({name: module.output(name) for name in module.config.names("output")})


def _key(instance: Value, kind: str) -> int | str | None:
    if kind == "for_each":
        text = convert(instance, STRING).data
        return text if isinstance(text, str) else None
    return instance.data if isinstance(instance.data, int) else None


def call_node(module: Module, name: str, declaration: Declaration) -> CallNode:
    """The node of a call. EvaluationError where its count or for_each is refused."""
    block = parse_or_fail(declaration, module.config, f"module {name}")
    scope = Scope(module)
    resolved = resolve(module, name, block)
    try:
        instances = expand(block, scope)
    except EvaluationError as error:
        module.tree.fault(error)
        instances = refused(block, f"module.{name}")
    if instances.because and instances.condition:
        module.tree.unknown_instances(instances.condition.span, instances.because)
    modules: dict[int | str | None, Module] = {}
    if resolved.directory is not None:
        modules = {item.index: _child(module, name, block, item, resolved) for item in instances.items}
    return CallNode(module, name, block, instances, resolved, modules)


def _child(module: Module, name: str, block: Block, instance: Instance, resolved: Resolved) -> Module:
    assert resolved.directory is not None
    path = module.address(f"module.{name}{instance.key}")
    scope = Scope(module).bind(instance.names, _reads(module, block))
    child = module.tree.child(
        module,
        resolved.directory,
        path,
        given=_arguments(block, scope, name),
        call=CallSite(block.header, path, resolved.source, block.span, resolved.assumed),
        key=module.key_of(name),
    )
    providers = block.body.attribute("providers")
    child.passed_providers = read_passed(providers.value) if providers else {}
    child.deferred = module.deferred or depends_on_pending(block)
    return child


def _reads(module: Module, block: Block) -> frozenset[str]:
    attribute = block.body.attribute("for_each") or block.body.attribute("count")
    return module.inputs_of(attribute.value, Scope(module)) if attribute else frozenset()


def _arguments(block: Block, scope: Scope, call: str) -> Callable[[Variable], Value | None]:
    """Arguments of a call, each evaluated when the variable is asked for."""

    def given(variable: Variable) -> Value | None:
        attribute = block.body.attribute(variable.name) if variable.name not in META else None
        if attribute is None:
            return None
        return _passed(attribute, scope, f'passed as {variable.name} by module "{call}"')

    return given


def _passed(attribute: Attribute, scope: Scope, text: str) -> Value:
    value = closed(expressions.evaluate(attribute.value, scope))
    return value.traced(attribute.span, text)


def depends_on_pending(block: Block) -> Unknown | None:
    """Why what is read here waits for apply: ``depends_on`` names a resource or module that will change."""
    attribute = block.body.attribute("depends_on")
    if attribute is None:
        return None
    for root, steps in references(attribute.value):
        if root.name not in ("data", "var", "local", "each", "count", "path") and steps:
            return Unknown("it is read only when what it depends on has been applied")
    return None
