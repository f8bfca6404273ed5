"""What Terraform refuses in meta-arguments before it evaluates: depends_on, lifecycle, providers, conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dynalint.evaluation.addresses import generic
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.lifecycle import read_lifecycle
from dynalint.evaluation.references import unwind
from dynalint.evaluation.requirements import expected_aliases, provider_names
from dynalint.evaluation.schema import schema_of
from dynalint.evaluation.static import calls_in, references, scoped_attributes
from dynalint.syntax.nodes import Attribute, Block, Expression, GetAttr, Index, Literal, Name, TupleExpression

if TYPE_CHECKING:
    from dynalint.evaluation.config import ModuleConfig
    from dynalint.evaluation.module import Module
    from dynalint.syntax.source import Span

CODE = "DYN023"
NO_RESOURCE = frozenset({"var", "local", "path", "terraform", "each", "count", "self", "data", "module"})
WHOLE = {"module": 3, "data": 3, "var": 2, "local": 2}
"""How many words name a whole thing, by the first of them; a resource has two."""
FOR_RESOURCES = ("prevent_destroy", "create_before_destroy", "ignore_changes", "replace_triggered_by")
OF_ITS_OWN = frozenset({"self", "count", "each", "path", "terraform"})
"""What a provisioner may refer to that runs when its resource is destroyed."""


def meta_errors(module: Module, block: Block) -> Iterator[EvaluationError]:
    """Everything of the kind in one block."""
    yield from _dependencies(block)
    yield from _conditions(block)
    if block.type == "resource":
        yield from _lifecycle(block)
        yield from _destroyers(block)
    elif block.type == "data":
        yield from _data_lifecycle(block)
    elif block.type == "module":
        yield from _call(module, block)
    for attribute, bound in scoped_attributes(block.body):
        yield from _provider_functions(module.config, attribute.value)
        yield from _bare(attribute, bound)


def refusal(message: str, span: Span, help_: str = "") -> EvaluationError:
    """The error for a declaration that Terraform does not accept."""
    return EvaluationError(message, span, code=CODE, help=help_)


def _bare(attribute: Attribute, bound: frozenset[str]) -> Iterator[EvaluationError]:
    for root, steps in references(attribute.value, bound):
        if root.name in ("each", "count") and not (steps and isinstance(steps[0], GetAttr)):
            yield refusal(f"{root.name} is no value: name one of its attributes", root.span)


def _dependencies(block: Block) -> Iterator[EvaluationError]:
    attribute = block.body.attribute("depends_on")
    if attribute is None:
        return
    if not isinstance(attribute.value, TupleExpression):
        yield refusal("depends_on takes a list", attribute.span)
        return
    for item in attribute.value.items:
        words = _words(item)
        if words is None:
            yield refusal("depends_on holds references only", item.span)
        elif len(words) > WHOLE.get(words[0], 2):
            whole = ".".join(words[: WHOLE.get(words[0], 2)])
            yield refusal(f"depends_on holds whole things, not a part of one: {whole}", item.span, f"write {whole}")


def _words(item: Expression) -> list[str] | None:
    """The names in a reference; None for every other expression. A text is a reference, too."""
    if isinstance(item, Literal) and isinstance(item.value, str):
        return generic(item.value).split(".")
    root, steps = unwind(item)
    if not isinstance(root, Name) or not all(
        isinstance(step, GetAttr) or isinstance(step.key, Literal) for step in steps
    ):
        return None
    return [root.name, *(step.name for step in steps if isinstance(step, GetAttr))]


def _conditions(block: Block) -> Iterator[EvaluationError]:
    """Conditions that would hold or not hold whatever there is: they refer to nothing."""
    holders = [block, *block.body.blocks_of("lifecycle")]
    for holder in holders:
        for kind in ("precondition", "postcondition", "assert"):
            for condition in holder.body.blocks_of(kind):
                attribute = condition.body.attribute("condition")
                if attribute and next(references(attribute.value), None) is None:
                    yield refusal(
                        f"the condition of this {kind} refers to nothing, so that it checks nothing", attribute.span
                    )


def _lifecycle(block: Block) -> Iterator[EvaluationError]:
    lifecycle = read_lifecycle(block)
    for name, span in lifecycle.computed_switches:
        yield refusal(f"{name} is read before anything is evaluated: it takes true or false only", span)
    schema = schema_of("managed", block.labels[0])
    known = {*schema.attributes, *schema.blocks} if schema else set()
    for ignored in lifecycle.ignored if known else ():
        if ignored.argument not in known:
            message = f"ignore_changes names {ignored.argument!r}, which {block.labels[0]} does not have"
            yield refusal(message, ignored.span)
    blocks = schema.blocks if schema else {}
    sets = {name for name, item in blocks.items() if item.nesting == "set"}
    for inner in block.body.blocks_of("lifecycle"):
        yield from _indexed_sets(inner, sets)
        triggers = inner.body.attribute("replace_triggered_by")
        for item in triggers.value.items if triggers and isinstance(triggers.value, TupleExpression) else ():
            words = _words(item) if not isinstance(item, Index) else None
            if words is not None and words[0] in NO_RESOURCE:
                yield refusal("replace_triggered_by holds resources only", item.span)


def _call(module: Module, block: Block) -> Iterator[EvaluationError]:
    source, version = block.body.attribute("source"), block.body.attribute("version")
    if source and not module.config.is_tofu and next(references(source.value), None):
        yield refusal("the source of a module is read before anything is evaluated: it takes a plain text", source.span)
    local = source and isinstance(source.value, Literal) and str(source.value.value).startswith(("./", "../"))
    if local and version:
        yield refusal("a module of this repository has no version", version.span)
    for inner in block.body.blocks:
        if inner.type in ("lifecycle", "locals"):
            yield refusal(f"a module call has no {inner.type} block", inner.header)
    yield from _passed_providers(module, block)


def _passed_providers(module: Module, block: Block) -> Iterator[EvaluationError]:
    try:
        call = module.call_of(block.labels[0])
    except EvaluationError:
        return  # noted where it is called
    child = next(iter(call.modules.values()), None)
    if child is None or child.config.blind:
        return
    repeated = next(filter(None, map(block.body.attribute, ("count", "for_each", "depends_on"))), None)
    if repeated and _configures_providers(child.config):
        message = f"module {block.labels[0]!r} configures a provider itself, so that it cannot have {repeated.name}"
        yield refusal(message, repeated.span)
    given = {(use.name, use.alias) for use in child.passed_providers}
    for name, alias in expected_aliases(child.config):
        if (name, alias) not in given:
            message = f"module {block.labels[0]!r} needs a provider as {name}.{alias}"
            yield refusal(message, block.header, "pass it in providers = {…}")
    for use in child.passed_providers.values():
        unknown = use.alias is not None and module.parent is None and module.provider(use) is None
        if unknown and (use.name, use.alias) not in set(expected_aliases(module.config)):
            yield refusal(f"provider {use.name}.{use.alias} is not configured", block.header)


def _configures_providers(config: ModuleConfig) -> bool:
    blocks = list(config.bodies("provider"))
    return any(attribute.name != "alias" for block in blocks for attribute in block.body.attributes) or any(
        block.body.blocks for block in blocks
    )


def _provider_functions(config: ModuleConfig, expression: Expression) -> Iterator[EvaluationError]:
    for call in calls_in(expression):
        if call.name.startswith("provider::"):
            name = call.name.split("::")[1]
            if name != "aws" and name not in provider_names(config):
                yield refusal(f"{call.name} is a function of {name}, which required_providers does not list", call.span)


def _destroyers(block: Block) -> Iterator[EvaluationError]:
    """Provisioners that run at the end of a resource: nothing else is there any more."""
    for provisioner in block.body.blocks_of("provisioner"):
        when = provisioner.body.attribute("when")
        if when is None or not isinstance(when.value, Name | Literal) or _word(when.value) != "destroy":
            continue
        for attribute, _ in scoped_attributes(provisioner.body):
            for root, _steps in references(attribute.value):
                if root.name not in OF_ITS_OWN and attribute.name not in ("when", "on_failure"):
                    yield refusal("a provisioner that runs at destruction refers to self only", root.span)


def _indexed_sets(lifecycle: Block, sets: set[str]) -> Iterator[EvaluationError]:
    """Entries of ignore_changes that take one block of a set by its index."""
    attribute = lifecycle.body.attribute("ignore_changes")
    for item in attribute.value.items if attribute and isinstance(attribute.value, TupleExpression) else ():
        root, steps = unwind(item)
        if isinstance(root, Name) and root.name in sets and steps and isinstance(steps[0], Index):
            yield refusal(f"{root.name} is a set: its blocks have no index", item.span)


def _word(expression: Name | Literal) -> str:
    return expression.name if isinstance(expression, Name) else str(expression.value)


def _data_lifecycle(block: Block) -> Iterator[EvaluationError]:
    for lifecycle in block.body.blocks_of("lifecycle"):
        for attribute in lifecycle.body.attributes:
            if attribute.name in FOR_RESOURCES:
                yield refusal(f"{attribute.name} is for resources: a data source does not take it", attribute.span)
