"""Latent worlds: the branches that no caller takes today.

A module is also checked for inputs that its callers may pass. Where a ``dynamic`` block, ``count`` or ``for_each`` that
reads an input comes out empty, the resource is evaluated once more with that input unknown and that branch taken.
Other inputs keep the values they have; only those that the branch itself reads and that are empty now (null, ``""``,
``[]``) are unknown too, since whoever turns the branch on will fill them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dynalint.evaluation.access import closed
from dynalint.evaluation.config import parse_or_fail
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.expressions import evaluate
from dynalint.evaluation.instances import Instance, Instances, expand
from dynalint.evaluation.json_bodies import with_blocks
from dynalint.evaluation.module import Module
from dynalint.evaluation.resource_nodes import make_resource
from dynalint.evaluation.resources import Resource, World
from dynalint.evaluation.schema import schema_of
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import attributes
from dynalint.evaluation.values import Unknown, Value, identity_of
from dynalint.records import dataclass
from dynalint.syntax.nodes import Attribute, Block
from dynalint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch not taken: the condition that reads ``switches``, and the block it belongs to."""

    switches: frozenset[str]
    condition: Attribute
    header: Span
    block: Block


def latent_resources(module: Module, type_: str, name: str) -> Iterator[Resource]:
    """The resource once for every branch of it that an input could take and that is not taken now."""
    declaration = module.config.find("resource", type_, name)
    if declaration is None:
        return
    try:
        block = parse_or_fail(declaration, module.config, f"{type_}.{name}")
        block = replace(block, body=with_blocks(block.body, schema_of("managed", type_)))
        branches = list(_branches(module, block))
    except EvaluationError:
        return  # the resource itself has been evaluated, and has reported it
    for branch in branches:
        yield from _imagine(module, block, branch)


def _branches(module: Module, block: Block) -> Iterator[Branch]:
    scope = Scope(module)
    for name in ("count", "for_each"):
        attribute = block.body.attribute(name)
        if attribute and not expand(block, scope).items:
            yield from _branch(module, attribute, block.header, block, scope)
    if expand(block, scope).items:
        scope = _first_scope(block, scope)
        wanted = module.tree.interest.branches
        for inner in (item for item in block.body.blocks_of("dynamic") if wanted("".join(item.labels))):
            for_each = inner.body.attribute("for_each")
            if for_each and _is_empty(for_each, scope):
                yield from _branch(module, for_each, inner.header, inner, scope)


def _first_scope(block: Block, scope: Scope) -> Scope:
    instances = expand(block, scope)
    reads = instances.condition.inputs if instances.condition else frozenset[str]()
    return scope.bind(instances.items[0].names, reads)


def _branch(module: Module, attribute: Attribute, header: Span, block: Block, scope: Scope) -> Iterator[Branch]:
    switches = module.inputs_of(attribute.value, scope)
    if switches:
        yield Branch(switches, attribute, header, block)


def _is_empty(attribute: Attribute, scope: Scope) -> bool:
    try:
        value = closed(evaluate(attribute.value, scope))
    except EvaluationError:
        return False
    return not value.is_unknown and not value.is_null and not value.members()


def _imagine(module: Module, block: Block, branch: Branch) -> Iterator[Resource]:
    """The instances of the resource in the world where the branch is taken."""
    world = World(tuple(sorted(branch.switches)), branch.condition.span)
    assumed = _assumed(module, branch)
    other = module.imagine(assumed, branch.header)
    with module.tree.aside():
        try:
            instances = expand(block, Scope(other))
        except EvaluationError:
            return
        for item in _some(instances):
            resource = make_resource(other, "managed", block, item, instances)
            yield replace(resource, world=world, certain=True)


def _some(instances: Instances) -> Iterator[Instance]:
    yield from instances.items[:1]


def _assumed(module: Module, branch: Branch) -> Mapping[str, Unknown]:
    names = set(branch.switches)
    for attribute in attributes(branch.block.body):
        for name in module.inputs_of(attribute.value, Scope(module)):
            if _is_blank(module, name):
                names.add(name)
    return {
        name: Unknown(f"a caller may set var.{name}", identity_of("var", f"={module.path}", name), not_null=False)
        for name in sorted(names)
    }


def _is_blank(module: Module, name: str) -> bool:
    """Whether an input has no content now, so that a caller who needs it must fill it."""
    try:
        value: Value = module.variable(name)
    except EvaluationError:
        return True
    return (
        value.is_unknown or value.is_null or value.data in ("", ()) or (isinstance(value.data, dict) and not value.data)
    )
