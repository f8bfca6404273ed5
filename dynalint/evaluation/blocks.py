"""The bodies of resources: arguments evaluated, ``dynamic`` blocks expanded, values converted to the schema's types.

https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from dynalint.evaluation import expressions
from dynalint.evaluation.access import closed, elements
from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_bodies import with_blocks
from dynalint.evaluation.resources import Argument, Condition, EvaluatedBlock
from dynalint.evaluation.schema import BlockSchema
from dynalint.evaluation.scope import Scope
from dynalint.evaluation.types import (
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
    friendly,
)
from dynalint.evaluation.values import Unknown, Value, identity_of, object_value, unknown
from dynalint.records import dataclass
from dynalint.syntax.nodes import Attribute, Block, Body, Name
from dynalint.syntax.source import Span

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})
CALL_ARGUMENTS = frozenset({"count", "for_each", "depends_on", "providers", "source", "version"})
"""Meta-arguments of resources, and of module calls."""
META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of a block before its body is read."""

    type: str
    span: Span
    condition: Condition | None = None
    certain: bool = True
    labels: tuple[str, ...] = ()
    whole: Span | None = None


def evaluate_body(
    body: Body, scope: Scope, place: Place, schema: BlockSchema | None, *, top: bool = False
) -> EvaluatedBlock:
    """A body with everything in it evaluated.

    What fails is noted as a fault of the tree and becomes unknown, so that the rest is still there to be checked.
    ``top`` is the body of the resource itself, whose meta-arguments are not part of the result.
    """
    body = with_blocks(body, schema)
    meta = CALL_ARGUMENTS if place.type == "module" else META_ARGUMENTS
    arguments = {
        attribute.name: _argument(attribute, scope, schema)
        for attribute in body.attributes
        if not (top and attribute.name in meta)
    }
    blocks: dict[str, list[EvaluatedBlock]] = {}
    for block in body.blocks:
        if top and block.type in META_BLOCKS:
            continue
        for expanded in _expand(block, scope, schema):
            blocks.setdefault(expanded.type, []).append(expanded)
    return EvaluatedBlock(
        type=place.type,
        span=place.span,
        arguments=arguments,
        blocks={name: tuple(items) for name, items in blocks.items()},
        condition=place.condition,
        certain=place.certain,
        labels=place.labels,
        whole=place.whole,
        dynamic={block.labels[0]: block.header for block in body.blocks if block.type == "dynamic" and block.labels},
    )


def _argument(attribute: Attribute, scope: Scope, schema: BlockSchema | None) -> Argument:
    try:
        value = closed(expressions.evaluate(attribute.value, scope))
    except EvaluationError as error:
        scope.module.tree.fault(error)
        value = unknown(DYNAMIC, Unknown(f"{attribute.name} cannot be evaluated: {error.message}"))
    known = schema.attributes.get(attribute.name) if schema else None
    if known:
        value = at_boundary(value, known.type, attribute, scope)
    inputs = scope.module.inputs_of(attribute.value, scope)
    return Argument(attribute.name, value, attribute.span, inputs, attribute.value)


def at_boundary(value: Value, type_: Type, attribute: Attribute, scope: Scope) -> Value:
    """The value as the provider receives it. One that does not convert stays as it is, for rules to see."""
    try:
        return convert(value, type_)
    except EvaluationError as error:
        message = f"{attribute.name} has a value of the wrong type: {error.message}"
        scope.module.tree.provider_fault(EvaluationError(message, attribute.value.span, code="DYN142"))
        return value


def _expand(block: Block, scope: Scope, schema: BlockSchema | None) -> Iterator[EvaluatedBlock]:
    if block.type != "dynamic" or len(block.labels) != 1:
        inner = schema.blocks.get(block.type) if schema else None
        place = Place(block.type, block.header, labels=block.labels, whole=block.span)
        yield evaluate_body(block.body, scope, place, inner)
        return
    try:
        yield from _dynamic(block, scope, schema)
    except EvaluationError as error:
        scope.module.tree.fault(error)


def _dynamic(block: Block, scope: Scope, schema: BlockSchema | None) -> Iterator[EvaluatedBlock]:
    name = block.labels[0]
    for_each = block.body.attribute("for_each")
    content = next(iter(block.body.blocks_of("content")), None)
    if for_each is None or content is None:
        raise EvaluationError("a dynamic block needs for_each and one content block", block.header)
    iterator = block.body.attribute("iterator")
    bound = iterator.value.name if iterator and isinstance(iterator.value, Name) else name
    value = _collection(for_each, scope)
    reads = scope.module.inputs_of(for_each.value, scope)
    condition = Condition(value, for_each.span, reads)
    inner = schema.blocks.get(name) if schema else None
    because = value.unknown or _opened(value, reads, scope)
    if because:
        certain = scope.module.switched_on == block.header
        place = Place(name, block.header, condition if value.unknown else _open_condition(condition, because), certain)
        inside = scope.bind({bound: _any_element(value, because)}, reads)
        with _unseen(scope):
            any_block = evaluate_body(content.body, inside, place, inner)
        yield any_block
        return
    pairs = elements(value)
    scope.budget.allow_members(len(pairs))
    for key, element in pairs:
        names = {bound: object_value({"key": key, "value": element})}
        place = Place(name, block.header, condition)
        yield evaluate_body(content.body, scope.bind(names, reads), place, inner)


def _unseen(scope: Scope) -> AbstractContextManager[None]:
    """Terraform does not look into the content while it does not know whether there is any; a rule wants to."""
    tree = scope.module.tree
    return tree.aside() if tree.inputs.everything else nullcontext()


def _collection(for_each: Attribute, scope: Scope) -> Value:
    value = closed(expressions.evaluate(for_each.value, scope))
    if value.is_null:
        raise EvaluationError("for_each of a dynamic block must not be null", for_each.value.span)
    if not value.unknown and not isinstance(value.type, ListOf | SetOf | MapOf | TupleOf | ObjectOf):
        message = f"for_each of a dynamic block needs a collection, and this is a {friendly(value.type)}"
        raise EvaluationError(message, for_each.value.span)
    return value


def _opened(value: Value, reads: frozenset[str], scope: Scope) -> Unknown | None:
    """In a latent world an empty collection that an input could fill counts as unknown."""
    if not scope.module.assumed or value.members() or not reads:
        return None
    names = ", ".join(f"var.{name}" for name in sorted(reads))
    return Unknown(f"{names} may turn it on")


def _open_condition(condition: Condition, because: Unknown) -> Condition:
    return replace(condition, value=replace(condition.value, data=because))


def _any_element(value: Value, because: Unknown) -> Value:
    key_type = STRING if isinstance(value.type, MapOf | ObjectOf) else NUMBER
    key_because = Unknown(because.reason, identity_of("key", because.identity), because.hint, not_null=True)
    inner = Unknown(because.reason, identity_of("element", because.identity), because.hint)
    element = value.type.element if isinstance(value.type, ListOf | SetOf | MapOf) else DYNAMIC
    members: Mapping[str, Value] = {
        "key": unknown(element if isinstance(value.type, SetOf) else key_type, key_because),
        "value": unknown(element, inner).with_trace(value.trace),
    }
    return object_value(members)
