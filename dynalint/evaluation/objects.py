"""What a reference to a resource sees: the planned values of its attributes.

What the configuration sets is known; what the provider computes is unknown, and each unknown is the same one wherever
it is used (``aws_dynamodb_table.t.arn`` is one value).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dynalint.evaluation.access import OpenObject
from dynalint.evaluation.convert import make_set
from dynalint.evaluation.planned_texts import planned_texts
from dynalint.evaluation.resources import EvaluatedBlock, Provider, Resource
from dynalint.evaluation.schema import AttributeSchema, BlockSchema, schema_of
from dynalint.evaluation.types import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    ObjectOf,
    Primitive,
    SetOf,
    Type,
    object_of,
)
from dynalint.evaluation.values import (
    Unknown,
    Value,
    boolean,
    list_value,
    map_value,
    null,
    number,
    object_value,
    string,
    unknown,
)
from dynalint.evaluation.values import attribute_identity as identity
from dynalint.records import dataclass

DEFAULTS: Mapping[tuple[str, ...], Value] = {
    ("aws_dynamodb_table", "billing_mode"): string("PROVISIONED"),
    ("aws_dynamodb_table", "ttl", "enabled"): boolean(False),
    ("aws_iam_policy_document", "version"): string("2012-10-17"),
    ("aws_iam_policy_document", "statement", "effect"): string("Allow"),
}
"""Defaults that the provider puts into the plan, which its schema does not print."""
LATER = "6.0"
"""The release of the provider that brought what the schema calls later."""


def resource_value(resource: Resource, *, later: bool | None = None) -> Value:
    """The object that ``TYPE.NAME`` stands for, for one instance.

    Without ``later`` it has what provider 5 knows, and of provider 6 only what is written. Where nothing is said, the
    releases that may run the resource decide.
    """
    if later is None:
        later = resource.releases.since(LATER) is not False
    schema = schema_of(resource.mode, resource.type)
    arguments = {name: argument.value for name, argument in resource.body.arguments.items()}
    written = planned_texts(resource.type, arguments)
    if schema is None:
        because = Unknown(f"{resource.address} is known only after apply", identity(resource.address, "*"))
        return Value(DYNAMIC, OpenObject({**written, **resource.computed}, because))
    schema = schema if later else _without_later(schema, resource.body)
    members = dict(_attributes(resource, schema, written))
    members.update(_nested_blocks(resource, schema))
    members.update((name, value) for name, value in resource.computed.items() if name in schema.attributes)
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
    elif (default := _default(resource, name)) is not None:
        value = default
    elif schema.computed:
        value = unknown(schema.type, _computed(resource, name))
    else:
        value = null(schema.type)
    return value.marked(schema.sensitive)


def _default(resource: Resource, *path: str) -> Value | None:
    """The provider's default for an argument; a data source gets its defaults when it is read."""
    put_in = resource.mode == "managed" or _is_read(resource)
    return DEFAULTS.get((resource.type, *path)) if put_in else None


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
    if any(tag.data == "" for tag in kept.values()):  # the provider then leaves all of them to the apply
        reason = f"{address}.tags_all is known only after apply where a tag is empty"
        return unknown(MapOf(STRING), Unknown(reason, identity(address, "tags_all")))
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


@dataclass(frozen=True, slots=True)
class _Nested:
    """A type of nested blocks: the way to it from the resource, its schema, and what stands for unset arguments.

    ``zeros`` says that the provider plans zero values where nothing is written: inside of sets, and in a data source
    that it has read.
    """

    path: tuple[str, ...]
    schema: BlockSchema
    zeros: bool

    def inner(self, name: str, schema: BlockSchema) -> _Nested:
        """The blocks of a type inside of these."""
        return _Nested((*self.path, name), schema, self.zeros or schema.nesting == "set")


def _nested_blocks(resource: Resource, schema: BlockSchema) -> Iterator[tuple[str, Value]]:
    read = _is_read(resource)
    for name, inner in schema.blocks.items():
        value = _blocks(resource, resource.body, _Nested((name,), inner, read or inner.nesting == "set"))
        yield name, null(value.type) if read and value.data == () else value


def _is_read(resource: Resource) -> bool:
    """Whether the provider has read the data source while it planned."""
    json = resource.computed.get("json")
    return resource.type == "aws_iam_policy_document" and json is not None and not json.is_unknown


def _blocks(resource: Resource, body: EvaluatedBlock, place: _Nested) -> Value:
    name, schema = place.path[-1], place.schema
    blocks = body.blocks_of(name)
    openness = body.openness(name)
    if openness:
        because = Unknown(openness.reason, identity(resource.address, name), openness.hint)
        return unknown(nested_type(schema), because)
    if not blocks and schema.nesting != "single" and _computed_block(resource.type, name):
        return unknown(nested_type(schema), _computed(resource, name))
    objects = tuple(_object(resource, block, place) for block in blocks)
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


def _object(resource: Resource, block: EvaluatedBlock, place: _Nested) -> Value:
    members: dict[str, Value] = {}
    for name, attribute in place.schema.attributes.items():
        written = block.value(name)
        if written is not None and not written.is_null:
            members[name] = written
        else:
            members[name] = _unset(resource, (*place.path, name), attribute, zeros=place.zeros)
    for name, inner in place.schema.blocks.items():
        members[name] = _blocks(resource, block, place.inner(name, inner))
    if (resource.type, *place.path) == ("aws_dynamodb_table", "ttl"):
        members["attribute_name"] = _planned_ttl_name(**members)
    return object_value(members)


def _planned_ttl_name(attribute_name: Value, enabled: Value) -> Value:
    """The provider plans no name unless it knows that the feature is on: it takes the name for no change."""
    return attribute_name if enabled.data is True or attribute_name.data == "" else null(STRING)


def _unset(resource: Resource, path: tuple[str, ...], attribute: AttributeSchema, *, zeros: bool) -> Value:
    """What is planned for an argument of a nested block that is not written."""
    default = _default(resource, *path)
    if default is not None:
        return default
    if attribute.computed:
        return unknown(attribute.type, Unknown(f"{resource.address}.{'.'.join(path)} is known only after apply"))
    return _zero(attribute.type) if zeros else null(attribute.type)


def _zero(type_: Type) -> Value:
    """The value that Go has where nothing was put."""
    match type_:
        case ListOf() | SetOf():
            return Value(type_, ())
        case MapOf():
            return Value(type_, {})
        case Primitive():
            return {STRING: string(""), BOOL: boolean(False), NUMBER: number(0)}[type_]
        case _:
            return null(type_)
