"""File patterns of ``fileset``: ``**``, ``*``, ``?``, ``[…]`` and ``{…,…}``.

https://pkg.go.dev/github.com/bmatcuk/doublestar, in the version that Terraform uses: braces neither nest nor reach over
a slash, and only ``^`` negates a class. A star tries again only behind the last star, so that matching takes no more
than pattern times name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from dynalint.evaluation.budget import Budget

Item = TypeVar("Item")
Piece = TypeVar("Piece")


class PatternError(Exception):
    """A pattern that is not well formed."""


class _Star:
    """``*`` inside a name, ``**`` between names."""


_STAR = _Star()
_Test = Callable[[str], bool]
_Name = tuple[_Star | _Test, ...]
Glob = tuple[_Star | tuple[_Name, ...], ...]
"""For each part of a path the alternatives for it, or that any number of parts may stand there."""


def compiled(pattern: str, budget: Budget) -> Glob:
    """A pattern, ready to match; PatternError where it is malformed."""
    parts = (part for part in pattern.split("/") if part not in {"", "."})
    return tuple(_STAR if part == "**" else _alternatives(part, budget) for part in parts)


def matches(glob: Glob, path: str) -> bool:
    """Whether a glob matches a whole path."""
    return _matches(glob, path.split("/"), _part_matches)


def _alternatives(part: str, budget: Budget) -> tuple[_Name, ...]:
    """One name for each choice that the braces of a part leave."""
    found: list[_Name] = []
    waiting = [part]
    while waiting:
        budget.allow_members(len(found) + len(waiting))
        current = waiting.pop()
        opening = _find(current, 0, "{")
        if opening is None:
            found.append(tuple(_name(current)))
            continue
        closing = _find(current, opening + 1, "}")
        if closing is None:
            raise PatternError(part)
        choices = _split(current[opening + 1 : closing])
        waiting.extend(current[:opening] + choice + current[closing + 1 :] for choice in choices)
    return tuple(found)


def _find(text: str, start: int, wanted: str) -> int | None:
    """Where a character stands that is not escaped."""
    position = start
    while position < len(text):
        if text[position] == wanted:
            return position
        position += 2 if text[position] == "\\" else 1
    return None


def _split(text: str) -> Iterator[str]:
    start = 0
    while (comma := _find(text, start, ",")) is not None:
        yield text[start:comma]
        start = comma + 1
    yield text[start:]


def _name(part: str) -> Iterator[_Star | _Test]:
    """What the characters of one name have to be."""
    position = 0
    while position < len(part):
        match part[position]:
            case "*":
                yield _STAR
            case "?":
                yield lambda _character: True
            case "[":
                end = _find(part, position + 1, "]")
                if end is None:
                    raise PatternError(part)
                yield _class(part[position + 1 : end])
                position = end
            case "\\":
                position += 1
                if position == len(part):
                    raise PatternError(part)
                yield part[position].__eq__
            case character:
                yield character.__eq__
        position += 1


def _class(inside: str) -> _Test:
    if not inside:
        raise PatternError(inside)
    negated = inside[0] == "^"
    ranges = tuple(_ranges(inside[negated:]))
    return lambda character: any(low <= character <= high for low, high in ranges) != negated


def _ranges(inside: str) -> Iterator[tuple[str, str]]:
    rest = iter(inside)
    for character in rest:
        low = _member(character, rest)
        following = next(rest, "")
        while following not in {"", "-"}:
            yield low, low
            low = _member(following, rest)
            following = next(rest, "")
        high = _member(next(rest, "-"), rest) if following == "-" else low
        yield low, high


def _member(character: str, rest: Iterator[str]) -> str:
    """A character of a class, where it is escaped the one behind the backslash."""
    if character == "\\":
        character = next(rest, "-")
    elif character == "-":
        raise PatternError(character)
    return character


def _part_matches(wanted: _Star | tuple[_Name, ...], part: str) -> bool:
    return isinstance(wanted, tuple) and any(_matches(name, part, _character_matches) for name in wanted)


def _character_matches(wanted: _Star | _Test, character: str) -> bool:
    return not isinstance(wanted, _Star) and wanted(character)


def _matches(pieces: Sequence[Piece], items: Sequence[Item], fits: Callable[[Piece, Item], bool]) -> bool:
    """Whether pieces, some of them stars, cover items from the first to the last."""
    piece = item = 0
    star, resume = -1, 0
    while item < len(items):
        if piece < len(pieces) and pieces[piece] is _STAR:
            star, resume = piece, item
            piece += 1
        elif piece < len(pieces) and fits(pieces[piece], items[item]):
            piece, item = piece + 1, item + 1
        elif star >= 0:
            resume += 1
            piece, item = star + 1, resume
        else:
            return False
    return all(rest is _STAR for rest in pieces[piece:])
