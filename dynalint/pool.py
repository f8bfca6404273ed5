"""Work done by several processes at once.

The processes are copies of this one, so that they have everything it has found and loaded. They end when it does,
however it ends and whatever Python code they run then: each watches a pipe whose other end nobody else holds.
"""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Container, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from dynalint.errors import Stopped
from dynalint.records import dataclass

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

PATIENCE = 0.4
"""Seconds that a run works alone before it gets help: a run that is over by then would only lose by that."""

GRACE = 1.0
"""Seconds that a worker has to end by itself. A rule of somebody's may never come back."""

SIGNALS = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))

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
    """What ``work`` makes of 0, 1, … in that order, done by ``jobs`` processes, or as many as the system lets be.

    It is empty for pieces whose process died or where ``work`` raised: they are the caller's to do.
    """
    workers: list[Worker] = []
    at_work: dict[Connection, int] = {}
    try:
        while len(workers) < min(jobs, pieces):
            try:
                workers.append(_started(work, [worker.pipe for worker in workers]))
            except OSError:  # no more processes, or no more memory for one
                break
        yield from _collected(workers, pieces, at_work)
    finally:
        _end(workers, at_work)


def _end(workers: Sequence[Worker], at_work: Container[Connection]) -> None:
    """End all workers, by force where one does not heed that nobody waits for it any more."""
    for worker in workers:
        if worker.pipe in at_work:  # somebody interrupts the run
            worker.process.terminate()
        worker.pipe.close()
    try:
        end = time.monotonic() + GRACE
        for worker in workers:
            worker.process.join(max(0, end - time.monotonic()))
    finally:
        for worker in workers:
            worker.process.kill()
            worker.process.join()


def _started(work: Work, inherited: Sequence[Connection]) -> Worker:
    """A worker. Signals wait until it has its own way with them. Raises OSError."""
    from multiprocessing import get_context  # noqa: PLC0415 - most runs need no help

    context = get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, [*inherited, ours]), daemon=True)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        process.start()
    except OSError:
        ours.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        theirs.close()
    return Worker(process, ours)


def _serve(pipe: Connection, work: Work, inherited: Sequence[Connection]) -> None:
    """What a worker does until nobody is at the other end of its pipe."""
    from threading import Thread  # noqa: PLC0415 - as above

    try:
        _heed_signals()
        for other in inherited:
            other.close()
        Thread(target=_leave_with, args=(pipe.fileno(),), daemon=True).start()
        while True:
            pipe.send_bytes(_made(work, int(pipe.recv_bytes())))
    except (EOFError, OSError, Stopped, RuntimeError):  # RuntimeError: the system has no room for a thread
        return


def _made(work: Work, number: int) -> bytes:
    try:
        return work(number)
    except Exception:  # noqa: BLE001 - whoever shares the work does this piece, and meets the same
        return b""


def _heed_signals() -> None:
    """End in good order where that is asked for; an interrupt is for whoever shares the work, which then asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, Stopped.heed)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup has it ignored
        signal.signal(signal.SIGHUP, Stopped.heed)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)


def _leave_with(pipe: int) -> None:
    """End this process, whatever it does, soon after nobody is at the other end of its pipe."""
    waiting = select.poll()
    waiting.register(pipe, 0)  # for nothing but its end
    waiting.poll()
    time.sleep(GRACE)
    os._exit(128 + signal.SIGTERM)


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
