"""One instance of a module: its variables, locals, calls and resources, each evaluated once, when first asked for.

Everything that can refer to something else is a node of its own: two modules may feed each other through different
outputs, and only a real cycle is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from dynalint.evaluation import expressions
from dynalint.evaluation.calls import CallNode, call_node
from dynalint.evaluation.config import Declaration, ModuleConfig, parse_or_fail
from dynalint.evaluation.convert import convert
from dynalint.evaluation.ephemeral import Taint
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.providers import ProviderUse, find_provider
from dynalint.evaluation.releases import Releases
from dynalint.evaluation.requirements import requirements_of
from dynalint.evaluation.resource_nodes import ResourceNode, resource_node
from dynalint.evaluation.resources import CallSite, Provider
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import references
from dynalint.evaluation.suggest import did_you_mean
from dynalint.evaluation.types import BOOL, DYNAMIC
from dynalint.evaluation.values import Unknown, Value, identity_of, unknown
from dynalint.evaluation.variables import (
    Variable,
    is_placeholder,
    placeholder_value,
    read_variable,
    variable_value,
)
from dynalint.syntax import SyntaxFault
from dynalint.syntax.nodes import Block, Expression, GetAttr
from dynalint.syntax.source import Span

if TYPE_CHECKING:
    from dynalint.evaluation.tree import Tree

Made = TypeVar("Made")
NO_INPUTS: frozenset[str] = frozenset()


class Module:
    """A module instance.

    ``path`` is its address (``""``, ``module.a["x"]``), ``parent`` the module that calls it. ``assumed`` holds inputs
    that are taken as unknown in a latent world, ``switched_on`` the branch that this world takes.
    """

    def __init__(
        self,
        tree: Tree,
        config: ModuleConfig,
        path: str = "",
        *,
        parent: Module | None = None,
        given: Callable[[Variable], Value | None] | None = None,
        calls: tuple[CallSite, ...] = (),
        key: str = "",
    ) -> None:
        self.tree = tree
        self.config = config
        self.path = path
        self.parent = parent
        self.calls = calls
        self.key = key
        self.assumed: Mapping[str, Unknown] = {}
        self.switched_on: Span | None = None
        self.passed_providers: Mapping[ProviderUse, ProviderUse] = {}
        self.deferred: Unknown | None = parent.deferred if parent else None
        self._given = given
        self._memo: dict[tuple[str, ...], Any] = {}
        self._reads: dict[str, frozenset[str]] = {}

    def imagine(self, assumed: Mapping[str, Unknown], switched_on: Span) -> Module:
        """The same module in a world where the named inputs are unknown and one branch is taken."""
        other = Module(
            self.tree, self.config, self.path, parent=self.parent, given=self._given, calls=self.calls, key=self.key
        )
        other.assumed = assumed
        other.switched_on = switched_on
        other.passed_providers = self.passed_providers
        return other

    @cached_property
    def releases(self) -> Releases:
        """The releases of the AWS provider that may run the module."""
        return Releases(lambda: requirements_of(self))

    @cached_property
    def ephemeral(self) -> Taint:
        """Which expressions of the module refer to something ephemeral."""
        return Taint(self)

    @cached_property
    def as_validated(self) -> Module:
        """The same module as ``terraform validate`` sees it: no variable has a value."""
        unknowns = {
            name: Unknown(f"var.{name} is not known to validate", identity_of("var", f"={self.path}", name))
            for name in self.config.names("variable")
        }
        return self.imagine(unknowns, Span(self.config.directory, 0, 0))

    @cached_property
    def path_module(self) -> str:
        """``path.module``: the directory relative to the root module's."""
        return self.tree.relative(self.config.directory)

    def address(self, own: str) -> str:
        """The full address of something declared here."""
        return f"{self.path}.{own}" if self.path else own

    def directories(self) -> Iterator[str]:
        """The directory of this module and of those around it."""
        yield self.config.directory
        if self.parent:
            yield from self.parent.directories()

    def key_of(self, call: str) -> str:
        """The key of a call in modules.json: call names joined by dots, without instances."""
        return f"{self.key}.{call}" if self.key else call

    # --- nodes -----------------------------------------------------------------------------------------------------

    def node(self, key: tuple[str, ...], make: Callable[[], Made]) -> Made:
        """The memoised result of ``make``; an error is remembered too, and a cycle is an error."""
        if key in self._memo:
            found = self._memo[key]
            if isinstance(found, EvaluationError):
                raise _copy(found)
            return cast("Made", found)
        identity = (id(self), *key)
        if identity in self.tree.running:
            raise EvaluationError(self.tree.cycle(identity))
        self.tree.enter(identity)
        try:
            made = self._memo[key] = make()
        except EvaluationError as error:
            self._memo[key] = error
            raise
        finally:
            self.tree.leave(identity)
        return made

    def given(self, variable: Variable) -> Value | None:
        """What the caller passes for a variable, None where nothing."""
        return self._given(variable) if self._given else None

    def planned(self, name: str) -> Value | None:
        """The value that a plan has for a variable of the root module, None where there is none."""
        return self.tree.planned_variable(name) if self.parent is None else None

    def input_block(self, name: str) -> Block | None:
        """The ``variable`` block of that name; None where there is none that can be read."""
        declaration = self.config.find("variable", name)
        try:
            return declaration.parse() if declaration else None
        except SyntaxFault as fault:
            self.config.note(fault)
            return None

    def variable_declaration(self, name: str) -> Variable:
        """The declaration of ``var.NAME``; EvaluationError where there is none."""
        known = self.config.variables.get(name)
        if known is None:
            declaration = self.declaration("variable", name)
            known = self.config.variables[name] = self.node(
                ("declared", name),
                lambda: read_variable(name, parse_or_fail(declaration, self.config, f"var.{name}"), Scope(self)),
            )
        return known

    def variable(self, name: str) -> Value:
        """Value of ``var.NAME``."""
        if self.config.find("variable", name) is None and self.config.blind:
            return self.hidden("var", name)
        value = self.node(("var", name), lambda: variable_value(self, self.variable_declaration(name)))
        if self.parent is None and is_placeholder(value):
            return self.node(("placeholder", name), lambda: placeholder_value(self, self.variable_declaration(name)))
        return value

    def checking(self, name: str, value: Value) -> Module:
        """The same module with a value for one variable that is only looked at."""
        other = Module(self.tree, self.config, self.path, given=self._given)
        other._memo = {**self._memo, ("placeholder", name): value}
        return other

    def declaration(self, block_type: str, name: str) -> Declaration:
        """The declaration of a variable or module call. EvaluationError where there is none."""
        found = self.config.find(block_type, name)
        if found is None:
            near = did_you_mean(name, self.config.names(block_type))
            what = {"variable": f"there is no variable {name!r}", "module": f"there is no module call {name!r}"}
            raise EvaluationError(f"{what.get(block_type, f'there is no {block_type} {name!r}')} in this module{near}")
        return found

    def hidden(self, *parts: str) -> Value:
        """Something that may be declared in a file that cannot be read."""
        name = ".".join(parts)
        return unknown(DYNAMIC, Unknown(f"{self.config.blind}", identity_of("hidden", f"={self.path}", name)))

    def local(self, name: str) -> Value:
        """Value of ``local.NAME``."""
        return self.node(("local", name), lambda: self._local(name))

    def _local(self, name: str) -> Value:
        attribute = self.config.local(name)
        if attribute is None:
            if self.config.blind:
                return self.hidden("local", name)
            near = did_you_mean(name, self.config.local_names())
            raise EvaluationError(f"there is no local value {name!r} in this module{near}")
        value = expressions.evaluate(attribute.value, Scope(self))
        return self.named(value, "local", name).traced(attribute.span, f"local.{name}")

    def named(self, value: Value, *parts: str) -> Value:
        """An unknown value without identity is still one value wherever it is used: it gets the node's."""
        if value.unknown and not value.unknown.identity:
            identity = identity_of("node", f"={self.path}", *parts)
            return Value(
                value.type, replace(value.unknown, identity=identity), value.sensitive, value.trace, value.encodes
            )
        return value

    def output(self, name: str) -> Value:
        """Value of an output."""
        return self.node(("output", name), lambda: self._output(name))

    def _output(self, name: str) -> Value:
        if self.config.find("output", name) is None and self.config.blind:
            return self.hidden("output", name)
        block = parse_or_fail(self.declaration("output", name), self.config, f"output {name}")
        attribute = block.body.attribute("value")
        if attribute is None:
            raise EvaluationError(f"output {name!r} has no value", block.header)
        value = expressions.evaluate(attribute.value, Scope(self)).marked(self._is_secret(block))
        return self.named(value, "output", name).traced(attribute.span, f"output {name}")

    def _is_secret(self, block: Block) -> bool:
        """Whether an output says that it is sensitive; where nobody knows it is."""
        mark = block.body.attribute("sensitive")
        if mark is None:
            return False
        return convert(expressions.evaluate(mark.value, Scope(self)), BOOL).data is not False

    # --- calls and resources ---------------------------------------------------------------------------------------

    def call_of(self, name: str) -> CallNode:
        """The node of a module call."""
        declaration = self.declaration("module", name)
        return self.node(("module", name), lambda: call_node(self, name, declaration))

    def call(self, name: str) -> Value:
        """``module.NAME`` as a whole: its outputs, by instance where it has several."""
        if self.config.find("module", name) is None and self.config.blind:
            return self.hidden("module", name)
        return self.call_of(name).value()

    def call_output(self, name: str, instance: Value | None, output: str) -> Value:
        """``module.NAME.OUTPUT`` or ``module.NAME[instance].OUTPUT``."""
        if self.config.find("module", name) is None and self.config.blind:
            return self.hidden("module", name, output)
        return self.call_of(name).output(instance, output)

    def resource_of(self, mode: str, type_: str, name: str) -> ResourceNode:
        """The node of a resource or data source."""
        declaration = self.config.find("resource" if mode == "managed" else "data", type_, name)
        if declaration is None:
            raise EvaluationError(self.no_resource(mode, type_, name))
        key = ("resource", mode, type_, name)
        if not self.tree.interest.concerned(mode, type_, declaration.text()):
            self.tree.unconcerned.add((id(self), *key))
        return self.node(key, lambda: resource_node(self, mode, type_, name, declaration))

    def no_resource(self, mode: str, type_: str, name: str) -> str:
        """What to say of a resource or data source that is not declared."""
        kind = "resource" if mode == "managed" else "data"
        declared = [".".join(labels) for labels, _ in self.config.named(kind)]
        own = f"{type_}.{name}"
        what = "resource" if mode == "managed" else "data source"
        return f"there is no {what} {own} in this module{did_you_mean(own, declared)}"

    def resource(self, mode: str, type_: str, name: str) -> Value:
        """What a reference to a resource or data source gives."""
        kind = "resource" if mode == "managed" else "data"
        if self.config.find(kind, type_, name) is None and self.config.blind:
            return self.hidden(mode, type_, name)
        node = self.resource_of(mode, type_, name)
        if self.tree.validating:
            return unknown(DYNAMIC, Unknown(f"{type_}.{name} is known only to a plan", identity_of(kind, type_, name)))
        return node.value

    def provider(self, use: ProviderUse) -> Provider | None:
        """The provider configuration of that name, None where there is none."""
        return self.node(("provider", use.name, use.alias or ""), lambda: find_provider(self, use))

    # --- without evaluating ------------------------------------------------------------------------------------------

    def inputs_of(self, expression: Expression, scope: Scope) -> frozenset[str]:
        """Names of the module's variables that an expression reads, through locals and local names too."""
        found: set[str] = set()
        for root, steps in references(expression):
            if root.name in scope.names:
                found |= scope.reads.get(root.name, NO_INPUTS)
            elif steps and isinstance(steps[0], GetAttr):
                found |= self._inputs_of_name(root.name, steps[0].name)
        return frozenset(found)

    def _inputs_of_name(self, root: str, name: str) -> frozenset[str]:
        if root == "var":
            return frozenset((name,))
        if root not in ("local", "module"):
            return NO_INPUTS
        key = f"{root}.{name}"
        if key not in self._reads:
            self._reads[key] = NO_INPUTS  # a cycle adds nothing; evaluation reports it
            self._reads[key] = frozenset().union(*self._inputs_behind(root, name))
        return self._reads[key]

    def _inputs_behind(self, root: str, name: str) -> list[frozenset[str]]:
        if root == "local":
            attribute = self.config.local(name)
            return [self.inputs_of(attribute.value, Scope(self))] if attribute else []
        declaration = self.config.find("module", name)
        if declaration is None:
            return []
        body = parse_or_fail(declaration, self.config, f"module {name}").body
        return [self.inputs_of(attribute.value, Scope(self)) for attribute in body.attributes]

    def used_variables(self) -> tuple[str, ...]:
        """Names of the variables that something has asked for, and that have a value."""
        return tuple(key[1] for key, made in self._memo.items() if key[0] == "var" and isinstance(made, Value))


def _copy(error: EvaluationError) -> EvaluationError:
    """A fresh exception, so that one remembered error does not gather the traceback of every user."""
    fresh = EvaluationError(error.message, error.span, code=error.code, help=error.help)
    fresh.trace = error.trace
    return fresh
