"""How far a long run is, for whoever waits at a terminal."""

from __future__ import annotations

import time
from typing import TextIO

PATIENCE = 1.0
"""Seconds before anything is shown: a run that is over by then needs no progress."""

INTERVAL = 0.1


class Progress:
    """A counter on one line of ``stream``; nothing at all where that is no terminal."""

    def __init__(self, stream: TextIO, *, wanted: bool) -> None:
        self._stream = stream
        self._wanted = wanted and stream.isatty()
        self._next = time.monotonic() + PATIENCE
        self._shown = False

    def show(self, done: int, of: int) -> None:
        """Say that ``done`` of so many root modules are checked."""
        if self._wanted and time.monotonic() >= self._next:
            self._stream.write(f"\r\x1b[Kchecked {done} of {of} root modules")
            self._stream.flush()
            self._shown = True
            self._next = time.monotonic() + INTERVAL

    def clear(self) -> None:
        """Leave no trace."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
