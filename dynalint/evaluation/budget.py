"""The bound on what evaluating one root module may cost."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from dynalint.evaluation.errors import BudgetError
from dynalint.records import dataclass

FRAMES = 15_000
"""Python frames that evaluation may nest. One reference takes about fifteen; the stack of a thread takes more."""


@contextmanager
def deep_nesting() -> Iterator[None]:
    """Allow deep references for a while. What nests deeper still raises BudgetError, not RecursionError."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    try:
        yield
    except RecursionError as error:
        raise BudgetError("references and expressions nest too deep") from error
    finally:
        sys.setrecursionlimit(before)


@dataclass(slots=True)
class Budget:
    """Steps, members and text that may still be spent; every loop of evaluation asks it first.

    A step is one expression node evaluated, or one member of a collection made. ``total`` bounds the steps of a whole
    root module, ``steps`` those of one resource with all that it is the first to need. ``members`` bounds the size of
    any one collection, ``text`` the length of any one string in code points, ``depth`` the nesting of references.
    """

    total: int = 20_000_000
    steps: int = 500_000
    members: int = 100_000
    text: int = 10_000_000
    depth: int = 2_000

    def refill(self, steps: int = 500_000) -> None:
        """Begin with the next resource: ``steps`` for it, as far as the total allows."""
        self.total -= max(0, steps - self.steps)
        self.steps = min(steps, self.total)

    def spend(self, steps: int = 1) -> None:
        """Take ``steps``; BudgetError when there are not as many left."""
        self.steps -= steps
        if self.steps < 0:
            raise BudgetError("evaluating this takes too many steps")

    def allow_members(self, count: int) -> None:
        """BudgetError for a collection of more than ``members``."""
        if count > self.members:
            raise BudgetError(f"a collection of {count} members is more than dynalint evaluates")
        self.spend(count)

    def allow_text(self, length: int) -> None:
        """BudgetError for a string longer than ``text``."""
        if length > self.text:
            raise BudgetError(f"a text of {length} characters is more than dynalint evaluates")
