"""Several processes at one work: nothing is lost, and nobody stays behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from dynalint import pool

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be copied here")


def running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_for(condition: Callable[[], bool]) -> bool:
    for _ in range(500):
        if condition():
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(("pieces", "jobs"), [(0, 2), (1, 4), (5, 2), (40, 3), (3, 8)])
def test_results_come_in_order(pieces: int, jobs: int) -> None:
    def work(number: int) -> bytes:
        time.sleep(0.02 if number % 3 == 0 else 0)
        return str(number).encode()

    assert list(pool.shared(work, pieces, jobs)) == [str(number).encode() for number in range(pieces)]


def test_the_work_is_done_elsewhere() -> None:
    ids = {int(text) for text in pool.shared(lambda _: str(os.getpid()).encode(), 20, 2)}
    assert ids
    assert os.getpid() not in ids


def test_large_results_come_whole() -> None:
    sizes = [len(text) for text in pool.shared(lambda number: b"x" * (number * 3_000_000), 4, 2)]
    assert sizes == [0, 3_000_000, 6_000_000, 9_000_000]


def test_a_process_that_dies_leaves_its_piece_to_the_caller() -> None:
    def work(number: int) -> bytes:
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    found = list(pool.shared(work, 8, 2))
    assert [number for number, text in enumerate(found) if not text] == [3]


def test_all_of_them_may_die() -> None:
    assert list(pool.shared(lambda _: os._exit(1), 6, 2)) == [b""] * 6


def test_whoever_stops_asking_is_left_alone(tmp_path: Path) -> None:
    def work(number: int) -> bytes:
        (tmp_path / str(os.getpid())).touch()
        time.sleep(0 if number == 0 else 60)
        return b""

    results = pool.shared(work, 5, 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not any(running(int(path.name)) for path in tmp_path.iterdir())


def test_whoever_is_stopped_may_clean_up(tmp_path: Path) -> None:
    def work(number: int) -> bytes:
        if number:
            (tmp_path / "begun").touch()
            try:
                time.sleep(60)
            finally:
                (tmp_path / "begun").rename(tmp_path / "cleaned")
        return b""

    results = pool.shared(work, 2, 2)
    next(results)
    assert wait_for((tmp_path / "begun").exists)
    results.close()  # type: ignore[attr-defined]
    assert [path.name for path in tmp_path.iterdir()] == ["cleaned"]


def test_none_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import os, pathlib, time
from dynalint import pool
def work(number):
    pathlib.Path({str(tmp_path)!r}, str(os.getpid())).touch()
    time.sleep(0.2)
    return b""
list(pool.shared(work, 1000, 2))
"""
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        assert wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
        process.kill()
    assert wait_for(lambda: not any(running(int(path.name)) for path in tmp_path.iterdir()))


def test_what_never_ends_is_ended(tmp_path: Path) -> None:
    """As a rule may that catches whatever falls into it."""

    def work(number: int) -> bytes:
        (tmp_path / str(os.getpid())).touch()
        while number:
            with suppress(BaseException):
                time.sleep(60)
        return b""

    results = pool.shared(work, 3, 3)
    next(results)
    assert wait_for(lambda: len(list(tmp_path.iterdir())) == 3)
    results.close()  # type: ignore[attr-defined]
    assert not any(running(int(path.name)) for path in tmp_path.iterdir())


def test_what_never_ends_does_not_outlive_a_run_that_is_killed(tmp_path: Path) -> None:
    program = f"""
import os, pathlib
from dynalint import pool
def work(number):
    pathlib.Path({str(tmp_path)!r}, str(os.getpid())).touch()
    while True:
        pass
list(pool.shared(work, 2, 2))
"""
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        assert wait_for(lambda: len(list(tmp_path.iterdir())) == 2)
        process.kill()
    assert wait_for(lambda: not any(running(int(path.name)) for path in tmp_path.iterdir()))


def test_a_piece_that_raises_is_left_to_the_caller(capfd: pytest.CaptureFixture[str]) -> None:
    def work(number: int) -> bytes:
        if number == 1:
            raise RecursionError
        return str(os.getpid()).encode()

    found = list(pool.shared(work, 4, 1))
    assert [number for number, text in enumerate(found) if not text] == [1]
    assert len(set(found)) == 2
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("most", [0, 1, 2])
def test_fewer_do_where_the_system_has_no_room_for_more(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    original, left = os.fork, [None] * most

    def fork() -> int:
        if not left:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        left.pop()
        return original()

    monkeypatch.setattr(os, "fork", fork)
    assert list(pool.shared(lambda _: b"done", 4, 5)) == [b"done" if most else b""] * 4


def test_a_process_without_room_for_a_thread_leaves_its_pieces(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def start(_thread: Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(Thread, "start", start)
    assert list(pool.shared(lambda _: b"done", 3, 2)) == [b""] * 3
    assert capfd.readouterr().err == ""


def test_as_many_as_asked_for_or_as_there_are_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pool.processes(7) == 7
    assert 1 <= pool.processes(0) <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "fork")
    assert pool.processes(7) == 1
