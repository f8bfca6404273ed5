"""Standard streams that are there and take every character, and signals that end a run in good order."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dynalint.errors import Stopped, UsageError


class Closed(io.RawIOBase):
    """A standard stream that whoever started dynalint has closed: that it is needed is told when it is."""

    def __init__(self, name: str) -> None:
        self._what = name

    def readable(self) -> bool:
        """As a stream for input says."""
        return True

    def writable(self) -> bool:
        """As a stream for output says."""
        return True

    def readinto(self, _buffer: Any) -> int:
        """Raises UsageError."""
        raise UsageError(f"{self._what} is closed")

    def write(self, _data: Any) -> int:
        """Raises UsageError."""
        raise UsageError(f"{self._what} is closed")


def prepare_streams() -> None:
    """Put something in the place of closed streams, and have every character written, those of no encoding escaped.

    The next file to be opened would get the number of a closed stream, and what is meant for the stream with it.
    """
    closed = [name for name in ("stdin", "stdout", "stderr") if getattr(sys, name) is None]
    for _ in closed:
        os.open(os.devnull, os.O_RDWR)
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BufferedReader(Closed("standard input")), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(_unbuffered(Closed("standard output")), encoding="utf-8", write_through=True)
    if sys.stderr is None:  # nobody is to be told anything: the exit code is what is left
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - as long as the process
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _unbuffered(raw: io.RawIOBase) -> Any:
    """A raw stream where a buffered one is asked for: nothing may be left for Python to write on its way out."""
    return raw


@contextmanager
def heeding_signals() -> Iterator[None]:
    """Raise Stopped where the run is asked to end, so that nothing half written stays behind."""
    import signal  # noqa: PLC0415 - typer needs it anyway

    known = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]  # Windows has one
    heeded = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]  # nohup has one ignored
    for number in heeded:
        signal.signal(number, Stopped.heed)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def tell(message: str) -> None:
    """Write a line to standard error, if that is possible: the exit code says the rest."""
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except OSError:  # a full disk, or a reader that has gone away
        return
