"""Which of many ranges of one file hold a place, without asking each of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")


class Holding(Generic[T]):
    """Items, each with where its range begins and ends; an empty range holds its beginning."""

    def __init__(self, items: Iterable[tuple[int, int, T]]) -> None:
        given = [(start, max(end, start + 1), number, item) for number, (start, end, item) in enumerate(items)]
        ranges = sorted(given, key=lambda item: item[0])
        self._ranges = ranges
        self._starts = [start for start, *_ in ranges]
        self._reach = list(accumulate((end for _, end, *_ in ranges), max))

    def at(self, place: int) -> Iterator[T]:
        """The items whose range holds a place, in the order in which they were given."""
        found: list[tuple[int, T]] = []
        at = bisect_right(self._starts, place) - 1
        while at >= 0 and self._reach[at] > place:
            _, end, number, item = self._ranges[at]
            if place < end:
                found.append((number, item))
            at -= 1
        yield from (item for _, item in sorted(found, key=lambda pair: pair[0]))
