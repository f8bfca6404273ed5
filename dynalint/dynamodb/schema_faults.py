"""What a block can have wrong in the eyes of the provider's schema."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dynalint.dynamodb.fields import Field, quoted
from dynalint.evaluation.types import friendly
from dynalint.evaluation.versions import Version
from dynalint.findings import Fix
from dynalint.records import dataclass
from dynalint.syntax.source import Span

PROVIDER_6 = Version(6)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Something written that the schema does not have. ``kind`` is what it is written as: argument or block.

    ``instead`` is what the schema has under the same name or a near one, ``other_kind`` that this is of the other
    kind, ``computed`` that AWS computes it.
    """

    name: str
    kind: str
    at: Span
    instead: str | None = None
    other_kind: bool = False
    computed: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """Something written that only newer releases of the provider have."""

    name: str
    kind: str
    at: Span
    since: Version

    @property
    def is_dialect(self) -> bool:
        """Whether it divides provider 5 and provider 6."""
        return self.since >= PROVIDER_6


@dataclass(frozen=True, slots=True)
class WrongCount:
    """More blocks of a type than there may be, or fewer. ``at`` is the first of them too many, or the block around."""

    name: str
    count: int
    limit: int
    at: Span
    fix: Fix | None = None

    @property
    def missing(self) -> bool:
        """Whether there are too few."""
        return self.count < self.limit


@dataclass(frozen=True, slots=True)
class Mistyped:
    """An argument whose value the schema's type cannot take; ``wanted`` is that type in words."""

    name: str
    field: Field[str]
    wanted: str
    reason: str

    @property
    def shown(self) -> str:
        """The value for a message, or its type where it is no plain text, number or bool."""
        value = self.field.value
        assert value is not None
        if value.sensitive or not isinstance(value.data, str | bool | int | Fraction | float):
            return f"this {friendly(value.type)}"
        return quoted(float(value.data) if isinstance(value.data, Fraction) else value.data)

    @property
    def advice(self) -> str:
        """What to write."""
        value = self.field.value
        if self.wanted == "string" and value is not None and isinstance(value.data, Mapping | tuple):
            return f"write {self.name} = jsonencode(…)"
        if self.wanted.startswith(("list", "set")):
            return f"write {self.name} = […]"
        return f"write a {self.wanted}"
