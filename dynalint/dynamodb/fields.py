"""One argument of a resource as rules see it: known, unknown or absent.

Rule authors ask for ``field.known`` and write straight-line code: where the answer is not known,
:class:`~dynalint.findings.Undecided` ends the rule for this object, and the engine reports the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from json import dumps
from typing import Any, Generic, TypeVar

from dynalint.evaluation.values import Trace, Unknown, Value, value_identity
from dynalint.findings import Undecided
from dynalint.records import dataclass
from dynalint.syntax.source import Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """A value that is known, as plain Python data."""

    value: T


@dataclass(frozen=True, slots=True)
class Absent:
    """Not written, or null: the provider's default applies."""


State = Known[T] | Unknown | Absent
Likeness = Known[Any] | str


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """An argument with its place.

    ``state`` is :class:`Known`, :class:`~dynalint.evaluation.values.Unknown` or :class:`Absent`; to look at it never
    raises. ``at`` is the argument, or the header of the block that lacks it. ``path`` is its name from the resource
    down (``ttl.enabled``). ``value`` is the evaluated value, None where nothing is written. ``inputs`` names the
    variables of the module that its expression reads. ``choices`` are the states that are possible where the value is
    unknown and can only be one of a few.
    """

    state: State[T]
    at: Span
    path: str
    value: Value | None = None
    inputs: frozenset[str] = frozenset()
    choices: tuple[State[T], ...] = ()

    @property
    def known(self) -> T | None:
        """The value, or None where it is absent. Raises Undecided where it is unknown."""
        match self.state:
            case Known(value):
                return value
            case Unknown(reason=reason, hint=hint):
                raise Undecided(reason, hint, self.at)
            case _:
                return None

    @property
    def if_known(self) -> T | None:
        """The value where it is known, None where it is absent or not known."""
        return self.state.value if isinstance(self.state, Known) else None

    def breaks(self, fits: Callable[[T], bool]) -> bool:
        """Whether what it holds is set and does not fit, whatever it turns out to be.

        Raises Undecided where that depends on what is not known.
        """
        broken = {isinstance(state, Known) and not fits(state.value) for state in self.choices or (self.state,)}
        if len(broken) > 1 or any(isinstance(state, Unknown) for state in self.choices or (self.state,)):
            return self.known is not None
        return broken == {True}

    @property
    def present(self) -> bool:
        """Whether something is set. Unknown is decided only where it is certainly not null."""
        match self.state:
            case Unknown(not_null=False, reason=reason, hint=hint):
                raise Undecided(reason, hint, self.at)
            case Absent():
                return False
            case _:
                return True

    @property
    def is_set(self) -> bool:
        """Whether something is written that is not certainly null."""
        return not isinstance(self.state, Absent)

    @property
    def is_sure(self) -> bool:
        """Whether it is certainly not null, whatever it is."""
        return isinstance(self.state, Known) or (isinstance(self.state, Unknown) and self.state.not_null)

    @property
    def is_unknown(self) -> bool:
        """True where the value cannot be known: then ``state`` says why, and what is known all the same."""
        return isinstance(self.state, Unknown)

    @property
    def is_sensitive(self) -> bool:
        """Whether nobody may see the value."""
        return self.value is not None and self.value.sensitive

    @property
    def shown(self) -> str:
        """The value for a message: quoted if it is text, never a sensitive one, by its inputs if it is unknown."""
        match self.state:
            case Known(value):
                return "(sensitive value)" if self.is_sensitive else quoted(value)
            case _ if self.inputs:
                return f"(from {' and '.join(f'var.{name}' for name in sorted(self.inputs))})"
            case Unknown():
                return "(not known)"
            case _:
                return "null"

    @property
    def identity(self) -> str:
        """Equal, non-empty identities mean equal values, known or not."""
        return value_identity(self.value) if self.value is not None else ""

    @property
    def trace(self) -> Trace | None:
        """Where the value comes from; None for what is written in place or absent."""
        return self.value.trace if self.value is not None else None

    @property
    def literal(self) -> Span | None:
        """The literal that is the value, where one is written in this very place."""
        trace = self.trace
        if self.is_unknown or self.inputs or trace is None or trace.text or trace.sources:
            return None
        inside = trace.span.path == self.at.path and self.at.start <= trace.span.start and trace.span.end <= self.at.end
        return trace.span if inside else None


def first_undecided(*fields: Field[Any]) -> Undecided | None:
    """The reason why one of the fields is not known, to be raised; None where all are."""
    for field in fields:
        if isinstance(field.state, Unknown):
            return Undecided(field.state.reason, field.state.hint, field.at)
    return None


def likeness(field: Field[Any]) -> Likeness | None:
    """What is the same for fields that certainly hold the same; None for one of which nobody knows what it holds."""
    if isinstance(field.state, Known):
        return field.state
    return (field.identity or None) if field.is_unknown else None


def equal(left: Field[T], right: Field[T]) -> bool:
    """Whether two fields certainly hold the same: equal values, or one expression that is not known."""
    like = likeness(left)
    return like is not None and like == likeness(right)


def equality_doubt(left: Field[Any], right: Field[Any]) -> Undecided | None:
    """Why it cannot be told whether two fields hold the same, to be raised; None where it can."""
    if equal(left, right) or not (left.is_set and right.is_set):
        return None
    for field, other in ((left, right), (right, left)):
        if isinstance(field.state, Unknown) and isinstance(other.state, Known):
            start = field.state.prefix
            return None if not str(other.state.value).startswith(start) else first_undecided(field)
    return first_undecided(left, right)


def quoted(value: object) -> str:
    """Plain data as HCL writes it."""
    match value:
        case bool():
            return str(value).lower()
        case str():
            return dumps(value, ensure_ascii=False)
        case _:
            return str(value)
