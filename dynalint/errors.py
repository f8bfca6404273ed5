"""How a run stops before it has a result."""

from __future__ import annotations


class UsageError(Exception):
    """What was asked for cannot be done: no such path, no such rule, a rule pack that does not load.

    The message is one line for the person at the command line; the process exits 2.
    """


class Stopped(BaseException):
    """The process was asked to end by a signal, whose number it has."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number
        """What the process exits with: what shells show for one that the signal killed."""

    @classmethod
    def heed(cls, number: int, _frame: object) -> None:
        """What to do about a signal. Raises Stopped."""
        raise cls(number)
