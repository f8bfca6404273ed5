"""File patterns of ``fileset``: ``**``, ``*``, ``?``, ``[…]`` and ``{…,…}``.

https://pkg.go.dev/github.com/bmatcuk/doublestar/v4, which Terraform uses. A star tries again only behind the last star,
so that matching takes no more than pattern times name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
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
Glob = tuple[_Star | _Name, ...]


def compiled(pattern: str, budget: Budget) -> list[Glob]:
    """The alternatives of a pattern; PatternError where it is malformed."""
    return [_glob(alternative) for alternative in _alternatives(pattern, budget)]


def matches(glob: Glob, path: str) -> bool:
    """Whether a glob matches a whole path."""
    return _matches(glob, path.split("/"), _name_matches)


def _glob(pattern: str) -> Glob:
    return tuple(_STAR if part == "**" else tuple(_name(part)) for part in pattern.split("/") if part != ".")


def _alternatives(pattern: str, budget: Budget) -> list[str]:
    """The pattern once for each choice of its outermost braces, and so on inwards."""
    found: list[str] = []
    waiting = [pattern]
    while waiting:
        budget.allow_members(len(found) + len(waiting))
        current = waiting.pop()
        opening = _find(current, 0, "{")
        if opening is None:
            found.append(current)
            continue
        cuts = list(_cuts(current, opening))
        choices = (current[start + 1 : end] for start, end in pairwise(cuts))
        waiting.extend(current[:opening] + choice + current[cuts[-1] + 1 :] for choice in choices)
    return found


def _find(pattern: str, start: int, wanted: str) -> int | None:
    """Where the first of some characters stands that is neither escaped nor in a class."""
    position = start
    while position < len(pattern):
        character = pattern[position]
        if character in wanted:
            return position
        if character == "[":
            position = _class_end(pattern, position)
        position += 2 if character == "\\" else 1
    return None


def _cuts(pattern: str, opening: int) -> Iterator[int]:
    """The opening brace, the commas of its own level and the closing brace."""
    depth, position = 0, opening
    yield opening
    while (found := _find(pattern, position + 1, "{,}")) is not None:
        position = found
        match pattern[position]:
            case "{":
                depth += 1
            case "}" if depth:
                depth -= 1
            case _ if not depth:
                yield position
                if pattern[position] == "}":
                    return
    raise PatternError(pattern)


def _class_end(pattern: str, start: int) -> int:
    position = start + 1
    if pattern[position : position + 1] in {"^", "!"}:
        position += 1
    first = position
    while position < len(pattern) and (pattern[position] != "]" or position == first):
        position += 2 if pattern[position] == "\\" else 1
    if position >= len(pattern):
        raise PatternError(pattern)
    return position


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
                end = _class_end(part, position)
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
    negated = inside[0] in "^!"
    ranges = tuple(_ranges(inside[negated:]))
    return lambda character: any(low <= character <= high for low, high in ranges) != negated


def _ranges(inside: str) -> Iterator[tuple[str, str]]:
    characters = iter(inside)
    members = [next(characters, "") if character == "\\" else character for character in characters]
    position = 0
    while position < len(members):
        if members[position + 1 : position + 2] == ["-"] and position + 2 < len(members):
            yield members[position], members[position + 2]
            position += 3
        else:
            yield members[position], members[position]
            position += 1


def _name_matches(wanted: _Star | _Name, name: str) -> bool:
    return isinstance(wanted, tuple) and _matches(wanted, name, _character_matches)


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
