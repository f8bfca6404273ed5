"""Tests of what may never end: one that does not fails, in place of keeping the others waiting."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest

SECONDS = 120
"""Far more than any of the tests here takes; without bounds in dynalint they would take years."""


@pytest.fixture(autouse=True)
def _no_waiting() -> Iterator[None]:
    if sys.platform == "win32":
        yield
        return

    def late(*_: object) -> None:
        raise AssertionError("this does not end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
