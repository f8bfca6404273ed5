"""Values as Terraform has them: typed, possibly null, unknown or sensitive, and able to say where they came from.

A :class:`Value` is immutable. What it holds depends on its type:

========================  ==================================================================
type                      ``data``
========================  ==================================================================
any type                  ``None`` (null) or :class:`Unknown`
string, bool              ``str`` (NFC), ``bool``
number                    ``int``, or :class:`~fractions.Fraction` where it is not whole, or ``float`` ±inf
list, tuple               ``tuple`` of Values
set                       ``tuple`` of Values, sorted and without duplicates
map, object               ``dict`` from str to Value, in code point order of the keys; never changed after creation
========================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from fractions import Fraction
from hashlib import blake2s
from unicodedata import normalize

from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, TupleOf, Type, object_of
from dynalint.records import dataclass
from dynalint.syntax.source import Span


@dataclass(frozen=True, slots=True)
class Trace:
    """One step on the way of a value: the place, what happened there, and the steps before it.

    ``text`` is a short clause for people: ``default of var.pitr``, ``passed as pitr by module "orders"``. A ``secret``
    step lies where a sensitive value is written out: nobody is shown that place.
    """

    span: Span
    text: str
    sources: tuple[Trace, ...] = ()
    secret: bool = False

    def steps(self) -> Iterator[Trace]:
        """The step itself and all before it, nearest first, each place once."""
        seen: set[tuple[Span, str]] = set()
        waiting = [self]
        while waiting:
            step = waiting.pop(0)
            if (step.span, step.text) not in seen:
                seen.add((step.span, step.text))
                yield step
                waiting[:0] = step.sources


@dataclass(frozen=True, slots=True)
class Unknown:
    """Why a value is not known, and which unknown it is.

    ``reason`` completes "undecided because …": ``var.pitr has no value``. ``hint`` says how to decide it.
    ``identity`` names the expression that would give the value: two unknowns with equal, non-empty identities are
    the same value, whatever it turns out to be. An empty identity equals nothing, itself included.
    The rest are refinements: what is certain although the value is not. ``prefix`` is a known beginning of a string
    (``"shop-"`` of ``"shop-${var.name}"``), ``pieces`` all of its parts, where it is made of several,
    ``shortest`` and ``longest`` bound the length of a collection, ``choices`` are all the values that it can be, where
    these are a few. ``given`` marks an input that the caller gives: Terraform knows it when it evaluates, so that it
    equals itself there.
    """

    reason: str
    identity: str = ""
    hint: str = ""
    not_null: bool = False
    prefix: str = ""
    shortest: int = 0
    longest: int | None = None
    pieces: tuple[str | Unknown, ...] = ()
    given: bool = False
    choices: tuple[Value, ...] = field(default=(), compare=False, repr=False)

    @property
    def comes_with_apply(self) -> bool:
        """Whether it is computed when a resource is made, and not merely an input or something in AWS now."""
        return self.reason.endswith(" is known only after apply") and "data" not in self.reason.split(".")


HEAVIEST = 500_000
"""Values inside one value, itself included. A few locals that each hold the last one twice would make it any number."""

Number = int | Fraction | float
Data = None | bool | int | Fraction | float | str | tuple["Value", ...] | Mapping[str, "Value"] | Unknown


@dataclass(frozen=True, slots=True)
class Value:
    """One value. Equality and hash ignore the trace, and compare type, data and the sensitive mark.

    ``data`` is a str, bool, int (a Fraction where a number is not whole), a tuple of Values for lists and sets, a dict
    of Values for maps and objects; None for null, and an Unknown for what is not known.
    ``trace`` is the place that made the value: of a literal, the literal itself (with an empty text). ``encodes`` is
    set on text that ``jsonencode`` or a policy document made: the value that the text stands for, whose members keep
    their own traces and may be unknown, although one unknown member makes the text as a whole unknown. ``weight`` is
    the number of values inside, itself included, each as often as a walk meets it.
    """

    type: Type
    data: Data
    sensitive: bool = False
    trace: Trace | None = field(default=None, compare=False)
    encodes: Value | None = field(default=None, compare=False, repr=False)
    weight: int = field(default=1, compare=False, repr=False)

    def __repr__(self) -> str:
        """What a message of Python's holds, where somebody's rule fails on a value."""
        shown = "(sensitive)" if self.sensitive else repr(self.data)
        return f"Value(type={self.type!r}, data={shown}, sensitive={self.sensitive!r}, trace={self.trace!r})"

    @property
    def is_null(self) -> bool:
        """True for a value that is certainly null."""
        return self.data is None

    @property
    def is_unknown(self) -> bool:
        """True where the value itself is unknown; a known collection may still hold unknown members."""
        return isinstance(self.data, Unknown)

    @property
    def unknown(self) -> Unknown | None:
        """The Unknown of this value, None where it is known."""
        return self.data if isinstance(self.data, Unknown) else None

    def traced(self, span: Span, text: str) -> Value:
        """The same value with one more step in front of its trace."""
        return self.with_trace(Trace(span, text, (self.trace,) if self.trace else ()))

    def with_trace(self, trace: Trace | None) -> Value:
        """The same value with another trace; what an evaluation does most, so that ``replace`` would be felt."""
        return Value(self.type, self.data, self.sensitive, trace, self.encodes, self.weight)

    def marked(self, sensitive: bool = True) -> Value:
        """The same value, sensitive if it was or ``sensitive`` is true."""
        return self if self.sensitive or not sensitive else replace(self, sensitive=True)

    def members(self) -> tuple[Value, ...]:
        """The members of a known collection, and nothing for any other value."""
        match self.data:
            case tuple() as items:
                return items
            case str() | None | Unknown():
                return ()
            case Mapping() as items:
                return tuple(items.values())
            case _:
                return ()

    def first_unknown(self) -> Unknown | None:
        """The first unknown inside this value at any depth, itself included."""
        waiting = [self]
        while waiting:
            value = waiting.pop()
            if isinstance(value.data, Unknown):
                return value.data
            waiting.extend(reversed(value.members()))
        return None


def string(text: str) -> Value:
    """A string, normalised to NFC as Terraform does when it makes one."""
    return Value(STRING, text if text.isascii() else normalize("NFC", text))


def number(value: Number) -> Value:
    """A number; a Fraction that is whole becomes an int."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return Value(NUMBER, value.numerator)
    return Value(NUMBER, value)


def boolean(value: bool) -> Value:
    """A bool."""
    return TRUE if value else FALSE


def null(type_: Type = DYNAMIC) -> Value:
    """A null of the given type."""
    return Value(type_, None)


def weigh(members: Iterable[Value]) -> int:
    """Weight of a collection of ``members``; BudgetError where nothing could walk through it in reasonable time."""
    weight = 1 + sum(member.weight for member in members)
    if weight > HEAVIEST:
        raise BudgetError(f"a value that holds {weight} others is more than dynalint evaluates")
    return weight


def tuple_value(items: tuple[Value, ...]) -> Value:
    """A tuple, as ``[…]`` makes it."""
    weight = weigh(items)
    return Value(TupleOf(tuple(item.type for item in items)), items, weight=weight)


def list_value(element: Type, items: tuple[Value, ...]) -> Value:
    """A list; every item must already have the element type."""
    return Value(ListOf(element), items, weight=weigh(items))


def set_value(element: Type, items: tuple[Value, ...]) -> Value:
    """A set; the items must have the element type, be sorted and free of duplicates (see ``convert.make_set``)."""
    return Value(SetOf(element), items, weight=weigh(items))


def map_value(element: Type, items: Mapping[str, Value]) -> Value:
    """A map; every item must already have the element type."""
    return Value(MapOf(element), dict(sorted(items.items())), weight=weigh(items.values()))


def object_value(items: Mapping[str, Value]) -> Value:
    """An object, as ``{…}`` makes it."""
    weight = weigh(items.values())
    ordered = dict(sorted(items.items()))
    return Value(object_of({name: item.type for name, item in ordered.items()}), ordered, weight=weight)


def unknown(type_: Type, because: Unknown) -> Value:
    """An unknown of the given type."""
    return Value(type_, because)


def identity_of(kind: str, *parts: str) -> str:
    """Identity of what ``kind`` makes of ``parts``; empty as soon as one part is, since that part equals nothing."""
    if not all(parts):
        return ""
    return blake2s("\x1f".join((kind, *parts)).encode(), digest_size=16).hexdigest()


def attribute_identity(address: str, attribute: str) -> str:
    """Identity of a computed attribute (``arn``) of the resource instance at ``address``, as Terraform writes it."""
    return identity_of("attribute", address, attribute)


def value_identity(value: Value) -> str:
    """Identity of any value, known ones included; empty where it holds an unknown without one."""
    match value.data:
        case Unknown(identity=identity):
            return identity
        case tuple() as items:
            return identity_of("seq", type(value.type).__name__, *(value_identity(item) for item in items))
        case str() | bool() | int() | float() | Fraction() | None as plain:
            return identity_of("known", type(plain).__name__, f"={plain}")
        case Mapping() as items:
            pairs = (part for name, item in items.items() for part in (f"={name}", value_identity(item)))
            return identity_of("map", type(value.type).__name__, *pairs)
    raise AssertionError(f"no such data: {value.data!r}")


TRUE = Value(BOOL, True)
FALSE = Value(BOOL, False)
