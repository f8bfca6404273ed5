"""How a statement is written: the expressions of its elements, whatever their values come from.

A value knows the place that made it, and that may be the default of a variable, or nowhere where nothing is known of
it. The line of the statement that names it is looked up in the text, by the statement's own place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import field
from functools import lru_cache

from dynalint.evaluation.convert import text_identities
from dynalint.evaluation.values import Value
from dynalint.records import dataclass
from dynalint.syntax import SourceFile, SyntaxFault, load_text
from dynalint.syntax.encode import children
from dynalint.syntax.nodes import Block, Body, Expression, GetAttr, Literal, ObjectExpression, TupleExpression
from dynalint.syntax.source import Source, Span

ARGUMENTS = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
    "Effect": "effect",
    "Sid": "sid",
}
"""Elements of a statement, and what they are called in a ``statement`` block."""
BLOCKS = {"Principal": "principals", "NotPrincipal": "not_principals", "Condition": "condition"}
"""Elements that are blocks in it."""


@dataclass(frozen=True, slots=True)
class Written:
    """A statement in HCL: its elements as they are written, and the text that they are in.

    ``is_block`` says that it is a ``statement`` block, whose lists the provider sorts. ``module`` is what stands before
    the addresses of the resources beside it.
    """

    source: Source
    elements: Mapping[str, Expression]
    blocks: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    is_block: bool = False
    module: str = ""
    _pairs: dict[str, _Pairs] = field(default_factory=dict, compare=False, repr=False)

    def place_of(self, name: str) -> Span | None:
        """Where an element is: its value, or the header of its first block."""
        if name in self.elements:
            return self.elements[name].span
        return next((block.header for block in self.blocks.get(name, ())), None)

    def place_of_condition(self, operator: str, key: str) -> Span | None:
        """Where one key of ``Condition`` is tested; all of the element where that cannot be told."""
        for block in self.blocks.get("Condition", ()):
            if [_text_of(block, "test"), _text_of(block, "variable")] == [operator, key]:
                return block.header
        found = _member(_member(self.elements.get("Condition"), operator), key)
        return found.span if found is not None else self.place_of("Condition")

    def expression_of(self, name: str, entries: Sequence[Value], entry: Value) -> Expression | None:
        """What is written for an entry of an element; all of the element where that is not one of a list."""
        return self.item_of(name, entries, entry) or self.elements.get(name)

    def item_of(self, name: str, entries: Sequence[Value], entry: Value) -> Expression | None:
        """What is written for an entry in the list that an element is; None where it is no list, or does not say."""
        whole = self.elements.get(name)
        if not isinstance(whole, TupleExpression):
            return None
        pairs = self._pairs.get(name)
        if pairs is None or pairs.entries is not entries:
            pairs = self._pairs[name] = _Pairs(entries, self._paired(whole.items, entries))
        return pairs.items.get(id(entry))

    def _paired(self, items: Sequence[Expression], entries: Sequence[Value]) -> dict[int, Expression]:
        """The item that is written for each entry, by the entry's ``id``, as far as that can be told."""
        if not self.is_block and len(items) == len(entries):
            return {id(entry): item for item, entry in zip(reversed(items), reversed(entries), strict=True)}
        starts = [item.span.start for item in items]
        covering = ((entry, _covering(items, starts, entry)) for entry in entries)
        found = {id(entry): item for entry, item in covering if item is not None}
        taken = {id(item) for item in found.values()}
        items_left = [item for item in items if id(item) not in taken]
        entries_left = [entry for entry in entries if id(entry) not in found]
        if len(items_left) == len(entries_left) == 1:
            found[id(entries_left[0])] = items_left[0]
        referring = self._by_identity(items)
        for entry in entries_left:
            item = referring.get(entry.unknown.identity) if entry.unknown and entry.unknown.identity else None
            if item is not None:
                found[id(entry)] = item
        return found

    def _by_identity(self, items: Sequence[Expression]) -> dict[str, Expression]:
        """The items that are references to a resource of the same module, by what their values are known as."""
        found: dict[str, Expression] = {}
        for item in items:
            if isinstance(item, GetAttr):
                address = f"{self.module}{self.source.text(item.source.span)}"
                for identity in text_identities(address, item.name):
                    found.setdefault(identity, item)
        return found


@dataclass(frozen=True, slots=True)
class _Pairs:
    """What is written for the entries of an element."""

    entries: Sequence[Value]
    items: Mapping[int, Expression]


NOTHING = Written(Source("", b""), {})


def written_at(place: Span, source: Source, module: str) -> Written:
    """The statement whose object lies at a place, or whose block has its header there.

    In JSON syntax a block is an object, too, whose members have the names of arguments.
    """
    scanned = _file(source).block_at(place.start)
    try:
        node = _node_at(scanned.parse(), place) if scanned else None
    except SyntaxFault:
        return NOTHING
    match node:
        case ObjectExpression(items=items):
            keyed = {str(item.key.value): item.value for item in items if isinstance(item.key, Literal)}
            block = {name: keyed[argument] for name, argument in ARGUMENTS.items() if argument in keyed}
            return Written(source, block or keyed, is_block=bool(block), module=module)
        case Block():
            body = _body_of(node).body
            found = {name: body.attribute(argument) for name, argument in ARGUMENTS.items()}
            blocks = {name: _all_of(body, kind) for name, kind in BLOCKS.items()}
            return Written(
                source, {name: item.value for name, item in found.items() if item}, blocks, is_block=True, module=module
            )
    return NOTHING


@lru_cache(maxsize=8)
def _scanned(path: str, data: bytes) -> SourceFile:
    return load_text(Source(path, data))


def _file(source: Source) -> SourceFile:
    return _scanned(source.path, source.data)


def _node_at(block: Block, place: Span) -> Block | ObjectExpression | None:
    """The object at a place, or the block with its header there."""
    waiting: list[object] = [block]
    while waiting:
        node = waiting.pop()
        match node:
            case Block(header=header) if header == place:
                return node
            case ObjectExpression(span=span) if span == place:
                return node
        waiting.extend(child for child in children(node) if _covers(child.span, place))
    return None


def _covers(span: Span, place: Span) -> bool:
    return span.start <= place.start and place.end <= span.end


def _all_of(body: Body, kind: str) -> tuple[Block, ...]:
    """The blocks of a type, those that a ``dynamic`` block makes included."""
    dynamic = (_body_of(block) for block in body.blocks_of("dynamic") if block.labels == (kind,))
    return (*body.blocks_of(kind), *dynamic)


def _text_of(block: Block, argument: str) -> object:
    found = block.body.attribute(argument)
    return found.value.value if found is not None and isinstance(found.value, Literal) else None


def _member(node: Expression | None, name: str) -> Expression | None:
    items = node.items if isinstance(node, ObjectExpression) else ()
    return next((item.value for item in items if isinstance(item.key, Literal) and item.key.value == name), None)


def _body_of(block: Block) -> Block:
    """The block itself, or the content of a ``dynamic`` one."""
    return next(iter(block.body.blocks_of("content")), block) if block.type == "dynamic" else block


def _covering(items: Sequence[Expression], starts: Sequence[int], entry: Value) -> Expression | None:
    """The item of a list that an entry is what came of, as far as its place tells. ``starts`` is where items begin."""
    if entry.trace is None:
        return None
    place = entry.trace.span
    at = bisect_right(starts, place.start) - 1
    sure = at >= 0 and items[at].span.path == place.path and _covers(items[at].span, place)
    return items[at] if sure else None
