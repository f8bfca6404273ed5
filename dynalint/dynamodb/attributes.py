"""Key attributes: which are declared, with what type, and whether a key is among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cached_property

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Absent, Field, Known, quoted
from dynalint.dynamodb.validations import LooseInput, loose_inputs
from dynalint.evaluation.resources import Condition, EvaluatedBlock, Resource
from dynalint.evaluation.values import Unknown, value_identity
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

MOST_NEAR = 100
"""Attributes among which one of nearly the same name is looked for; tables have fewer keys than that."""

KEY_TYPES = ("S", "N", "B")
"""String, number, binary: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeDefinition.html"""


@dataclass(frozen=True, eq=False)
class KeyAttribute:
    """An ``attribute`` block of a table, or a ``key_schema`` block of an index resource, which types its own keys."""

    resource: Resource
    block: EvaluatedBlock
    name: Field[str]
    type: Field[str]

    @property
    def address(self) -> str:
        """Address of the resource."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the block."""
        return self.block.span

    @property
    def loose_inputs(self) -> Iterator[LooseInput]:
        """The inputs that decide the type and that nothing holds to S, N and B."""
        argument = self.block.arguments.get(self.type.path.rpartition(".")[2])
        return loose_inputs(self.resource, argument, KEY_TYPES) if argument else iter(())

    def exists_with(self, condition: Condition | None) -> bool:
        """Whether the block is there whenever something under ``condition`` is."""
        if self.block.certain:
            return True
        if condition is None or self.block.condition is None:
            return False
        own = value_identity(self.block.condition.value)
        return bool(own) and own == value_identity(condition.value)


def table_attributes(table: Resource) -> tuple[KeyAttribute, ...]:
    """The ``attribute`` blocks of a table."""
    blocks = table.body.blocks_of("attribute")
    return tuple(_key_attribute(table, block, "attribute", "name", "type") for block in blocks)


def index_attributes(index: Resource) -> tuple[KeyAttribute, ...]:
    """The ``key_schema`` blocks of an ``aws_dynamodb_global_secondary_index``."""
    blocks = index.body.blocks_of("key_schema")
    return tuple(_key_attribute(index, block, "key_schema", "attribute_name", "attribute_type") for block in blocks)


def _key_attribute(resource: Resource, block: EvaluatedBlock, inside: str, name: str, type_: str) -> KeyAttribute:
    return KeyAttribute(
        resource,
        block,
        reading.field(block, name, reading.name, inside=inside),
        reading.field(block, type_, reading.text, inside=inside),
    )


@dataclass(frozen=True)
class Declarations:
    """What a table declares, and the keys that use it.

    ``doubt`` says why attributes may be declared that were not read.
    """

    attributes: tuple[KeyAttribute, ...]
    keys: tuple[Field[str], ...]
    latent: bool
    doubt: Unknown | None = None

    def declares(self, key: Field[str], condition: Condition | None = None) -> bool:
        """Whether ``key``, used under ``condition``, is a declared attribute. Raises Undecided where that depends.

        Equal expressions match although their value is not known. In a latent world the inputs that it turns on are
        unknown too: a key made of them matches an attribute of the same expression and, where every attribute is
        another key already, no other.
        """
        doubts: list[Unknown] = []
        for attribute in self._candidates(key):
            if _same(attribute.name, key, self.latent):
                if attribute.exists_with(condition):
                    return True
                doubts.append(self._openness(attribute))
            elif self._could_be(attribute, key):
                doubts.append(_unknown_of(attribute.name))
        if self.latent:
            doubts.extend(self._filled_by_callers(key))
        elif isinstance(key.state, Unknown):
            doubts.append(key.state)
        for doubt in (*doubts, self.doubt):
            if doubt is not None:
                raise Undecided(doubt.reason, doubt.hint, key.at)
        return False

    def _candidates(self, key: Field[str]) -> Sequence[KeyAttribute]:
        """The attributes that may be ``key``: all of them as soon as a name is not known."""
        if self.latent or not isinstance(key.state, Known) or self._by_name is None:
            return self.attributes
        return self._by_name.get(key.state.value, ())

    @cached_property
    def _by_name(self) -> dict[str, list[KeyAttribute]] | None:
        """The attributes by name; None where one has no known name."""
        found: dict[str, list[KeyAttribute]] = {}
        for attribute in self.attributes:
            if not isinstance(attribute.name.state, Known):
                return None
            found.setdefault(attribute.name.state.value, []).append(attribute)
        return found

    def near(self, key: Field[str]) -> str | None:
        """A declared attribute that nothing uses and that is called nearly like ``key``, or the only unused one."""
        unused = self._unused
        if not key.is_set:
            return unused[0] if len(unused) == 1 else None
        if not isinstance(key.state, Known) or key.is_sensitive or len(unused) > MOST_NEAR:
            return None
        return next(iter(get_close_matches(key.state.value, unused, n=1)), None)

    @cached_property
    def _unused(self) -> list[str]:
        """The names of attributes that are no key."""
        used = {other.state for other in self.keys}
        names = (attribute.name for attribute in self.attributes if not attribute.name.is_sensitive)
        return [name.state.value for name in names if isinstance(name.state, Known) and name.state not in used]

    def advice(self, key: Field[str]) -> str:
        """What to write for a key that is not declared."""
        near = self.near(key)
        if near is not None:
            return f"did you mean {quoted(near)}, which is declared and no key?"
        block = 'a dynamic "attribute" block under the same condition' if self.latent else "an attribute block"
        return f"declare it in {block}, with exactly this name and type S, N or B"

    def _filled_by_callers(self, key: Field[str]) -> Iterator[Unknown]:
        """In a latent world, the collections of attributes that a caller may fill as the index needs it.

        One that reads only what the other keys are made of holds those; one that reads what the key is made of may
        hold it.
        """
        spoken_for = frozenset[str]().union(*(other.inputs for other in self._others(key)))
        for attribute in self.attributes:
            condition = attribute.block.condition
            if condition is not None and (key.inputs & condition.inputs or not condition.inputs <= spoken_for):
                yield Unknown("a caller may declare more attributes")

    def _could_be(self, attribute: KeyAttribute, key: Field[str]) -> bool:
        """Whether an attribute may turn out to be ``key``: one of the two is unknown.

        In a latent world, where an attribute that is another key already is not meant for this one as well.
        """
        if not self.latent:
            return attribute.name.is_unknown
        unknown = attribute.name.is_unknown or isinstance(key.state, Unknown)
        return unknown and not any(_same(attribute.name, other, True) for other in self._others(key))

    def _others(self, key: Field[str]) -> Iterable[Field[str]]:
        return (other for other in self.keys if other is not key and not _same(other, key, True))

    @staticmethod
    def _openness(attribute: KeyAttribute) -> Unknown:
        condition = attribute.block.condition
        lost = condition.value.first_unknown() if condition else None
        return lost or Unknown("whether its attribute is declared is decided at apply")


def _unknown_of(field: Field[str]) -> Unknown:
    return field.state if isinstance(field.state, Unknown) else Unknown("an attribute's name is not known")


def _same(left: Field[str], right: Field[str], latent: bool) -> bool:
    match left.state, right.state:
        case Known(one), Known(other):
            return one == other
        case Absent(), Absent():
            # Two uses of one input that is null by default; the world in which a caller sets it sets both.
            return latent and bool(left.inputs) and left.inputs == right.inputs
        case Unknown(), Unknown():
            return bool(left.identity) and left.identity == right.identity
    return False
