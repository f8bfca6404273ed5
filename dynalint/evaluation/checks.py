"""What Terraform refuses although every expression has a value: calls, validations, preconditions, unused names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed
from dynalint.evaluation.calls import CallNode
from dynalint.evaluation.compare import is_sensitive
from dynalint.evaluation.config import parse_or_fail
from dynalint.evaluation.convert import convert
from dynalint.evaluation.cycles import cycle_errors
from dynalint.evaluation.declared import blocks_of, declaration_errors
from dynalint.evaluation.ephemeral import ephemeral_errors
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.instances import expand
from dynalint.evaluation.objects import resource_value
from dynalint.evaluation.providers import named_provider
from dynalint.evaluation.references import Step
from dynalint.evaluation.required_names import require_names
from dynalint.evaluation.requirements import expects_alias
from dynalint.evaluation.resolving import META
from dynalint.evaluation.schema import near_type
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import is_true, references, scoped_attributes
from dynalint.evaluation.suggest import did_you_mean
from dynalint.evaluation.types import BOOL, DYNAMIC
from dynalint.evaluation.values import Unknown, Value, unknown
from dynalint.evaluation.variables import error_message, validation_failure
from dynalint.syntax.nodes import Attribute, Block, Expression, GetAttr
from dynalint.syntax.source import Span

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
    if tree.validating:
        for module in list(tree.modules):
            for error in (*declaration_errors(module), *ephemeral_errors(module)):
                tree.fault(error)
        known = any(fault.message in tree.cycles for fault in tree.faults.values())
        for error in () if known else cycle_errors(tree):
            tree.fault(error)
        return
    for name, given in tree.values.given.items():
        if given.by_name and not tree.root.config.blind and name not in tree.root.config.names("variable"):
            span = Span(given.source.path, 0, len(given.source.data))
            tree.fault(EvaluationError(f"{given.source.path} sets a variable that is not declared", span, code=CODE))
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
        for attribute, bound in _scoped(block):
            yield from _errors(partial(require_names, module, attribute.value, bound))
        yield from _failed_conditions(module, block)
        if block.type == "check":
            yield from _asserted(module, block)
        elif block.type == "output" and module is tree.root:
            yield from _shown_outputs(module, block)


def _scoped(block: Block) -> Iterator[tuple[Attribute, frozenset[str]]]:
    """The attributes in a block whose references Terraform looks up before it evaluates."""
    own_data = frozenset({"data"}) if block.type == "check" and block.body.blocks_of("data") else frozenset()
    body = block.body
    if not body.blocks_of("provisioner"):  # nobody asks then how to connect
        body = replace(body, blocks=tuple(inner for inner in body.blocks if inner.type != "connection"))
    yield from scoped_attributes(body, ALWAYS | own_data, contents=False)


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
    if (
        is_root
        and not module.tree.validating
        and value.unknown
        and variable.default is None
        and module.given(variable) is None
    ):
        yield EvaluationError(f"var.{name} has no value", variable.block.header, code=CODE)
    elif is_root and not module.tree.validating and value.unknown and module.given(variable) is None:
        yield EvaluationError(value.unknown.reason, variable.block.header, code=CODE)


def _bodies(module: Module) -> Iterator[Block]:
    """Every block of the module that can be read, overrides applied; variables have been looked at already."""
    yield from blocks_of(module.config, "resource", "data", "module", "output", "check")
    yield from module.config.bodies("locals")
    yield from module.config.bodies("provider")


def check_resource(module: Module, mode: str, type_: str, name: str) -> None:
    """The preconditions of a resource or data source, for each of its instances, and the provider that it names."""
    declaration = module.config.find("resource" if mode == "managed" else "data", type_, name)
    if declaration is None:
        return
    block = parse_or_fail(declaration, module.config, f"{type_}.{name}")
    check_provider(module, block)
    for error in _failed_conditions(module, block):
        module.tree.fault(error)


def _failed_conditions(module: Module, block: Block) -> Iterator[EvaluationError]:
    """The preconditions and postconditions of a block that fail, for each of its instances."""
    holders = (
        (block, *block.body.blocks_of("lifecycle")) if block.type == "output" else block.body.blocks_of("lifecycle")
    )
    conditions = [
        condition
        for holder in holders
        for kind in ("precondition", "postcondition")
        for condition in holder.body.blocks_of(kind)
    ]
    if not conditions:
        return
    try:
        scopes = _scopes_of_instances(module, block) if block.type in ("resource", "data") else [(Scope(module), {})]
    except EvaluationError:
        return  # noted where the instances are made
    for scope, own in scopes:
        for condition in conditions:
            yield from _failed(condition, scope.bind(own) if condition.type == "postcondition" else scope)


def _scopes_of_instances(module: Module, block: Block) -> list[tuple[Scope, dict[str, Value]]]:
    """For each instance the scope of its preconditions, and ``self``, which postconditions have besides."""
    mode = "managed" if block.type == "resource" else "data"
    instances = expand(block, Scope(module)).items
    if module.tree.validating:
        values = [unknown(DYNAMIC, Unknown("self is known only to a plan"))] * len(instances)
    else:
        values = [resource_value(resource) for resource in module.resource_of(mode, *block.labels).resources]
    pairs = zip(instances, values, strict=True)
    return [(Scope(module).bind(item.names, frozenset()), {"self": value}) for item, value in pairs]


def _failed(block: Block, scope: Scope) -> Iterator[EvaluationError]:
    """What is wrong with a condition: it fails, or cannot be evaluated. That an ``assert`` fails is a warning only."""
    attribute = block.body.attribute("condition")
    if attribute is None:
        return
    try:
        verdict = convert(closed(expressions.evaluate(attribute.value, scope)), BOOL)
    except EvaluationError as error:
        yield error
        return
    if verdict.is_null:
        yield EvaluationError(f"the condition of this {block.type} is null", attribute.span, code=CODE)
    if verdict.data is False and block.type != "assert":
        failure = EvaluationError(f"a {block.type} is false: {error_message(block, scope)}", attribute.span)
        failure.code, failure.trace = CODE, verdict.trace
        yield failure


def _asserted(module: Module, check: Block) -> Iterator[EvaluationError]:
    """Asserts of a ``check`` block that cannot be evaluated; its own data source is read only when terraform runs."""
    own = {data.labels for data in check.body.blocks_of("data")}
    for block in check.body.blocks_of("assert"):
        condition = block.body.attribute("condition")
        named = references(condition.value) if condition else ()
        if not any(root.name == "data" and _first_two(steps) in own for root, steps in named):
            yield from _failed(block, Scope(module))


def _first_two(steps: list[Step]) -> tuple[str, ...]:
    return tuple(step.name for step in steps[:2] if isinstance(step, GetAttr))


def _shown_outputs(module: Module, block: Block) -> Iterator[EvaluationError]:
    """An output of the root module that shows something sensitive, and one that is ephemeral."""
    flags = {name: block.body.attribute(name) for name in ("sensitive", "ephemeral", "value")}
    if flags["ephemeral"] and is_true(flags["ephemeral"]):
        message = "an output of the root module cannot be ephemeral"
        yield EvaluationError(message, flags["ephemeral"].span, code=CODE)
    if module.tree.validating or flags["value"] is None or (flags["sensitive"] and is_true(flags["sensitive"])):
        return
    try:
        value = module.output(block.labels[0])
    except EvaluationError:
        return  # noted already
    if is_sensitive(value) and not _shows_output(module, flags["value"].value):
        message = f"output {block.labels[0]!r} shows something sensitive: terraform refuses it unless it is marked"
        yield EvaluationError(message, flags["value"].span, code=CODE, help="sensitive = true")


def _shows_output(module: Module, expression: Expression) -> bool:
    """Whether an expression leads to an output of a module: terraform 1.11 forgets the mark of one that is marked."""
    for root, steps in references(expression):
        if root.name == "module":
            return True
        local = module.config.local(steps[0].name) if root.name == "local" and isinstance(steps[0], GetAttr) else None
        if local and _shows_output(module, local.value):
            return True
    return False


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
