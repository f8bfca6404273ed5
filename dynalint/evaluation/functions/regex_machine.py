"""Matching a regular expression as Go does: leftmost, then by the order of the alternatives.

The pattern becomes a small program. It is run by backtracking that never takes the same step at the same place twice,
so a search takes at most program times text steps, however the pattern is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dynalint.evaluation.budget import Budget
from dynalint.evaluation.errors import BudgetError
from dynalint.evaluation.functions.regex_classes import CharacterSet
from dynalint.evaluation.functions.regex_syntax import (
    Assertion,
    Choice,
    Empty,
    Group,
    Node,
    Pattern,
    Repeat,
    Sequence,
)
from dynalint.records import dataclass

LONGEST_PROGRAM = 50_000
MOST_STEPS = 2_000_000
"""Steps of one search, each of which takes some memory."""
STEPS_AT_ONCE = 4096

Captures = tuple[int, ...]
"""For the match and each group where it begins and ends, -1 for a group without text."""


@dataclass(slots=True)
class _Character:
    accepts: CharacterSet | str


@dataclass(slots=True)
class _Split:
    first: int
    second: int


@dataclass(slots=True)
class _Jump:
    target: int


@dataclass(slots=True)
class _Save:
    slot: int


@dataclass(slots=True)
class _Check:
    holds: Callable[[str, int], bool]


@dataclass(slots=True)
class _Accept:
    pass


_Step = _Character | _Split | _Jump | _Save | _Check | _Accept


@dataclass(frozen=True, slots=True)
class Program:
    """A pattern ready to run: its steps and the number of its groups.

    ``anchored`` says that it matches at the beginning only; ``first`` holds what the first character of a match may
    be, None where a match can be empty.
    """

    steps: tuple[_Step, ...]
    groups: int
    anchored: bool
    first: tuple[CharacterSet | str, ...] | None


def compiled(pattern: Pattern) -> Program:
    """The program of a pattern; BudgetError where it would be too long."""
    steps: list[_Step] = []
    _emit(pattern.node, steps)
    steps.append(_Accept())
    return Program(tuple(steps), len(pattern.groups), _begins_text(pattern.node), _first(pattern.node))


def _first(node: Node) -> tuple[CharacterSet | str, ...] | None:
    """What a match of a node may begin with, None where it may be empty."""
    match node:
        case str() | CharacterSet():
            return (node,)
        case Sequence(parts=parts):
            # An assertion in front takes no character.
            ahead = next((part for part in parts if not isinstance(part, Assertion)), None)
            return _first(ahead) if ahead is not None else None
        case Choice(alternatives=alternatives):
            return _together(map(_first, alternatives))
        case Group(part=part):
            return _first(part)
        case Repeat(part=part, least=least) if least > 0:
            return _first(part)
    return None


def _together(
    alternatives: Iterable[tuple[CharacterSet | str, ...] | None],
) -> tuple[CharacterSet | str, ...] | None:
    together: list[CharacterSet | str] = []
    for alternative in alternatives:
        if alternative is None:
            return None
        together.extend(alternative)
    return tuple(together)


def _begins_text(node: Node) -> bool:
    match node:
        case Assertion(kind="A"):
            return True
        case Sequence(parts=(first, *_)) | Group(part=first):
            return _begins_text(first)
        case Choice(alternatives=alternatives):
            return all(map(_begins_text, alternatives))
    return False


def _emit(node: Node, steps: list[_Step]) -> None:
    if len(steps) > LONGEST_PROGRAM:
        raise BudgetError("a regular expression of this size is more than dynalint runs")
    match node:
        case Empty():
            pass
        case str() | CharacterSet():
            steps.append(_Character(node))
        case Assertion(kind=kind):
            steps.append(_Check(_CHECKS[kind]))
        case Sequence(parts=parts):
            for part in parts:
                _emit(part, steps)
        case Choice(alternatives=alternatives):
            _emit_choice(alternatives, steps)
        case Group(part=part, index=index):
            steps.append(_Save(2 * index))
            _emit(part, steps)
            steps.append(_Save(2 * index + 1))
        case Repeat():
            _emit_repeat(node, steps)


def _emit_choice(alternatives: tuple[Node, ...], steps: list[_Step]) -> None:
    ends: list[_Jump] = []
    for alternative in alternatives[:-1]:
        split = _Split(len(steps) + 1, 0)
        steps.append(split)
        _emit(alternative, steps)
        ends.append(_Jump(0))
        steps.append(ends[-1])
        split.second = len(steps)
    _emit(alternatives[-1], steps)
    for end in ends:
        end.target = len(steps)


def _emit_repeat(node: Repeat, steps: list[_Step]) -> None:
    for _ in range(node.least - (node.most is None and node.least > 0)):
        _emit(node.part, steps)
    if node.most is None:
        _emit_loop(node, steps)
        return
    optional: list[_Split] = []
    for _ in range(node.most - node.least):
        optional.append(_Split(0, 0))
        steps.append(optional[-1])
        _aim(optional[-1], node, inside=len(steps))
        _emit(node.part, steps)
    for split in optional:
        _aim(split, node, outside=len(steps))


def _emit_loop(node: Repeat, steps: list[_Step]) -> None:
    """``x+``; with the way around it where not even one is needed, which is what Go makes of ``x*``."""
    around = _Split(0, 0)
    if node.least == 0:
        steps.append(around)
    begin = len(steps)
    _emit(node.part, steps)
    again = _Split(0, 0)
    steps.append(again)
    for split in (around, again):
        _aim(split, node, inside=begin, outside=len(steps))


def _aim(split: _Split, node: Repeat, inside: int | None = None, outside: int | None = None) -> None:
    """Let a split lead into the repeated part and out of it, first where its greed says."""
    for target, first in ((inside, node.greedy), (outside, not node.greedy)):
        if target is not None and first:
            split.first = target
        elif target is not None:
            split.second = target


def _is_word(text: str, position: int) -> bool:
    if not 0 <= position < len(text):
        return False
    character = text[position]
    return character.isascii() and (character.isalnum() or character == "_")


def _at_word_edge(text: str, position: int) -> bool:
    return _is_word(text, position - 1) != _is_word(text, position)


_CHECKS: dict[str, Callable[[str, int], bool]] = {
    "A": lambda _text, position: position == 0,
    "z": lambda text, position: position == len(text),
    "^": lambda text, position: position == 0 or text[position - 1] == "\n",
    "$": lambda text, position: position == len(text) or text[position] == "\n",
    "b": _at_word_edge,
    "B": lambda text, position: not _at_word_edge(text, position),
}


def search(program: Program, text: str, start: int, budget: Budget) -> Captures | None:
    """The first match that begins at ``start`` or behind it; BudgetError where finding it takes too long."""
    visited: set[int] = set()
    for begin in _beginnings(program, text, start, budget):
        found = _match_at(program, text, begin, visited, budget)
        if found:
            return found
    return None


def _beginnings(program: Program, text: str, start: int, budget: Budget) -> Iterator[int]:
    """The places where a match can begin, as far as the first character tells."""
    budget.spend()
    if program.anchored:
        yield from (start,) if start == 0 else ()
    elif program.first is None:
        yield from range(start, len(text) + 1)
    else:
        first = program.first
        for begin in range(start, len(text)):
            if any(text[begin] in accepts for accepts in first):
                yield begin


def _match_at(program: Program, text: str, begin: int, visited: set[int], budget: Budget) -> Captures | None:
    """The match that begins at one place. What ``visited`` holds led to none, and need not be tried again."""
    steps, width, end = program.steps, len(text) + 1, len(text)
    captures = [-1] * (2 * program.groups + 2)
    waiting: list[tuple[int, int]] = [(0, begin)]
    while waiting:
        at, position = waiting.pop()
        if at < 0:
            captures[-at] = position
            continue
        while (key := at * width + position) not in visited:
            visited.add(key)
            if len(visited) % STEPS_AT_ONCE == 0:
                _pay(len(visited), budget)
            step = steps[at]
            at += 1
            if isinstance(step, _Character):
                if position == end or text[position] not in step.accepts:
                    break
                position += 1
            elif isinstance(step, _Split):
                waiting.append((step.second, position))
                at = step.first
            elif isinstance(step, _Jump):
                at = step.target
            elif isinstance(step, _Save):
                waiting.append((-step.slot, captures[step.slot]))
                captures[step.slot] = position
            elif isinstance(step, _Accept):
                captures[0], captures[1] = begin, position
                return tuple(captures)
            elif not step.holds(text, position):
                break
    return None


def _pay(steps: int, budget: Budget) -> None:
    budget.spend(STEPS_AT_ONCE)
    if steps > MOST_STEPS:
        raise BudgetError("a regular expression takes more steps than dynalint runs")


def matches(program: Program, text: str, budget: Budget) -> Iterator[Captures]:
    """All matches that do not overlap; an empty one right behind another does not count."""
    position, before = 0, -1
    while position <= len(text):
        found = search(program, text, position, budget)
        if found is None:
            return
        start, end = found[:2]
        if end > position:
            yield found
            position = end
        else:
            if start != before:
                yield found
            position += 1
        before = end
