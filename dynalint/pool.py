"""Work done by several processes at once.

The processes are copies of this one, so that they have everything it has found and loaded. They end when it does,
however it ends: each waits at a pipe whose other end nobody else holds.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from dynalint.records import dataclass

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

PATIENCE = 0.4
"""Seconds that a run works alone before it gets help: a run that is over by then would only lose by that."""

TERMINATED = 128 + signal.SIGTERM

Work = Callable[[int], bytes]


def processes(wanted: int) -> int:
    """How many are to work: as many as wanted, or if that is 0 as there are processors for this process.

    It is 1 where processes cannot be copied, as on Windows.
    """
    if not hasattr(os, "fork"):
        return 1
    if wanted:
        return wanted
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Patience:
    """Tells when a run has lasted long enough to get help."""

    def __init__(self) -> None:
        self._end = time.monotonic() + PATIENCE

    @property
    def over(self) -> bool:
        """Whether that time has passed."""
        return time.monotonic() >= self._end


@dataclass(frozen=True, slots=True)
class Worker:
    """A process, and the pipe on which it takes numbers of pieces of work and gives back what came of them."""

    process: ForkProcess
    pipe: Connection


def shared(work: Work, pieces: int, jobs: int) -> Iterator[bytes]:
    """What ``work`` makes of 0, 1, … in that order, done by ``jobs`` processes.

    It is empty for pieces whose process died: they are the caller's to do.
    """
    workers: list[Worker] = []
    at_work: dict[Connection, int] = {}
    try:
        for _ in range(min(jobs, pieces)):
            workers.append(_started(work, [worker.pipe for worker in workers]))
        yield from _collected(workers, pieces, at_work)
    finally:
        for worker in workers:
            if worker.pipe in at_work:  # somebody interrupts the run: nobody waits for what this one does
                worker.process.terminate()
            worker.pipe.close()
        for worker in workers:
            worker.process.join()


def _started(work: Work, inherited: Sequence[Connection]) -> Worker:
    from multiprocessing import get_context  # noqa: PLC0415 - most runs need no help

    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, [*inherited, ours]), daemon=True)
    process.start()
    theirs.close()
    return Worker(process, ours)


def _serve(pipe: Connection, work: Work, inherited: Sequence[Connection]) -> None:
    """What a worker does until nobody is at the other end of its pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever shares the work says what there is to say, and ends this
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    for other in inherited:
        other.close()
    try:
        while True:
            pipe.send_bytes(work(int(pipe.recv_bytes())))
    except (EOFError, OSError):
        return


def _collected(workers: Sequence[Worker], pieces: int, at_work: dict[Connection, int]) -> Iterator[bytes]:
    from multiprocessing.connection import wait  # noqa: PLC0415 - as above

    waiting = iter(range(pieces))
    results: dict[int, bytes] = {}
    for worker in workers:
        _give(worker.pipe, waiting, at_work, results)
    for piece in range(pieces):
        while piece not in results and at_work:
            for pipe in cast("list[Connection]", wait(list(at_work))):
                number = at_work.pop(pipe)
                try:
                    results[number] = pipe.recv_bytes()
                except (EOFError, OSError):
                    results[number] = b""
                else:
                    _give(pipe, waiting, at_work, results)
        yield results.pop(piece, b"")


def _give(pipe: Connection, waiting: Iterator[int], at_work: dict[Connection, int], results: dict[int, bytes]) -> None:
    """Give a worker the next piece, if there is one."""
    number = next(waiting, None)
    if number is None:
        return
    try:
        pipe.send_bytes(str(number).encode())
    except OSError:
        results[number] = b""
    else:
        at_work[pipe] = number
