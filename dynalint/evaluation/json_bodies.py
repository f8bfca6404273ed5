"""Bodies written in JSON, which cannot tell a block from an argument: the schema decides.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dynalint.evaluation.schema import BlockSchema
from dynalint.syntax import body_of
from dynalint.syntax.nodes import (
    Attribute,
    Block,
    Body,
    Expression,
    Literal,
    ObjectExpression,
    TupleExpression,
)

BLOCKS_EVERYWHERE = frozenset({"dynamic", "lifecycle", "provisioner", "connection"})


def with_blocks(body: Body, schema: BlockSchema | None) -> Body:
    """``body`` with those attributes made blocks that the schema calls blocks; native bodies stay as they are."""
    if not body.json:
        return body
    kept: list[Attribute] = []
    blocks = list(body.blocks)
    for attribute in body.attributes:
        if attribute.name in BLOCKS_EVERYWHERE or (schema and attribute.name in schema.blocks):
            blocks.extend(_blocks(attribute))
        else:
            kept.append(attribute)
    return replace(body, attributes=tuple(kept), blocks=tuple(blocks))


def _blocks(attribute: Attribute) -> Iterator[Block]:
    for item in _objects(attribute.value):
        if attribute.name == "dynamic":
            yield from _dynamic(item)
        else:
            header = attribute.name_span if item is attribute.value else item.span  # one of several has no name
            yield Block(item.span, attribute.name, (), header, body_of(item))


def _dynamic(item: ObjectExpression) -> Iterator[Block]:
    for pair in item.items:
        label = str(pair.key.value) if isinstance(pair.key, Literal) else ""
        for definition in _objects(pair.value):
            body = body_of(definition)
            contents = (
                Block(inner.span, "content", (), found.name_span, body_of(inner)) for found, inner in _content(body)
            )
            body = replace(
                body,
                attributes=tuple(item for item in body.attributes if item.name != "content"),
                blocks=tuple(contents),
            )
            yield Block(definition.span, "dynamic", (label,), pair.key.span, body)


def _content(body: Body) -> Iterator[tuple[Attribute, ObjectExpression]]:
    found = body.attribute("content")
    if found:
        yield from ((found, inner) for inner in _objects(found.value))


def _objects(expression: Expression) -> Iterator[ObjectExpression]:
    match expression:
        case ObjectExpression():
            yield expression
        case TupleExpression(items=items):
            for item in items:
                yield from _objects(item)
