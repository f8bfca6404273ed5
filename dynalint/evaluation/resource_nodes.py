"""Resources and data sources: their instances, and what a reference to them gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from dynalint.evaluation.blocks import Place, evaluate_body
from dynalint.evaluation.calls import depends_on_pending
from dynalint.evaluation.config import Declaration, parse_or_fail
from dynalint.evaluation.data_sources import computed
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.instances import SINGLE, Instance, Instances, expand, refused
from dynalint.evaluation.lifecycle import read_lifecycle
from dynalint.evaluation.objects import resource_value
from dynalint.evaluation.providers import ProviderUse, named_provider
from dynalint.evaluation.references import Step
from dynalint.evaluation.resources import EvaluatedBlock, Provider, Resource
from dynalint.evaluation.schema import schema_of
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.static import attributes, references
from dynalint.evaluation.types import DYNAMIC, NUMBER, STRING
from dynalint.evaluation.values import Unknown, Value, identity_of, object_value, tuple_value, unknown
from dynalint.records import dataclass
from dynalint.syntax.nodes import Block, GetAttr

if TYPE_CHECKING:
    from dynalint.evaluation.module import Module

NO_REFERENCE = frozenset({"var", "local", "module", "data", "path", "terraform", "each", "count", "self", "ephemeral"})


@dataclass(frozen=True)
class ResourceNode:
    """The instances of one resource, and the value of a reference to it."""

    resources: tuple[Resource, ...]
    module_path: str
    own: str
    instances: Instances

    @cached_property
    def value(self) -> Value:
        """What a reference gives; most resources are never referred to."""
        if self.instances.because:
            because = self.instances.because
            identity = identity_of("resource", f"={self.module_path}", self.own)
            return unknown(DYNAMIC, Unknown(because.reason, identity=identity, hint=because.hint))
        values = [resource_value(resource) for resource in self.resources]
        match self.instances.kind:
            case "count":
                return tuple_value(tuple(values))
            case "for_each":
                keys = (str(item.index) for item in self.instances.items)
                return object_value(dict(zip(keys, values, strict=True)))
            case _:
                return values[0]


def resource_node(module: Module, mode: str, type_: str, name: str, declaration: Declaration) -> ResourceNode:
    """Evaluate a resource. EvaluationError only where its block cannot be read."""
    own = f"{type_}.{name}" if mode == "managed" else f"data.{type_}.{name}"
    block = parse_or_fail(declaration, module.config, own)
    instances = resource_instances(module, block, own)
    resources = tuple(make_resource(module, mode, block, item, instances) for item in instances.items)
    return ResourceNode(resources, module.path, own, instances)


def resource_instances(module: Module, block: Block, own: str) -> Instances:
    """The instances of a resource's block; one that stands for all where its count or for_each is refused."""
    try:
        instances = expand(block, Scope(module))
    except EvaluationError as error:
        module.tree.fault(error)
        return refused(block, own)
    if instances.because and instances.condition:
        module.tree.unknown_instances(instances.condition.span, instances.because)
    return instances


def make_resource(module: Module, mode: str, block: Block, instance: Instance, instances: Instances) -> Resource:
    """One instance of a resource, its body evaluated with the names that the instance brings."""
    type_, name = block.labels
    reads = instances.condition.inputs if instances.condition else frozenset[str]()
    scope = Scope(module).bind(instance.names, reads) if instance.names else Scope(module)
    own = f"{type_}.{name}{instance.key}" if mode == "managed" else f"data.{type_}.{name}{instance.key}"
    address = module.address(own)
    schema = schema_of(mode, type_)
    place = Place(type_, block.header, instances.condition, certain=instances.because is None, labels=block.labels)
    body = evaluate_body(block.body, scope, place, schema, top=True)
    provider = module.provider(_provider_use(block, type_))
    return Resource(
        address=address,
        mode=mode,
        type=type_,
        name=name,
        body=body,
        span=block.span,
        header=block.header,
        module=module.config.directory,
        calls=module.calls,
        condition=instances.condition,
        certain=instances.because is None,
        provider=provider,
        blind=module.config.blind,
        computed=_computed(module, block, body, provider, address) if mode == "data" else {},
        lifecycle=read_lifecycle(block),
        releases=module.releases,
        input_block=module.input_block,
    )


def unmade_resource(module: Module, type_: str, name: str) -> Resource:
    """A resource with no instances, evaluated as if it were made once.

    Terraform still validates its body, for which every variable is unknown: only what is written there is judged.
    """
    declaration = module.config.find("resource", type_, name)
    assert declaration is not None
    block = parse_or_fail(declaration, module.config, f"{type_}.{name}")
    because = Unknown("no instance is made")
    each = object_value({"key": unknown(STRING, because), "value": unknown(DYNAMIC, because)})
    names = {"each": each, "count": object_value({"index": unknown(NUMBER, because)})}
    with module.tree.aside():
        return make_resource(module.as_validated, "managed", block, Instance("", names), SINGLE)


def _computed(
    module: Module, block: Block, body: EvaluatedBlock, provider: Provider | None, address: str
) -> Mapping[str, Value]:
    planned = module.tree.planned_data(address)
    if planned and block.labels[0] != "aws_iam_policy_document":
        return planned
    try:
        deferred = _deferred(module, block, body)
        return computed(block.labels[0], body, provider, deferred, address, module.tree.read)
    except EvaluationError as error:
        error.span = error.span or block.header
        module.tree.fault(error)
        return {}


def _provider_use(block: Block, type_: str) -> ProviderUse:
    attribute = block.body.attribute("provider")
    named = named_provider(attribute.value) if attribute else None
    return named or ProviderUse(type_.partition("_")[0])


def _deferred(module: Module, block: Block, body: EvaluatedBlock) -> Unknown | None:
    """Why a data source is read at apply: a dependency that will change, or an argument not known before.

    Terraform takes a direct reference to a managed resource as such a dependency.
    https://developer.hashicorp.com/terraform/language/data-sources#data-resource-dependencies
    """
    pending = module.deferred or depends_on_pending(block)
    if pending:
        return pending
    for attribute in attributes(block.body):
        for root, steps in references(attribute.value):
            if steps and root.name not in NO_REFERENCE and module.config.find("resource", root.name, _first(steps)):
                return Unknown(f"it is read only when {root.name}.{_first(steps)} has been applied")
    return next((because for because in _unknowns(body)), None)


def _first(steps: list[Step]) -> str:
    return steps[0].name if isinstance(steps[0], GetAttr) else ""


def _unknowns(body: EvaluatedBlock) -> Iterator[Unknown]:
    for argument in body.arguments.values():
        because = argument.value.first_unknown()
        if because:
            yield because
    for blocks in body.blocks.values():
        for block in blocks:
            yield from _unknowns(block)
