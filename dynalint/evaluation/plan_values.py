"""The values of a plan as evaluated blocks: ``after`` overlaid with what is unknown and what is sensitive.

Where the source writes a value, the source's place and trace stay with it; the plan decides what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_values import value_of
from dynalint.evaluation.resources import Argument, Condition, EvaluatedBlock
from dynalint.evaluation.schema import AttributeSchema, BlockSchema
from dynalint.evaluation.types import Type
from dynalint.evaluation.values import (
    Trace,
    Unknown,
    Value,
    attribute_identity,
    boolean,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)
from dynalint.records import dataclass
from dynalint.syntax.source import Span

OFF_BY_DEFAULT = frozenset({"point_in_time_recovery", "server_side_encryption", "ttl"})
"""Blocks that AWS reports switched off where nobody wrote them."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One level of a planned object: its values, what of it is unknown, what is sensitive, what is written.

    ``written`` are the expressions of the configuration, None where the plan has none for this resource.
    """

    after: Mapping[str, Any]
    unknown: Mapping[str, Any]
    sensitive: Any
    written: Mapping[str, Any] | None
    address: str
    place: Span

    def is_sensitive(self, name: str) -> bool:
        """Whether an attribute is marked, itself or with the whole object."""
        return self.sensitive is True or (isinstance(self.sensitive, dict) and bool(self.sensitive.get(name)))


def planned_block(layer: Layer, schema: BlockSchema, source: EvaluatedBlock | None, block_type: str) -> EvaluatedBlock:
    """The block that a plan makes of one object; ``source`` is the block that wrote it, None where there is none."""
    arguments = dict(_arguments(layer, schema, source))
    blocks = {name: tuple(_blocks(layer, name, inner, source)) for name, inner in schema.blocks.items()}
    base = source or EvaluatedBlock(block_type, layer.place, {}, {})
    return replace(
        base,
        arguments=arguments,
        blocks={name: items for name, items in blocks.items() if items},
        certain=True,
    )


def _arguments(layer: Layer, schema: BlockSchema, source: EvaluatedBlock | None) -> Iterator[tuple[str, Argument]]:
    for name, attribute in schema.attributes.items():
        own = source.arguments.get(name) if source else None
        if own is None and not _is_written(layer, name, attribute, source):
            continue
        value = _attribute(layer, name, attribute, own)
        if value is not None:
            span = own.span if own else layer.place
            yield name, Argument(name, value, span, own.inputs if own else frozenset())
    for name, own in source.arguments.items() if source else ():
        if name not in schema.attributes:
            yield name, own


def _is_written(layer: Layer, name: str, attribute: AttributeSchema, source: EvaluatedBlock | None) -> bool:
    """Whether the configuration sets an attribute that the source at hand does not show."""
    if not (attribute.required or attribute.optional):
        return False
    if layer.written is not None:
        return name in layer.written
    return source is None and layer.after.get(name) is not None


def _attribute(layer: Layer, name: str, attribute: AttributeSchema, own: Argument | None) -> Value | None:
    planned, lost = layer.after.get(name), layer.unknown.get(name)
    sensitive = layer.is_sensitive(name) or attribute.sensitive
    trace = (own.value.trace if own else None) or Trace(layer.place, "in the plan")
    if lost is True:
        return own.value if own else _unknown(attribute.type, layer.address, name).with_trace(trace)
    if planned is None and not lost:
        return own.value if own and own.value.is_null else null(attribute.type).with_trace(trace)
    if own and own.value.encodes and isinstance(planned, str):
        return replace(own.value, data=planned, sensitive=own.value.sensitive or sensitive)
    value = _typed(planned, lost, attribute.type, layer.address, name)
    return value.marked(sensitive).with_trace(trace)


def _typed(planned: Any, lost: Any, type_: Type, address: str, path: str) -> Value:
    value = overlay(planned, lost, address, path)
    try:
        return convert(value, type_)
    except EvaluationError:
        return value  # a plan of another version of the provider: what it says is still right


def overlay(planned: Any, lost: Any, address: str, path: str) -> Value:
    """Plain data of a plan with its unknown parts put in."""
    if lost is True:
        return unknown(value_of(None).type, _because(address, path))
    match planned, lost:
        case dict(), _:
            return _object(planned, lost if isinstance(lost, dict) else {}, address, path)
        case list(), _:
            marks = lost if isinstance(lost, list) else []
            return tuple_value(
                tuple(
                    overlay(item, marks[index] if index < len(marks) else None, address, f"{path}.{index}")
                    for index, item in enumerate(planned)
                )
            )
        case None, dict() if lost:
            return _object({}, lost, address, path)
        case bool(), _:
            return boolean(planned)
        case str(), _:
            return string(planned)
        case int() | float(), _:
            return number(planned if isinstance(planned, int) else Fraction(str(planned)))
    return null()


def _object(planned: Mapping[str, Any], lost: Mapping[str, Any], address: str, path: str) -> Value:
    names = dict.fromkeys((*planned, *(name for name, mark in lost.items() if mark)))
    return object_value({name: overlay(planned.get(name), lost.get(name), address, f"{path}.{name}") for name in names})


def _because(address: str, path: str) -> Unknown:
    return Unknown(f"{address}.{path} is known only after apply", attribute_identity(address, path))


def _unknown(type_: Type, address: str, path: str) -> Value:
    return unknown(type_, _because(address, path))


# --- nested blocks ---------------------------------------------------------------------------------------------------


def _blocks(layer: Layer, name: str, schema: BlockSchema, source: EvaluatedBlock | None) -> Iterator[EvaluatedBlock]:
    planned = layer.after.get(name)
    own = list(source.blocks_of(name)) if source else []
    lost = layer.unknown.get(name)
    items = [planned] if isinstance(planned, dict) else planned or []
    if not items:
        if lost is True:
            yield from own if source else _maybe(layer, name)
        return
    marks = lost if isinstance(lost, list) else [lost] * len(items)
    written = layer.written.get(name) if layer.written is not None else None
    for index, item in enumerate(items):
        match = _take_match(own, item)
        if match is None and name in OFF_BY_DEFAULT and not written and not item.get("enabled"):
            continue
        mark = marks[index] if index < len(marks) else None
        inner = Layer(
            item,
            mark if isinstance(mark, dict) else {},
            _sensitive(layer, name, index),
            _written_inner(written, index),
            layer.address,
            match.span if match else layer.place,
        )
        yield planned_block(inner, schema, match, name)


def _maybe(layer: Layer, name: str) -> Iterator[EvaluatedBlock]:
    """A block that may or may not come, where the plan alone cannot tell: it is written, or written as dynamic."""
    if layer.written is not None and name not in layer.written:
        if name in OFF_BY_DEFAULT:
            because = Unknown(f"{name} of {layer.address} is computed, or decided by a dynamic block: the source tells")
            condition = Condition(unknown(value_of(None).type, because), layer.place, frozenset())
            yield EvaluatedBlock(name, layer.place, {}, {}, condition, certain=False)
        return
    because = _because(layer.address, name)
    condition = Condition(unknown(value_of(None).type, because), layer.place, frozenset())
    yield EvaluatedBlock(name, layer.place, {}, {}, condition, certain=False)


def _sensitive(layer: Layer, name: str, index: int) -> Any:
    marks = layer.sensitive.get(name) if isinstance(layer.sensitive, dict) else layer.sensitive
    if isinstance(marks, list):
        return marks[index] if index < len(marks) else None
    return marks


def _written_inner(written: Any, index: int) -> Mapping[str, Any] | None:
    """Expressions of one nested block. Blocks made by ``dynamic`` have none: then whatever is planned counts."""
    inner = written[index] if isinstance(written, list) and index < len(written) else None
    return inner if isinstance(inner, dict) else None


def _take_match(own: list[EvaluatedBlock], item: Mapping[str, Any]) -> EvaluatedBlock | None:
    """The block of the source that wrote a planned one: the one that agrees best. It is used up, if it is certain."""
    if not own:
        return None
    best = max(own, key=lambda block: _agreement(block, item))
    if _agreement(best, item) < 0:
        return None
    if best.certain:
        own.remove(best)
    return best


def _agreement(block: EvaluatedBlock, item: Mapping[str, Any]) -> int:
    score = 0
    for name, argument in block.arguments.items():
        if not argument.value.is_unknown and isinstance(argument.value.data, str | bool | int):
            score += 1 if item.get(name) == argument.value.data else -2
    return score
