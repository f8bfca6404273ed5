"""How a run stops before it has a result."""

from __future__ import annotations


class UsageError(Exception):
    """What was asked for cannot be done: no such path, no such rule, a rule pack that does not load.

    The message is one line for the person at the command line; the process exits 2.
    """
