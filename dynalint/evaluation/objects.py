"""What a reference to a resource sees: the planned values of its attributes.

What the configuration sets is known; what the provider computes is unknown, and each unknown is the same one wherever
it is used (``aws_dynamodb_table.t.arn`` is one value).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dynalint.evaluation.access import OpenObject
from dynalint.evaluation.convert import make_set
from dynalint.evaluation.resources import EvaluatedBlock, Provider, Resource
from dynalint.evaluation.schema import AttributeSchema, BlockSchema, schema_of
from dynalint.evaluation.types import DYNAMIC, STRING, ListOf, MapOf, ObjectOf, SetOf, Type, object_of
from dynalint.evaluation.values import (
    Unknown,
    Value,
    list_value,
    map_value,
    null,
    object_value,
    string,
    unknown,
)
from dynalint.evaluation.values import attribute_identity as identity

DEFAULTS: Mapping[tuple[str, str], str] = {("aws_dynamodb_table", "billing_mode"): "PROVISIONED"}
"""Defaults that the provider puts into the plan, which its schema does not print."""


def resource_value(resource: Resource, *, later: bool = True) -> Value:
    """The object that ``TYPE.NAME`` stands for, for one instance.

    Without ``later`` it has what provider 5 knows, and of provider 6 only what is written.
    """
    schema = schema_of(resource.mode, resource.type)
    written = {name: argument.value for name, argument in resource.body.arguments.items()}
    if schema is None:
        because = Unknown(f"{resource.address} is known only after apply", identity(resource.address, "*"))
        return Value(DYNAMIC, OpenObject({**written, **resource.computed}, because))
    schema = schema if later else _without_later(schema, resource.body)
    members = dict(_attributes(resource, schema, written))
    members.update({name: _blocks(resource.body, name, inner, resource) for name, inner in schema.blocks.items()})
    members.update(resource.computed)
    if "tags_all" in schema.attributes:
        members["tags_all"] = tags_all(members.get("tags"), resource.provider, resource.address)
    if resource.type == "terraform_data":
        members["output"] = _output_of(members["input"], resource)
    return object_value(members)


def _attributes(resource: Resource, schema: BlockSchema, written: Mapping[str, Value]) -> list[tuple[str, Value]]:
    return [
        (name, _attribute(resource, name, attribute, written.get(name)))
        for name, attribute in schema.attributes.items()
    ]


def _attribute(resource: Resource, name: str, schema: AttributeSchema, written: Value | None) -> Value:
    written = _planned_map(written) if written is not None and isinstance(schema.type, MapOf) else written
    if written is not None and not written.is_null:
        value = written
    elif (resource.type, name) in DEFAULTS:
        value = string(DEFAULTS[resource.type, name])
    elif schema.computed:
        value = unknown(schema.type, _computed(resource, name))
    else:
        value = null(schema.type)
    return value.marked(schema.sensitive)


def _planned_map(value: Value) -> Value:
    """A map as the provider plans it: members that are null are gone, and an empty map is null."""
    if isinstance(value.type, MapOf) and isinstance(value.data, Mapping):
        members = {name: member for name, member in value.data.items() if not member.is_null}
        if not members:
            return null(value.type).marked(value.sensitive)
        return map_value(value.type.element, members).marked(value.sensitive).with_trace(value.trace)
    return value


def _computed(resource: Resource, name: str) -> Unknown:
    return Unknown(
        f"{resource.address}.{name} is known only after apply",
        identity=identity(resource.address, name),
        hint="check a plan with --plan",
        not_null=name in ("id", "arn"),
    )


def _output_of(given: Value, resource: Resource) -> Value:
    return null() if given.is_null else unknown(given.type, _computed(resource, "output"))


def tags_all(tags: Value | None, provider: Provider | None, address: str) -> Value:
    """``tags`` over the provider's ``default_tags``, without what the provider ignores."""
    defaults = provider.default_tags if provider else None
    layers = [layer for layer in (defaults, tags) if layer is not None and not layer.is_null]
    because = next((found for found in (layer.first_unknown() for layer in layers) if found), None)
    if because or not layers:
        reason = because.reason if because else f"{address}.tags_all is known only after apply"
        return unknown(MapOf(STRING), Unknown(reason, identity(address, "tags_all")))
    merged: dict[str, Value] = {}
    for layer in layers:
        members = layer.data if isinstance(layer.data, Mapping) else {}
        merged.update({name: member for name, member in members.items() if not member.is_null})
    ignored = (provider.ignored_keys, provider.ignored_prefixes) if provider else ((), ())
    kept = {
        name: tag
        for name, tag in merged.items()
        if name not in ignored[0] and not name.startswith(ignored[1] or ("\0",))
    }
    return map_value(STRING, kept)


def _without_later(schema: BlockSchema, *bodies: EvaluatedBlock) -> BlockSchema:
    """The schema without what came with provider 6 and none of the bodies uses."""
    attributes = {
        name: item
        for name, item in schema.attributes.items()
        if not item.later or any(name in body.arguments for body in bodies)
    }
    blocks = {
        name: _without_later(item, *(inner for body in bodies for inner in body.blocks_of(name)))
        for name, item in schema.blocks.items()
        if not item.later or any(body.blocks_of(name) for body in bodies)
    }
    return replace(schema, attributes=attributes, blocks=blocks)


# --- nested blocks ---------------------------------------------------------------------------------------------------


def block_type(schema: BlockSchema) -> Type:
    """The type of one object of a nested block."""
    members: dict[str, Type] = {name: attribute.type for name, attribute in schema.attributes.items()}
    members.update({name: nested_type(inner) for name, inner in schema.blocks.items()})
    return object_of(members)


def nested_type(schema: BlockSchema) -> Type:
    """The type of all blocks of one type together."""
    match schema.nesting:
        case "list":
            return ListOf(block_type(schema))
        case "set":
            return SetOf(block_type(schema))
        case "map":
            return MapOf(block_type(schema))
        case _:
            return block_type(schema)


def _blocks(body: EvaluatedBlock, name: str, schema: BlockSchema, resource: Resource) -> Value:
    blocks = body.blocks_of(name)
    openness = body.openness(name)
    if openness:
        because = Unknown(openness.reason, identity(resource.address, name), openness.hint)
        return unknown(nested_type(schema), because)
    if not blocks and schema.nesting != "single" and _computed_block(resource.type, name):
        return unknown(nested_type(schema), _computed(resource, name))
    objects = tuple(_object(block, schema, resource, name) for block in blocks)
    type_ = block_type(schema)
    assert isinstance(type_, ObjectOf)
    match schema.nesting:
        case "set":
            return make_set(type_, objects)
        case "list":
            return list_value(type_, objects)
        case _:
            return objects[0] if objects else null(type_)


COMPUTED_BLOCKS = frozenset({"point_in_time_recovery", "server_side_encryption", "ttl"})


def _computed_block(resource_type: str, name: str) -> bool:
    """Blocks that the provider computes when they are not written."""
    return resource_type == "aws_dynamodb_table" and name in COMPUTED_BLOCKS


def _object(block: EvaluatedBlock, schema: BlockSchema, resource: Resource, path: str) -> Value:
    members: dict[str, Value] = {}
    for name, attribute in schema.attributes.items():
        written = block.value(name)
        if written is not None and not written.is_null:
            members[name] = written
        elif attribute.computed:
            members[name] = unknown(
                attribute.type, Unknown(f"{resource.address}.{path}.{name} is known only after apply")
            )
        else:
            members[name] = null(attribute.type)
    for name, inner in schema.blocks.items():
        members[name] = _blocks(block, name, inner, resource)
    return object_value(members)
