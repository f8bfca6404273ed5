"""Bytes read as a row of decisions, so that whatever makes up bytes makes up values and texts, too.

hypothesis and atheris both change bytes. A byte that is changed changes one decision; where the bytes end, every
further decision is the first there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import inf
from typing import Any, TypeVar

from dynalint.evaluation.convert import ConversionError, convert
from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from dynalint.evaluation.values import (
    FALSE,
    TRUE,
    Unknown,
    Value,
    list_value,
    map_value,
    null,
    number,
    object_value,
    string,
    tuple_value,
    unknown,
)

T = TypeVar("T")
Shape = Any

TEXTS = (
    *(
        "",
        "a",
        "b",
        "é",
        "e\u0301",
        "🔑",
        "\u202e",
        "\0",
        "\n",
        "a\nb\n",
        "  x ",
        "1",
        "-0",
        "1e3",
        "0x1F",
        "true",
        "null",
    ),
    *("a,b,c", "%s", "%d", "%05.2f", "%#v", "%[2]*.[1]*f", "%q %t %x", "%%", "${a}", "$${", "%{ if a }x%{ endif }"),
    *("(a+)+b", "[[:alpha:]]", "(?P<n>.)|(?i:x)", "/a|b/", "\\pL{1,3}", "$1${n}", "a*?", "\\", "(", "^.*$", "x{1000}"),
    *("10.0.0.0/8", "2001:db8::/32", "10.1.2.3/33", "2024-02-29T23:59:60Z", "2024-01-02T03:04:05+06:00", "YYYY-MM-DD"),
    *(
        "1h30m",
        "-2.5ms",
        '{"a": [1, null]}',
        "[",
        '"\\ud800"',
        "a: &x [1]\nb: *x\n",
        "- {k: v}\n",
        "? [a]\n: b\n",
        "<<: 1",
    ),
    *("YWJj", "!!!!", "UTF-8", "UTF-16LE", "ISO-8859-1", "a/../b", "~/x", "*.{tf,json}", "**", "a,b\n1,2\n", 'a\n"x'),
    *(
        "arn:aws:dynamodb:eu-west-1:123456789012:table/x",
        "0" * 40,
        "9" * 40,
        "dns",
        "\u2028",
        "ß",
        "ﬁ",
        "\ufeff",
        "a" * 300,
    ),
)
NUMBERS = (0, 1, 2, 3, -1, 10, 16, 36, 62, 255, 1_000, 2**31, -(2**63), 2**64, 10**30, inf, -inf)
FRACTIONS = (Fraction(1, 2), Fraction(-5, 2), Fraction(1, 3), Fraction(1, 10**20), Fraction(10**20 + 1, 10))
TYPES: tuple[Type, ...] = (STRING, NUMBER, BOOL, ListOf(STRING), MapOf(NUMBER), SetOf(STRING), DYNAMIC)
NAMES = ("a", "b", "c", "id", "é", "a b", "")
DEEPEST = 3


class Choices:
    """Decisions made by bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def left(self) -> bytes:
        """What no decision has used yet."""
        return self._data[self._at :]

    def below(self, bound: int) -> int:
        """A number from 0 up to ``bound``, which it is not; bounds reach 256."""
        at, self._at = self._at, self._at + 1
        return self._data[at] % bound if at < len(self._data) else 0

    def one_of(self, options: Sequence[T]) -> T:
        """One of up to 256 options."""
        return options[self.below(len(options))]

    def text(self) -> str:
        """A text: one of those that functions look at closely, or what the bytes say."""
        if self.below(3):
            return self.one_of(TEXTS)
        size = self.below(24)
        at, self._at = self._at, self._at + size
        return self._data[at : at + size].decode("utf-8", "replace")

    def texts(self, most: int) -> list[str]:
        """Up to ``most`` texts."""
        return [self.text() for _ in range(self.below(most + 1))]

    def plain(self, words: Sequence[str], depth: int = 0) -> Any:
        """What JSON can say, nearly always an object, its keys and texts mostly such words."""
        kind = self.below(16) if depth else 0
        if kind < 5 and depth < 2 * DEEPEST:
            return {self._word(words): self.plain(words, depth + 1) for _ in range(self.below(6))}
        if kind < 8 and depth < 2 * DEEPEST:
            return [self.plain(words, depth + 1) for _ in range(self.below(4))]
        if kind < 13:
            return self._word(words)
        return self.one_of((None, True, False, 0, 1, -1, 1.5, 10**20, ""))

    def shaped(self, shape: Shape, words: Sequence[str]) -> Any:
        """What JSON can say in such a shape: members may be missing, lists be no lists, anything be something else.

        A shape is a dictionary of shapes, a list of one, or a tuple of what may stand there.
        """
        if self.below(24) == 23:
            return self.plain(words, DEEPEST)
        match shape:
            case dict():
                return {name: self.shaped(inner, words) for name, inner in shape.items() if self.below(6) != 5}
            case [inner]:
                size = self.below(4)
                return [self.shaped(inner, words) for _ in range(size)] if size else self.shaped(inner, words)
        return self.one_of(shape)

    def _word(self, words: Sequence[str]) -> str:
        return self.text() if self.below(8) == 7 else self.one_of(words)

    def value(self, depth: int = 0) -> Value:
        """A value of any type: known, null, unknown or sensitive, with members that are values of any kind."""
        made = self._plain(depth)
        return made.marked() if self.below(16) == 15 else made

    def _plain(self, depth: int) -> Value:
        match self.below(10 if depth < DEEPEST else 6):
            case 0 | 1:
                return string(self.text())
            case 2:
                return number(self.one_of(NUMBERS))
            case 3:
                return self._odd()
            case 4:
                return self.one_of((TRUE, FALSE))
            case 5:
                return number(self.below(256) - 8)
            case 6:
                return tuple_value(self._values(depth))
            case 7:
                return object_value({self.one_of(NAMES): value for value in self._values(depth)})
            case _:
                return self._collection(depth)

    def _odd(self) -> Value:
        """A fraction, a null or an unknown."""
        kind = self.below(4)
        if kind == 0:
            return number(self.one_of(FRACTIONS))
        type_ = self.one_of(TYPES)
        if kind == 1:
            return null(type_)
        identity = self.one_of(("", "x", "y"))
        return unknown(type_, Unknown("var.x has no value", identity, not_null=bool(self.below(2)), given=kind == 2))

    def _values(self, depth: int) -> tuple[Value, ...]:
        return tuple(self.value(depth + 1) for _ in range(self.below(5)))

    def _collection(self, depth: int) -> Value:
        """A list, map or set, whose members have one type."""
        kind, element = self.below(3), self.one_of(TYPES[:-1])
        members = tuple(filter(None, (_as(value, element) for value in self._values(depth))))
        if kind == 0:
            return list_value(element, members)
        if kind == 1:
            return map_value(element, {self.one_of(NAMES): member for member in members})
        made = _as(list_value(element, members), SetOf(element))
        return made or list_value(element, members)


def _as(value: Value, wanted: Type) -> Value | None:
    try:
        return convert(value, wanted)
    except ConversionError:
        return None
