"""Regular expressions of Go's ``regexp``, the dialect of RE2, read into nodes.

https://pkg.go.dev/regexp/syntax. What Go refuses is refused here: look-around, back references, possessive and nested
repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.functions.regex_classes import ANY, CATEGORIES, NO_NEWLINE, PERL, POSIX, CharacterSet, Table
from dynalint.records import dataclass

MOST_REPEATS = 1000
DEEPEST = 100
_REPEAT = re.compile(r"\{(\d+)(,(\d*))?\}", re.ASCII)
_GROUP_NAME = re.compile(r"\(\?P?<([0-9A-Za-z_]+)>")
_FLAGS = re.compile(r"\(\?([imsU]*)(?:(-)([imsU]+))?([:)])")
_HEXADECIMAL = re.compile(r"x(?:\{([0-9A-Fa-f]+)\}|([0-9A-Fa-f]{2}))")
_OCTAL = re.compile(r"0[0-7]{0,2}|[1-7][0-7]{1,2}")
_UNICODE_CLASS = re.compile(r"([pP])(?:\{(\^?)([^}]*)\}|([A-Za-z]))")
_POSIX_CLASS = re.compile(r"\[:(\^?)(.*?):\]", re.DOTALL)
_CONTROLS = {"a": "\a", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}


class PatternError(Exception):
    """A pattern that Go refuses; ``what`` names the reason as Go does, ``where`` the part of the pattern."""

    def __init__(self, what: str, where: str) -> None:
        super().__init__(f"{what} in {where}")
        self.what = what
        self.where = where


class UnsupportedError(Exception):
    """A pattern that Go may accept and dynalint does not read."""


@dataclass(frozen=True, slots=True)
class Empty:
    """Matches nothing, anywhere."""


@dataclass(frozen=True, slots=True)
class Assertion:
    r"""A condition on a place: ``\A``, ``\z``, ``^``, ``$``, ``\b`` or ``\B``."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of some alternatives that leads to a match."""

    alternatives: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part again and again; ``most`` is None where there is no end to it."""

    part: Node
    least: int
    most: int | None
    greedy: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A part whose text is kept; ``index`` counts from 1."""

    part: Node
    index: int


Node = Empty | Assertion | Sequence | Choice | Repeat | Group | CharacterSet | str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A whole expression, and the names of its groups, None for one that has none."""

    node: Node
    groups: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class _Flags:
    fold: bool = False
    lines: bool = False
    dot_newline: bool = False
    swap_greed: bool = False


def parse(text: str) -> Pattern:
    """The pattern; PatternError where Go refuses it, UnsupportedError where it is beyond dynalint."""
    parser = _Parser(text)
    node = parser.choice(0)
    if not parser.at_end:
        raise PatternError("unexpected )", text)
    return Pattern(node, tuple(parser.groups))


class _Parser:
    """The text, how far it is read, the flags that hold there, and the groups so far."""

    __slots__ = ("_flags", "_position", "_text", "groups")

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._flags = _Flags()
        self.groups: list[str | None] = []

    @property
    def at_end(self) -> bool:
        """Whether all is read."""
        return self._position >= len(self._text)

    def choice(self, depth: int) -> Node:
        """Alternatives up to a closing parenthesis or the end."""
        if depth > DEEPEST:
            raise BudgetError(
                f"a regular expression nested more than {DEEPEST} levels deep is more than dynalint reads"
            )
        alternatives = [self._sequence(depth)]
        while self._take("|"):
            alternatives.append(self._sequence(depth))
        return alternatives[0] if len(alternatives) == 1 else Choice(tuple(alternatives))

    def _take(self, text: str) -> bool:
        found = self._text.startswith(text, self._position)
        if found:
            self._position += len(text)
        return found

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._position)
        if match:
            self._position = match.end()
        return match

    def _sequence(self, depth: int) -> Node:
        parts: list[Node] = []
        repeated: str | None = None
        while not self.at_end and self._text[self._position] not in "|)":
            start = self._position
            if bounds := self._repetition():
                operator = self._text[start : self._position]
                if repeated is not None:
                    raise PatternError("invalid nested repetition operator", repeated + operator)
                if not parts:
                    raise PatternError("missing argument to repetition operator", operator)
                parts.append(self._repeated(parts.pop(), bounds, operator))
                repeated = operator
            else:
                parts.extend(self._atom(depth))
                repeated = None
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts)) if parts else Empty()

    def _repetition(self) -> tuple[int, int | None, bool] | None:
        """Least, most and greed of the repetition at this place, None where there is none."""
        for operator, least, most in (("*", 0, None), ("+", 1, None), ("?", 0, 1)):
            if self._take(operator):
                return least, most, self._greedy()
        match = self._match(_REPEAT)
        if match is None:
            return None
        least = int(match[1])
        most = least if match[2] is None else int(match[3]) if match[3] else None
        if max(least, most or 0) > MOST_REPEATS or (most is not None and most < least):
            raise PatternError("invalid repeat count", match[0])
        return least, most, self._greedy()

    def _greedy(self) -> bool:
        return self._take("?") == self._flags.swap_greed

    def _repeated(self, part: Node, bounds: tuple[int, int | None, bool], operator: str) -> Node:
        node = Repeat(part, *bounds)
        if operator.startswith("{") and not _repeats_at_most(node, MOST_REPEATS):
            raise PatternError("invalid repeat count", operator)
        return node

    def _atom(self, depth: int) -> Iterator[Node]:
        """The next part; none for a change of flags, several for quoted text."""
        character = self._text[self._position]
        match character:
            case "(":
                yield from self._group(depth)
            case "[":
                yield self._class()
            case "\\":
                yield from self._escape()
            case _:
                self._position += 1
                yield self._plain(character)

    def _plain(self, character: str) -> Node:
        match character:
            case ".":
                return CharacterSet(((ANY if self._flags.dot_newline else NO_NEWLINE, False),))
            case "^":
                return Assertion("^" if self._flags.lines else "A")
            case "$":
                return Assertion("$" if self._flags.lines else "z")
        return self._literal(character)

    def _literal(self, character: str) -> Node:
        if self._flags.fold:
            return CharacterSet(((((character, character),), False),), fold=True)
        return character

    # --- groups ----------------------------------------------------------------------------------------------------

    def _group(self, depth: int) -> Iterator[Node]:
        start, outside = self._position, self._flags
        name: str | None = None
        if match := self._match(_FLAGS):
            self._flags = _changed(outside, match)
            if match[4] == ")":
                return
            capture = False
        else:
            name = self._group_name(start)
            capture = True
            self.groups.append(name)
        index = len(self.groups)
        node = self.choice(depth + 1)
        self._flags = outside
        if not self._take(")"):
            raise PatternError("missing closing )", self._text)
        yield Group(node, index) if capture else node

    def _group_name(self, start: int) -> str | None:
        if match := self._match(_GROUP_NAME):
            return match[1]
        if not self._text.startswith("(?", start):
            self._position += 1
            return None
        if re.compile(r"\(\?P?<").match(self._text, start):
            end = self._text.find(">", start)
            where = self._text[start : end + 1] if end >= 0 else self._text[start:]
            raise PatternError("invalid named capture", where)
        raise PatternError("invalid or unsupported Perl syntax", self._text[start : start + 3])

    # --- escapes and classes ---------------------------------------------------------------------------------------

    def _escape(self) -> Iterator[Node]:
        following = self._text[self._position + 1 : self._position + 2]
        if following == "Q":
            quoted, _, _ = self._text[self._position + 2 :].partition("\\E")
            self._position = min(len(self._text), self._position + 4 + len(quoted))
            yield from map(self._literal, quoted)
        elif following in {"A", "z", "b", "B"}:
            self._position += 2
            yield Assertion(following)
        elif table := self._named_class():
            yield CharacterSet((table,), fold=self._flags.fold)
        else:
            yield self._literal(self._escaped_character())

    def _named_class(self) -> tuple[Table, bool] | None:
        r"""``\d`` or ``\pL`` and their kin at this place; the flag says that it is what they leave out."""
        following = self._text[self._position + 1 : self._position + 2]
        if following and following in "dswDSW":
            self._position += 2
            return PERL[following.lower()], following.isupper()
        if not following or following not in "pP":
            return None
        start = self._position
        self._position += 1
        match = self._match(_UNICODE_CLASS)
        name = (match[3] if match[4] is None else match[4]) if match else ""
        if match is None or not name:
            raise PatternError("invalid character class range", self._text[start:])
        outside = (match[1] == "P") != (match[2] == "^")
        if name == "Any":
            return ANY, outside
        if name not in CATEGORIES:
            raise UnsupportedError(f"the class \\p{{{name}}} of a regular expression is none that dynalint knows")
        return name, outside

    def _escaped_character(self) -> str:
        start = self._position
        self._position += 1
        following = self._text[self._position : self._position + 1]
        if not following:
            raise PatternError("trailing backslash at end of expression", "")
        if (match := self._match(_HEXADECIMAL)) and int(match[1] or match[2], 16) <= 0x10FFFF:
            return chr(int(match[1] or match[2], 16))
        if match := self._match(_OCTAL):
            return chr(int(match[0], 8))
        if following in _CONTROLS or (following.isascii() and not following.isalnum()):
            self._position += 1
            return _CONTROLS.get(following, following)
        raise PatternError("invalid escape sequence", self._text[start : start + 2])

    def _class(self) -> CharacterSet:
        start = self._position
        self._position += 1
        negated = self._take("^")
        tables: list[tuple[Table, bool]] = []
        first = True
        while first or not self._text.startswith("]", self._position):
            if self.at_end:
                raise PatternError("missing closing ]", self._text[start:])
            first = False
            tables.append(self._posix_class() or self._named_class_inside() or self._range(start))
        self._position += 1
        return CharacterSet(tuple(tables), self._flags.fold, negated)

    def _named_class_inside(self) -> tuple[Table, bool] | None:
        return self._named_class() if self._text.startswith("\\", self._position) else None

    def _posix_class(self) -> tuple[Table, bool] | None:
        match = self._match(_POSIX_CLASS)
        if match is None:
            return None
        if match[2] not in POSIX:
            raise PatternError("invalid character class range", match[0])
        return POSIX[match[2]], match[1] == "^"

    def _range(self, start: int) -> tuple[Table, bool]:
        begin = self._position
        low = high = self._class_character(start)
        behind = self._text[self._position + 1 : self._position + 2]
        if self._text.startswith("-", self._position) and behind not in {"", "]"}:
            self._position += 1
            high = self._class_character(start)
        if high < low:
            raise PatternError("invalid character class range", self._text[begin : self._position])
        return ((low, high),), False

    def _class_character(self, start: int) -> str:
        if self.at_end:
            raise PatternError("missing closing ]", self._text[start:])
        if self._text[self._position] == "\\":
            return self._escaped_character()
        self._position += 1
        return self._text[self._position - 1]


def _changed(flags: _Flags, match: re.Match[str]) -> _Flags:
    names = {"i": "fold", "m": "lines", "s": "dot_newline", "U": "swap_greed"}
    on = {names[letter]: True for letter in match[1]}
    off = {names[letter]: False for letter in match[3] or ""}
    return replace(flags, **(on | off))


def _repeats_at_most(node: Node, count: int) -> bool:
    """Whether no part is repeated more often than ``count``, repetitions inside repetitions multiplied."""
    match node:
        case Repeat(part=part, least=least, most=most):
            times = least if most is None else most
            if (least, most) in {(0, None), (1, None), (0, 1)} or times == 0:
                return times == 0 or _repeats_at_most(part, count)
            return times <= count and _repeats_at_most(part, count // times)
        case Sequence(parts=parts) | Choice(alternatives=parts):
            return all(_repeats_at_most(part, count) for part in parts)
        case Group(part=part):
            return _repeats_at_most(part, count)
    return True
