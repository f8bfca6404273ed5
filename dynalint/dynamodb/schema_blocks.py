"""A block of a resource beside what the provider's schema says of it: one mechanism for every argument.

What Terraform and the provider refuse while they read a configuration is found here; the rules say it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property

from dynalint.dynamodb import reading
from dynalint.dynamodb.fields import Absent, Field, Known, State
from dynalint.dynamodb.provider_facts import (
    ARN,
    CONFLICTS,
    FRACTIONAL,
    OPTIONAL_SINCE,
    SCHEMA_PREFIXES,
    SINCE,
    Form,
    form_of,
)
from dynalint.dynamodb.schema_faults import PROVIDER_6, Addition, Misfit, Mistyped, WrongCount
from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.releases import Releases, Requirement
from dynalint.evaluation.resources import Argument, EvaluatedBlock, Resource
from dynalint.evaluation.schema import AttributeSchema, BlockSchema, schema_of
from dynalint.evaluation.types import NUMBER, ListOf, ObjectOf, SetOf, friendly
from dynalint.evaluation.values import Trace, Unknown, Value
from dynalint.evaluation.versions import Version
from dynalint.findings import Edit, Fix, Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

CHECKED_TYPES = frozenset(
    {
        "aws_iam_group_policy",
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
        "data.aws_dynamodb_table",
        "data.aws_iam_policy_document",
    }
)
"""Types besides those of DynamoDB whose arguments are looked at, as far as provider 5 knows them."""


@dataclass(frozen=True, eq=False)
class SchemaBlock:
    """One block with its schema. ``path`` leads from the resource to it (``ttl``), ``""`` for the resource itself."""

    resource: Resource
    block: EvaluatedBlock
    schema: BlockSchema
    path: str = ""

    @property
    def address(self) -> str:
        """Address of the resource."""
        return self.resource.address

    @property
    def at(self) -> Span:
        """Header of the block, or of the resource."""
        return self.block.span if self.path else self.resource.header

    @property
    def type(self) -> str:
        """The resource's type; of a data source with ``data.`` in front."""
        return self.resource.type if self.resource.mode == "managed" else f"data.{self.resource.type}"

    @property
    def title(self) -> str:
        """The block for a message: its resource type, or ``a ttl block``."""
        if not self.path:
            return self.type
        name = self.path.rpartition(".")[2]
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name} block"

    @property
    def releases(self) -> Releases:
        """The releases of the provider that may run it."""
        return self.resource.releases

    # --- what is written and should not be ------------------------------------------------------------------------

    @property
    def misfits(self) -> Iterator[Misfit]:
        """Arguments and blocks that no release of the provider has here, or that only AWS sets."""
        if not self.type.removeprefix("data.").startswith(SCHEMA_PREFIXES):
            return
        for name, argument in self.block.arguments.items():
            known = self.schema.attributes.get(name)
            if known is None:
                yield self._misfit(name, "argument", argument.span)
            elif not _may_be_set(known, name, self.path) and not argument.value.is_null:
                yield Misfit(name, "argument", argument.span, computed=True)
        for name, span in self._block_types():
            known = self.schema.attributes.get(name)
            if name not in self.schema.blocks and (known is None or not _takes_blocks(known)):
                yield self._misfit(name, "block", span)

    def _block_types(self) -> Iterator[tuple[str, Span]]:
        """Each type of block written here, with the place of the first."""
        yield from ((name, blocks[0].span) for name, blocks in self.block.blocks.items() if blocks)
        yield from ((name, span) for name, span in self.block.dynamic.items() if not self.block.blocks_of(name))

    def _misfit(self, name: str, kind: str, span: Span) -> Misfit:
        others = self.schema.blocks if kind == "argument" else self.schema.attributes
        if name in others:
            return Misfit(name, kind, span, name, other_kind=True)
        near = get_close_matches(name, list(self._settable()), n=2, cutoff=0.75)
        instead = near[0] if near else None
        other_kind = instead is not None and (instead in self.schema.blocks) != (kind == "block")
        fix = self._renaming(name, near[0], span) if self._is_sure(near) and not other_kind else None
        return Misfit(name, kind, span, instead, other_kind=other_kind, fix=fix)

    def _is_sure(self, near: list[str]) -> bool:
        """Whether there is one near name only, and that is not written beside it."""
        return len(near) == 1 and near[0] not in self.block.arguments

    def _settable(self) -> Iterator[str]:
        yield from (name for name, item in self.schema.attributes.items() if _may_be_set(item, name, self.path))
        yield from self.schema.blocks

    def _renaming(self, name: str, to: str, span: Span) -> Fix | None:
        """Write the near name in place of ``name``: only where it stands in plain text, not in JSON, not twice."""
        if span.path.endswith(".json") or name in self.block.dynamic or len(self.block.blocks_of(name)) > 1:
            return None
        return Fix(f"write {to}", (Edit(Span(span.path, span.start, span.start + len(name.encode())), to),))

    @property
    def additions(self) -> Iterator[Addition]:
        """What is written here and came with a later release: the resource type, arguments, blocks.

        Of what is new as a whole the parts are not named.
        """
        if self.schema.later:
            return
        if self.type in SINCE:
            yield from () if self.path else (Addition(self.type, "resource type", self.at, SINCE[self.type]),)
            return
        for name, argument in self.block.arguments.items():
            item = self.schema.attributes.get(name)
            since = self._since(name, later=item is not None and item.later)
            if since is not None:
                yield Addition(name, "argument", argument.span, since)
        for name, span in self._block_types():
            block = self.schema.blocks.get(name)
            since = self._since(name, later=block is not None and block.later)
            if since is not None:
                yield Addition(name, "block", span, since)

    def _since(self, name: str, *, later: bool) -> Version | None:
        listed = SINCE.get(self._full(name))
        return listed or (PROVIDER_6 if later else None)

    def _full(self, name: str) -> str:
        return ".".join(part for part in (self.type, self.path, name) if part)

    def required_at(self, requirement: Requirement) -> Trace:
        """The step of a trace that shows a requirement."""
        return Trace(requirement.span, "the lock file" if requirement.locked else "required here")

    def has(self, name: str) -> bool:
        """Whether something of that name is in the schema, set or computed."""
        return name in self.schema.attributes or name in self.schema.blocks

    def near(self, name: str) -> str | None:
        """What the schema has under a near name."""
        return next(iter(get_close_matches(name, [*self.schema.attributes, *self.schema.blocks], n=1)), None)

    @property
    def is_unconditional_index(self) -> bool:
        """Whether it is a global index that is there whatever the inputs are."""
        condition = self.block.condition
        return self.path == "global_secondary_index" and (condition is None or not condition.inputs)

    @property
    def regions(self) -> tuple[Field[str], Field[str]] | None:
        """The ``region`` argument of a resource and the Region of the aliased provider that it names."""
        provider = self.resource.provider
        if self.path or provider is None or not provider.alias or provider.region is None:
            return None
        own = reading.field(self.block, "region", reading.name)
        return (own, Field(reading.name(provider.region), own.at, "region", provider.region)) if own.is_set else None

    # --- what is missing ------------------------------------------------------------------------------------------

    @property
    def required(self) -> Iterator[Field[object]]:
        """The arguments that must be set, those with a doubt last. Raises Undecided where a file could not be read."""
        fields = [
            reading.field(self.block, name, _anything, inside=self.path, at=self.at)
            for name, item in self.schema.attributes.items()
            if item.required and not self._is_optional(name)
        ]
        hidden = reading.hidden_override(self.resource)
        for field in sorted(fields, key=lambda field: field.is_unknown):
            if hidden is not None and field.value is None:
                raise Undecided(hidden.reason, hidden.hint, self.at)
            yield field

    def _is_optional(self, name: str) -> bool:
        """Whether a later release made a required argument optional, and that release or its new form is used."""
        relaxed = OPTIONAL_SINCE.get(self._full(name))
        if relaxed is None:
            return False
        since, instead = relaxed
        return self.releases.since(since) is True or any(instead == name for name, _ in self._block_types())

    @property
    def wrong_counts(self) -> Iterator[WrongCount]:
        """Nested blocks of which there are too many or too few. Raises Undecided where a collection decides."""
        doubts: list[Unknown] = []
        for name, inner in self.schema.blocks.items():
            blocks = self.block.blocks_of(name)
            certain = sum(block.certain for block in blocks)
            if inner.max and certain > inner.max:
                yield WrongCount(name, certain, inner.max, blocks[inner.max].span)
            elif certain < inner.min or (inner.max and inner.max < len(blocks)):
                doubt = self.block.openness(name) or reading.hidden_override(self.resource)
                if doubt is None:
                    yield WrongCount(name, certain, inner.min, self.at)
                else:
                    doubts.append(doubt)
        for doubt in doubts:
            raise Undecided(doubt.reason, doubt.hint, self.at)

    # --- what is written wrongly ----------------------------------------------------------------------------------

    @property
    def mistyped(self) -> Iterator[Mistyped]:
        """Arguments whose value does not convert to the schema's type. What is not known is taken to fit."""
        for name, argument in self.block.arguments.items():
            item = self.schema.attributes.get(name)
            if item is not None and (found := self._type_fault(argument, item)):
                wanted, reason = found
                field = reading.field(self.block, name, reading.text, inside=self.path)
                yield Mistyped(name, field, wanted, reason)

    def _type_fault(self, argument: Argument, item: AttributeSchema) -> tuple[str, str] | None:
        try:
            value = convert(argument.value, item.type)
        except ConversionError as error:
            return friendly(item.type), error.message
        fraction = item.type == NUMBER and isinstance(value.data, Fraction | float)
        if fraction and self._full(argument.name) not in FRACTIONAL:
            return "whole number", "a whole number is required"
        return None

    @property
    def formed(self) -> Iterator[tuple[Field[str], Form]]:
        """The arguments whose text has to have a form, those with a doubt last.

        An ARN that is not known is a reference to what AWS will make, and right.
        """
        pairs = [
            (reading.field(self.block, name, reading.text, inside=self.path), form)
            for name in self.block.arguments
            if (form := form_of(self._full(name))) is not None
        ]
        for field, form in sorted(pairs, key=lambda pair: pair[0].is_unknown):
            if form is not ARN or not field.is_unknown:
                yield field, form

    @property
    def conflicts(self) -> Iterator[tuple[Field[object], ...]]:
        """Arguments and blocks that are set although they exclude each other, in the order of writing.

        Raises Undecided where one of them may be null.
        """
        doubts: list[Field[object]] = []
        for sides in CONFLICTS.get(self._full(""), ()):
            set_ = [[field for name in side if (field := self._either(name)).is_set] for side in sides]
            sure = [[field for field in side if field.is_sure] for side in set_]
            if sum(map(bool, sure)) > 1:
                yield tuple(sorted((field for side in sure for field in side), key=_place))
            elif sum(map(bool, set_)) > 1:
                doubts.extend(field for side in set_ for field in side if not field.is_sure)
        for field in doubts:
            field.known  # noqa: B018 - raises Undecided with the reason

    def _either(self, name: str) -> Field[object]:
        """An argument, or a block in the shape of one."""
        if name not in self.schema.blocks:
            return reading.field(self.block, name, _anything, inside=self.path, at=self.at)
        blocks = self.block.blocks_of(name)
        block = next((block for block in blocks if block.certain), None)
        if block is not None:
            return Field(Known(name), block.span, name)
        return Field(self.block.openness(name) or Absent(), blocks[0].span if blocks else self.at, name)

    # --- blocks inside --------------------------------------------------------------------------------------------

    @cached_property
    def inner(self) -> tuple[SchemaBlock, ...]:
        """The nested blocks that the schema knows."""
        return tuple(
            SchemaBlock(self.resource, block, self.schema.blocks[name], f"{self.path}.{name}" if self.path else name)
            for name, blocks in self.block.blocks.items()
            if name in self.schema.blocks
            for block in blocks
        )

    def walk(self) -> Iterator[SchemaBlock]:
        """The block and all below it."""
        yield self
        for block in self.inner:
            yield from block.walk()


def schema_blocks(resources: Iterable[Resource]) -> Iterator[SchemaBlock]:
    """Every block of the resources and data sources that are held against the schema."""
    for resource in resources:
        type_ = resource.type if resource.mode == "managed" else f"data.{resource.type}"
        if type_ in CHECKED_TYPES or type_.startswith(SCHEMA_PREFIXES):
            schema = schema_of(resource.mode, resource.type)
            if schema is not None:
                yield from SchemaBlock(resource, resource.body, schema).walk()


def _may_be_set(item: AttributeSchema, name: str, path: str) -> bool:
    """Whether the configuration may set an attribute; ``id`` of a resource is optional in the schema, and refused."""
    return (item.required or item.optional) and (name != "id" or bool(path))


def _takes_blocks(item: AttributeSchema) -> bool:
    """Whether an attribute may be written as blocks: a list or set of objects."""
    return isinstance(item.type, ListOf | SetOf) and isinstance(item.type.element, ObjectOf)


def _anything(value: Value) -> State[object]:
    """Whether something is set, whatever it is."""
    if value.is_null:
        return Absent()
    return value.unknown or Known(value.data)


def _place(field: Field[object]) -> tuple[str, int]:
    return field.at.path, field.at.start
