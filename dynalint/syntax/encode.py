"""Nodes as plain data, and back.

A tree becomes one flat list of numbers and strings, children before their parents, so that no depth of nesting
recurses and little is allocated. Offsets are relative to where the text begins: a block that moved in its file is
still the same data.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction
from typing import Any

from dynalint.syntax import nodes
from dynalint.syntax.nodes import Block
from dynalint.syntax.source import Span

SHAPES: dict[type[Any], str] = {
    nodes.Literal: "sv",
    nodes.TextPart: "sv",
    nodes.Interpolation: "sc",
    nodes.IfDirective: "scnn",
    nodes.ForDirective: "svvcn",
    nodes.Template: "sn",
    nodes.TupleExpression: "sn",
    nodes.ObjectItem: "scc",
    nodes.ObjectExpression: "sn",
    nodes.ForTuple: "svvcco",
    nodes.ForObject: "svvcccvo",
    nodes.Conditional: "sccc",
    nodes.Binary: "svcc",
    nodes.Unary: "svc",
    nodes.Call: "svnv",
    nodes.Name: "sv",
    nodes.GetAttr: "scv",
    nodes.Index: "scc",
    nodes.Splat: "scn",
    nodes.AttributeStep: "sv",
    nodes.IndexStep: "sc",
    nodes.SplatStep: "sn",
    nodes.Attribute: "svsc",
    nodes.Block: "svwsc",
    nodes.Body: "snnv",
}
"""Every class of node with its fields: a span, a plain value, a child, an optional child, nodes, or words."""

CLASSES = list(SHAPES.items())
CODES = {node_class: code for code, node_class in enumerate(SHAPES)}
FIELDS = {node_class: tuple(field.name for field in fields(node_class)) for node_class in SHAPES}


def children(node: Any) -> Iterator[Any]:
    """The nodes directly inside a node, in order."""
    node_class = type(node)
    for name, kind in zip(FIELDS[node_class], SHAPES[node_class], strict=True):
        if kind in {"c", "o"}:
            child = getattr(node, name)
            if child is not None:
                yield child
        elif kind == "n":
            yield from getattr(node, name)


def encode(block: Block, base: int) -> list[Any]:
    """A block as plain data, its offsets counted from ``base``."""
    order, stack = list[Any](), list[Any]([block])
    while stack:
        node = stack.pop()
        order.append(node)
        stack.extend(children(node))
    return [item for node in reversed(order) for item in record(node, base)]


def record(node: Any, base: int) -> Iterator[Any]:
    """One node without its children: its class, then its fields, the last first, as the children come off a stack."""
    node_class = type(node)
    yield CODES[node_class]
    for name, kind in zip(reversed(FIELDS[node_class]), reversed(SHAPES[node_class]), strict=True):
        value = getattr(node, name)
        if kind == "s":
            yield value.end - base
            yield value.start - base
        elif kind == "v":
            yield [value.numerator, value.denominator] if isinstance(value, Fraction) else value
        elif kind == "w":
            yield list(value)
        elif kind == "n":
            yield len(value)
        elif kind == "o":
            yield int(value is not None)


def decode(data: list[Any], path: str, base: int) -> Block:
    """The block that was encoded, at its place in a file.

    Raises LookupError, TypeError, ValueError or StopIteration for other data.
    """
    stack: list[Any] = []
    items = iter(data)
    take = items.__next__
    for code in items:
        node_class, shape = CLASSES[code]
        values: list[Any] = []
        for kind in reversed(shape):
            if kind == "s":
                end = take() + base
                values.append(Span(path, take() + base, end))
            elif kind == "c":
                values.append(stack.pop())
            else:
                values.append(field_of(kind, take(), stack))
        values.reverse()
        stack.append(node_class(*values))
    (block,) = stack
    if not isinstance(block, Block):
        raise TypeError("no block")
    return block


def field_of(kind: str, value: Any, stack: list[Any]) -> Any:
    """A field that is neither span nor single child, from its plain form."""
    if kind == "v":
        return Fraction(*value) if type(value) is list else value
    if kind == "w":
        return tuple(value)
    if kind == "o":
        return stack.pop() if value else None
    at = len(stack) - value
    taken = tuple(stack[at:])
    del stack[at:]
    return taken
