"""From evaluated arguments to fields: conversions as the provider's schema makes them.

``"5"`` is 5 where a number is wanted and ``"true"`` is true; null is absent. A value that the schema would refuse has
no plain form: its field is unknown, and the rule about types speaks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from dynalint.dynamodb.fields import Absent, Field, Known, State
from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.resources import EvaluatedBlock, Resource
from dynalint.evaluation.types import BOOL, NUMBER, STRING, Primitive
from dynalint.evaluation.values import Unknown, Value
from dynalint.findings import Edit, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

T = TypeVar("T")
Reader = Callable[[Value], State[T]]


def text(value: Value) -> State[str]:
    """Text; ``""`` is a value, as it is for an enumeration."""
    match _primitive(value, STRING):
        case str() as plain:
            return Known(plain)
        case other:
            return _rest(other)


def name(value: Value) -> State[str]:
    """Text that names something: a key, an attribute, a key's ARN. The provider takes ``""`` as absent there."""
    state = text(value)
    return Absent() if state == Known("") else state


def flag(value: Value) -> State[bool]:
    """A bool."""
    match _primitive(value, BOOL):
        case bool() as plain:
            return Known(plain)
        case other:
            return _rest(other)


def whole(value: Value) -> State[int]:
    """A whole number."""
    match _primitive(value, NUMBER):
        case bool() | str():
            raise AssertionError("a number is wanted")
        case int() as plain:
            return Known(plain)
        case other:
            return _rest(other)


def anything(value: Value) -> State[object]:
    """Whatever it is, as it is."""
    return value.unknown or (Absent() if value.is_null else Known(value.data))


def number(value: Value) -> State[Fraction]:
    """A number, whole or not."""
    match _primitive(value, NUMBER):
        case int() | Fraction() as plain:
            return Known(Fraction(plain))
        case other:
            return _rest(other)


def names(value: Value) -> State[tuple[str, ...]]:
    """A list or set of text, in its order; unknown as a whole where one member is."""
    if value.is_null or value.unknown:
        return value.unknown or Absent()
    if (lost := value.first_unknown()) is not None:
        return lost
    states = [text(member) for member in value.members()]
    return Known(tuple(state.value for state in states if isinstance(state, Known)))


def field(
    block: EvaluatedBlock, argument: str, read: Reader[T], *, inside: str = "", at: Span | None = None
) -> Field[T]:
    """The argument of a block as a field.

    ``inside`` is the path of the block in its resource. A field that is not written stands at ``at``, by default the
    block's header.
    """
    path = f"{inside}.{argument}" if inside else argument
    written = block.arguments.get(argument)
    if written is None:
        return Field(Absent(), at or block.span, path)
    choices = tuple(read(choice) for choice in written.value.unknown.choices) if written.value.unknown else ()
    return Field(read(written.value), written.span, path, written.value, written.inputs, choices)


def defaulted(given: Field[T], default: T) -> Field[T]:
    """The field with the provider's default where it is absent."""
    if not isinstance(given.state, Absent):
        choices = tuple(Known(default) if isinstance(choice, Absent) else choice for choice in given.choices)
        return replace(given, choices=choices)
    return Field(Known(default), given.at, given.path, given.value, given.inputs)


def hidden_override(resource: Resource) -> Unknown | None:
    """Why arguments and blocks of a resource may be missing from what was read: an unreadable override file.

    https://developer.hashicorp.com/terraform/language/files/override
    """
    if resource.blind is None or "override." not in resource.blind:
        return None
    return Unknown(f"{resource.blind}, and it may change this")


@dataclass(frozen=True, slots=True)
class Section:
    """The nested block of one type, of which a resource may have one: ``ttl``, ``point_in_time_recovery``."""

    resource: Resource
    type: str

    @property
    def block(self) -> EvaluatedBlock | None:
        """The block that holds, None where there is none; one that may not exist only if no other does."""
        found = self.resource.body.blocks_of(self.type)
        return next((block for block in found if block.certain), found[0] if found else None)

    @property
    def at(self) -> Span:
        """The block's header, or the resource's."""
        return self.block.span if self.block else self.resource.header

    @property
    def present(self) -> bool:
        """Whether the block exists. Raises Undecided where the collection that makes it is unknown."""
        if self.block is not None and self.block.certain:
            return True
        doubt = self.resource.body.openness(self.type) or hidden_override(self.resource)
        if doubt is not None:
            raise Undecided(doubt.reason, doubt.hint, self.at)
        return False

    @property
    def is_dynamic(self) -> bool:
        """Whether a ``dynamic`` block makes it, now or for other inputs."""
        return self.type in self.resource.body.dynamic or bool(self.block and self.block.condition)

    def read_flag(self, argument: str) -> Field[bool]:
        """A bool of the block."""
        return self.read(argument, flag)

    def read(self, argument: str, read: Reader[T]) -> Field[T]:
        """An argument of the block."""
        if self.block is None:
            return Field(Absent(), self.resource.header, f"{self.type}.{argument}")
        return field(self.block, argument, read, inside=self.type)


def appended(resource: Resource, *lines: str) -> tuple[Edit, ...]:
    """The edit that adds lines at the end of a resource, after a blank one; none where that is not safe.

    A body of one line (which holds no block and one argument at most) and JSON syntax are left alone.
    """
    if resource.span.path.endswith(".json") or not (resource.body.blocks or len(resource.body.arguments) > 1):
        return ()
    brace = Span(resource.span.path, resource.span.end - 1, resource.span.end - 1)
    return (Edit(brace, "\n" + "\n".join(lines) + "\n"),)


def ignored(resource: Resource, *arguments: str) -> tuple[Edit, ...]:
    """The edit that adds arguments to ``ignore_changes``; none where that is not safe.

    A literal list gets longer, a resource without ``lifecycle`` a block.
    """
    lifecycle = resource.lifecycle
    if lifecycle is None or resource.span.path.endswith(".json"):
        return ()
    names = ", ".join(arguments)
    if not lifecycle.written:
        return appended(resource, "  lifecycle {", f"    ignore_changes = [{names}]", "  }")
    if lifecycle.ignores is None:
        return ()
    if not lifecycle.ignored:
        return (Edit(lifecycle.ignores, f"[{names}]"),)
    end = lifecycle.ignored[-1].span.end
    return (Edit(Span(resource.span.path, end, end), f", {names}"),)


def all_inputs(block: EvaluatedBlock) -> frozenset[str]:
    """The inputs of the module that the arguments of a block and of the blocks in it read."""
    return frozenset().union(*_inputs(block))


def _inputs(block: EvaluatedBlock) -> Iterator[frozenset[str]]:
    yield from (argument.inputs for argument in block.arguments.values())
    for inner in (inner for group in block.blocks.values() for inner in group):
        yield all_inputs(inner)
        yield inner.condition.inputs if inner.condition else frozenset()


def _primitive(value: Value, wanted: Primitive) -> object:
    """The plain data of a value converted to ``wanted``: None, Unknown, or Python data."""
    if value.unknown:
        return value.unknown
    try:
        return convert(value, wanted).data
    except ConversionError:
        return Unknown(f"its value is no {wanted.name}")


def _rest(data: object) -> Unknown | Absent:
    match data:
        case None:
            return Absent()
        case Unknown():
            return data
        case _:
            return Unknown("its value is no whole number")
