"""Terraform's JSON syntax, into the same nodes as HCL.

https://developer.hashicorp.com/terraform/language/syntax/json: strings are templates, labels are nested keys, and
block bodies are objects or arrays of objects. What is a block and what an argument only a schema can tell; the blocks
that Terraform itself defines are known here, the others stay arguments until :func:`body_of` reads them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dynalint.records import dataclass
from dynalint.syntax.faults import SyntaxFault
from dynalint.syntax.frames import Kind
from dynalint.syntax.jsontext import JsonReader, literal_string, unescape
from dynalint.syntax.nodes import (
    Attribute,
    Block,
    Body,
    Expression,
    Interpolation,
    Literal,
    Name,
    ObjectExpression,
    ObjectItem,
    Template,
    TupleExpression,
)
from dynalint.syntax.source import Source, Span

COMMENT_KEY = "//"
LABELS = {
    **dict.fromkeys(("resource", "data", "ephemeral", "action", "list"), 2),
    **dict.fromkeys(("module", "variable", "output", "provider", "check"), 1),
    **dict.fromkeys(("locals", "terraform", "moved", "removed", "import"), 0),
}
"""Top-level block types with their number of labels."""

INNER_BLOCKS = {
    "resource": {"lifecycle": 0, "connection": 0, "provisioner": 1},
    "data": {"lifecycle": 0},
    "ephemeral": {"lifecycle": 0},
    "lifecycle": {"precondition": 0, "postcondition": 0},
    "provisioner": {"connection": 0},
    "variable": {"validation": 0},
    "output": {"precondition": 0},
    "check": {"assert": 0, "data": 2},
    "removed": {"lifecycle": 0, "provisioner": 1},
    "terraform": {"required_providers": 0, "backend": 1, "cloud": 0, "provider_meta": 1},
    "cloud": {"workspaces": 0},
}
"""Blocks that Terraform defines inside others, with their number of labels."""

REFERENCES = {
    "resource": {"depends_on", "provider"},
    "data": {"depends_on", "provider"},
    "ephemeral": {"depends_on", "provider"},
    "lifecycle": {"ignore_changes", "replace_triggered_by"},
    "module": {"depends_on", "providers"},
    "output": {"depends_on"},
    "moved": {"from", "to"},
    "removed": {"from"},
    "import": {"to", "provider"},
    "variable": {"type"},
}
"""Arguments whose strings are references, or a type constraint, and not templates."""


@dataclass(frozen=True, slots=True)
class JsonBlock:
    """A top-level block as its JSON stands in the file: ``span`` is its body, ``header`` its last key."""

    type: str
    labels: tuple[str, ...]
    span: Span
    header: Span


@dataclass(frozen=True, slots=True)
class JsonFile:
    """The top level of a JSON file; ``comments`` are the spans of the strings under ``"//"`` keys."""

    blocks: tuple[JsonBlock, ...]
    comments: tuple[Span, ...]
    faults: tuple[SyntaxFault, ...]


def scan_json(source: Source) -> JsonFile:
    """The top-level blocks of a file. Raises SyntaxFault if it is not JSON."""
    root = read(source)
    faults: list[SyntaxFault] = []
    blocks: list[JsonBlock] = []
    for item in members(root, faults):
        block_type = str(item.key.value) if isinstance(item.key, Literal) else ""
        if block_type == COMMENT_KEY:
            continue
        if block_type not in LABELS:
            faults.append(SyntaxFault(f'"{block_type}" is no type of block', item.key.span))
            continue
        for labels, key, body in bodies(item.key.span, item.value, LABELS[block_type], faults):
            blocks.append(JsonBlock(block_type, labels, body.span, key))
    return JsonFile(tuple(blocks), tuple(comments(root)), tuple(faults))


def read(source: Source) -> Expression:
    """The JSON value of a whole file, its strings as they are."""
    start = 3 if source.data.startswith(b"\xef\xbb\xbf") else 0
    return JsonReader(source, start, len(source.data), literal_string).run()


def members(value: Expression, faults: list[SyntaxFault]) -> Iterator[ObjectItem]:
    """The members of an object, or of all objects in an array."""
    for item in objects(value):
        if isinstance(item, ObjectExpression):
            yield from item.items
        else:
            faults.append(SyntaxFault("expected an object, or an array of objects", item.span))


def objects(value: Expression) -> tuple[Expression, ...]:
    """What stands for one block each: the value itself, or the items of an array."""
    return value.items if isinstance(value, TupleExpression) else (value,)


def bodies(
    key: Span, value: Expression, labels: int, faults: list[SyntaxFault]
) -> Iterator[tuple[tuple[str, ...], Span, ObjectExpression]]:
    """The bodies under so many levels of labels, each with its labels and the span of its last key."""
    if labels == 0:
        for item in objects(value):
            if isinstance(item, ObjectExpression):
                yield (), key, item
            elif not (isinstance(item, Literal) and item.value is None):
                faults.append(SyntaxFault("expected an object, or an array of objects", item.span))
        return
    for member in members(value, faults):
        label = str(member.key.value) if isinstance(member.key, Literal) else ""
        if label == COMMENT_KEY:
            continue
        for rest, last, body in bodies(member.key.span, member.value, labels - 1, faults):
            yield (label, *rest), last, body


def comments(value: Expression) -> Iterator[Span]:
    """Spans of the strings under ``"//"`` keys, in order."""
    stack = [value]
    while stack:
        match stack.pop():
            case ObjectExpression(_, items):
                for item in items:
                    if isinstance(item.key, Literal) and item.key.value == COMMENT_KEY:
                        yield item.value.span
                stack.extend(item.value for item in reversed(items))
            case TupleExpression(_, values):
                stack.extend(reversed(values))


# --- blocks -------------------------------------------------------------------------------------------------------


def parse_json_block(source: Source, found: JsonBlock) -> Block:
    """The nodes of a top-level block. Raises SyntaxFault."""
    value = JsonReader(source, found.span.start, found.span.end, template_string).run()
    return Block(found.span, found.type, found.labels, found.header, block_body(source, found.type, value))


def block_body(source: Source, block_type: str, value: Expression) -> Body:
    """The body of a block that Terraform defines, with its inner blocks and references told apart."""
    body = body_of(value) if isinstance(value, ObjectExpression) else Body(value.span, (), (), json=True)
    references, inner = REFERENCES.get(block_type, set()), INNER_BLOCKS.get(block_type, {})
    attributes, blocks = [], list(body.blocks)
    for attribute in body.attributes:
        if attribute.name in inner:
            blocks.extend(inner_blocks(source, attribute, inner[attribute.name]))
        elif attribute.name in references:
            attributes.append(replace(attribute, value=reference(source, attribute.value)))
        else:
            attributes.append(attribute)
    return Body(body.span, tuple(attributes), tuple(blocks), json=True)


def inner_blocks(source: Source, attribute: Attribute, labels: int) -> Iterator[Block]:
    """The blocks that an argument's value stands for."""
    faults: list[SyntaxFault] = []
    for names, key, value in bodies(attribute.name_span, attribute.value, labels, faults):
        yield Block(value.span, attribute.name, names, key, block_body(source, attribute.name, value))
    if faults:
        raise faults[0]


def body_of(expression: ObjectExpression) -> Body:
    """An object of JSON syntax read as the body of a block, for those who know from a schema that it is one.

    ``dynamic`` becomes blocks, ``"//"`` is dropped, and a property that stands there twice counts as two blocks.
    Raises SyntaxFault where a name is computed, or an argument set twice.
    """
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for item in expression.items:
        if not isinstance(item.key, Literal):
            raise SyntaxFault("the name of an argument cannot be computed", item.key.span)
        name = str(item.key.value)
        if name == "dynamic":
            blocks.extend(dynamic_blocks(item))
        elif name in attributes:
            attributes[name] = joined(attributes[name], item)
        elif name != COMMENT_KEY:
            attributes[name] = Attribute(item.span, name, item.key.span, item.value)
    return Body(expression.span, tuple(attributes.values()), tuple(blocks), json=True)


def joined(earlier: Attribute, item: ObjectItem) -> Attribute:
    """One argument for two properties of the same name, both of which must be blocks then."""
    both = (*objects(earlier.value), *objects(item.value))
    if not all(isinstance(value, ObjectExpression) for value in both):
        raise SyntaxFault(f'the argument "{earlier.name}" is set twice', item.key.span)
    span = earlier.value.span.cover(item.value.span)
    return replace(earlier, span=earlier.span.cover(span), value=TupleExpression(span, both))


def dynamic_blocks(item: ObjectItem) -> Iterator[Block]:
    """The ``dynamic`` blocks under a ``dynamic`` property."""
    faults: list[SyntaxFault] = []
    for labels, key, value in bodies(item.key.span, item.value, 1, faults):
        body = body_of(value)
        attributes = tuple(iterator_name(attribute) for attribute in body.attributes if attribute.name != "content")
        content = [attribute for attribute in body.attributes if attribute.name == "content"]
        blocks = tuple(content_blocks(content))
        yield Block(value.span, "dynamic", labels, key, Body(body.span, attributes, blocks, json=True))
    if faults:
        raise faults[0]


def iterator_name(attribute: Attribute) -> Attribute:
    """An argument of a ``dynamic`` block; its ``iterator`` is a name."""
    if attribute.name == "iterator" and isinstance(attribute.value, Literal) and isinstance(attribute.value.value, str):
        return replace(attribute, value=Name(attribute.value.span, attribute.value.value))
    return attribute


def content_blocks(attributes: Iterable[Attribute]) -> Iterator[Block]:
    """The ``content`` of a ``dynamic`` block."""
    for attribute in attributes:
        for value in objects(attribute.value):
            if isinstance(value, ObjectExpression):
                yield Block(value.span, "content", (), attribute.name_span, body_of(value))


# --- strings ------------------------------------------------------------------------------------------------------


def template_string(source: Source, start: int, end: int) -> Expression:
    """The template between two quotes."""
    raw = source.data[start:end]
    if b"${" not in raw and b"%{" not in raw and b"\\u" not in raw:
        return literal_string(source, start, end)
    return replace(embedded(source, start, end, template=True), span=Span(source.path, start - 1, end + 1))


def embedded(source: Source, start: int, end: int, *, template: bool) -> Expression:
    """The template or expression that a JSON string holds, its spans in the file."""
    from dynalint.syntax.parse import parse_value  # noqa: PLC0415 - as PARSER_IS_LAZY in files.py says

    kind = Kind.BARE if template else Kind.GROUP
    text, shifts = unescape(source.data[start:end])
    if not shifts:
        return parse_value(source, kind, start, end)
    data = text.encode()

    def place(offset: int) -> int:
        at = bisect_right(shifts, (offset, end)) - 1
        decoded, raw = shifts[at] if at >= 0 else (0, 0)
        return start + raw + offset - decoded

    return parse_value(Source(source.path, data), kind, 0, len(data), place)


def reference(source: Source, value: Expression) -> Expression:
    """What a string, or the strings in a list or object, refer to: ``"aws_kms_key.k"`` and ``"${aws_kms_key.k}"``."""
    match value:
        case Literal(span, str()):
            try:
                return embedded(source, span.start + 1, span.end - 1, template=False)
            except SyntaxFault:
                return value
        case Template(_, (Interpolation(_, expression),)):
            return expression
        case TupleExpression(_, items):
            return replace(value, items=tuple(reference(source, item) for item in items))
        case ObjectExpression(_, items):
            return replace(value, items=tuple(replace(item, value=reference(source, item.value)) for item in items))
        case _:
            return value


def load_json_body(source: Source) -> Body:
    """A ``.tfvars.json`` file: values are plain JSON, ``${`` means nothing in its strings. Raises SyntaxFault."""
    root = read(source)
    if not isinstance(root, ObjectExpression):
        raise SyntaxFault("expected an object that holds the values of variables", root.span)
    attributes: dict[str, Attribute] = {}
    for item in root.items:
        name = str(item.key.value) if isinstance(item.key, Literal) else ""
        if name in attributes:
            raise SyntaxFault(f'the variable "{name}" is set twice', item.key.span)
        if name != COMMENT_KEY:
            attributes[name] = Attribute(item.span, name, item.key.span, item.value)
    return Body(Span(source.path, 0, len(source.data)), tuple(attributes.values()), (), json=True)
