"""What Terraform refuses although every expression has a value: calls, validations, preconditions, unused names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.calls import CallNode
from dynalint.evaluation.config import parse_or_fail
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.instances import SINGLE, expand
from dynalint.evaluation.providers import named_provider
from dynalint.evaluation.requirements import expects_alias
from dynalint.evaluation.resolving import META
from dynalint.evaluation.schema import near_type
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import scoped_attributes
from dynalint.evaluation.suggest import did_you_mean
from dynalint.evaluation.types import BOOL
from dynalint.evaluation.variables import error_message, validation_failure
from dynalint.syntax import SyntaxFault
from dynalint.syntax.nodes import Block

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module
    from dynalint.evaluation.tree import Tree

CODE = "DYN022"
ALWAYS = frozenset({"each", "count", "self"})


def check_call(call: CallNode, tree: Tree) -> None:
    """Inputs that the module does not declare, and required ones that are missing."""
    module = next(iter(call.modules.values()), None)
    if module is None or module.config.blind:
        return
    declared = module.config.names("variable")
    for attribute in call.block.body.attributes:
        if attribute.name not in META and attribute.name not in declared:
            message = f"module {call.name!r} has no input {attribute.name!r}{did_you_mean(attribute.name, declared)}"
            tree.fault(EvaluationError(message, attribute.name_span, code=CODE))
    given = {attribute.name for attribute in call.block.body.attributes}
    for name in declared:
        if name not in given and _is_required(module, name, tree):
            message = f"module {call.name!r} needs the input {name!r}, which has no default"
            tree.fault(EvaluationError(message, call.block.header, code=CODE))


def _is_required(module: Module, name: str, tree: Tree) -> bool:
    try:
        return module.variable_declaration(name).default is None
    except EvaluationError as error:
        tree.fault(error)
        return False


def check_used_variables(tree: Tree) -> None:
    """The validations of every variable that was used."""
    for module in list(tree.modules):
        for name in module.used_variables():
            try:
                failure = validation_failure(module, module.variable_declaration(name))
            except EvaluationError as error:
                failure = error
            if failure:
                tree.fault(failure)


def check_everything(tree: Tree) -> None:
    """Everything that DynamoDB does not depend on, too: what ``terraform plan`` would complain about."""
    for module in list(tree.modules):
        for error in _all_errors(module, tree):
            tree.fault(error)
    for span, because in tree.pending_instances:
        message = f"count and for_each must be known before apply: {because.reason}"
        tree.fault(EvaluationError(message, span, code="DYN021"))


def _all_errors(module: Module, tree: Tree) -> Iterator[EvaluationError]:
    for fault in (*module.config.faults, *module.config.duplicate_locals()):
        yield EvaluationError(fault.message, fault.span, code=fault.code)
    for name in module.config.names("variable"):
        yield from _variable_errors(module, name, is_root=module is tree.root)
    for name in module.config.local_names():
        yield from _errors(partial(module.local, name))
    for name in module.config.names("output"):
        yield from _errors(partial(module.output, name))
    for block in _bodies(module):
        for attribute, bound in scoped_attributes(block.body, ALWAYS):
            yield from _errors(partial(module.require_names, attribute.value, bound))
        yield from _failed_preconditions(module, block)


def _errors(step: Callable[[], object]) -> Iterator[EvaluationError]:
    try:
        step()
    except EvaluationError as error:
        yield error


def _variable_errors(module: Module, name: str, *, is_root: bool) -> Iterator[EvaluationError]:
    try:
        variable = module.variable_declaration(name)
        value = module.variable(name)
    except EvaluationError as error:
        yield error
        return
    if is_root and value.unknown and variable.default is None and module.given(variable) is None:
        yield EvaluationError(f"var.{name} has no value", variable.block.header, code=CODE)


def _bodies(module: Module) -> Iterator[Block]:
    """Every block of the module that can be read, overrides applied; variables have been looked at already."""
    for kind in ("resource", "data", "module", "output"):
        for _, declaration in module.config.named(kind):
            try:
                yield declaration.parse()
            except SyntaxFault as fault:
                module.config.note(fault)
    yield from module.config.bodies("locals")


def check_resource(module: Module, mode: str, type_: str, name: str) -> None:
    """The preconditions of a resource or data source, for each of its instances, and the provider that it names."""
    declaration = module.config.find("resource" if mode == "managed" else "data", type_, name)
    if declaration is None:
        return
    block = parse_or_fail(declaration, module.config, f"{type_}.{name}")
    check_provider(module, block)
    for error in _failed_preconditions(module, block):
        module.tree.fault(error)


def _failed_preconditions(module: Module, block: Block) -> Iterator[EvaluationError]:
    conditions = [
        condition
        for lifecycle in block.body.blocks_of("lifecycle")
        for condition in lifecycle.body.blocks_of("precondition")
    ]
    if not conditions:
        return
    try:
        instances = expand(block, Scope(module)) if block.type in ("resource", "data") else SINGLE
    except EvaluationError:
        return  # noted where the instances are made
    for instance in instances.items:
        scope = Scope(module).bind(instance.names, frozenset()) if instance.names else Scope(module)
        for condition in conditions:
            yield from _failed(condition, scope)


def _failed(precondition: Block, scope: Scope) -> Iterator[EvaluationError]:
    attribute = precondition.body.attribute("condition")
    if attribute is None:
        return
    try:
        verdict = convert(closed(expressions.evaluate(attribute.value, scope)), BOOL)
    except EvaluationError as error:
        yield error
        return
    if verdict.data is False:
        failure = EvaluationError(f"a precondition is false: {error_message(precondition, scope)}", attribute.span)
        failure.code, failure.trace = CODE, verdict.trace
        yield failure


def check_types(module: Module) -> None:
    """Resource types that do not exist and are nearly called like one of DynamoDB's: nothing in them is looked at."""
    for kind, mode in (("resource", "managed"), ("data", "data")):
        for (type_, _), declaration in module.config.named(kind):
            near = near_type(mode, type_)
            if near is not None:
                message = f"the AWS provider has no {kind} type {type_}, and terraform validate refuses it"
                help_ = f'did you mean "{near}"?'
                module.tree.fault(EvaluationError(message, declaration.header, code="DYN023", help=help_))


def check_provider(module: Module, block: Block) -> None:
    """An alias in ``provider = aws.x`` that the root module neither configures nor expects from its callers."""
    attribute = block.body.attribute("provider")
    use = named_provider(attribute.value) if attribute else None
    if attribute is None or use is None or use.alias is None or module.parent is not None or module.config.blind:
        return
    if module.provider(use) is None and not expects_alias(module.config, use.alias):
        message = f"provider {use.name}.{use.alias} is not configured: terraform validate refuses the resource"
        help_ = f'write a provider "{use.name}" block with alias = "{use.alias}"'
        module.tree.fault(EvaluationError(message, attribute.span, code="DYN023", help=help_))
