"""Inputs that are kept: one file a target, one input a line, as JSON strings in ASCII.

``corpus/`` holds few inputs that together reach all that was reached, and is made anew by every run. ``fell-out/``
holds inputs on which something once did not hold, and is only ever added to. The suite asks both.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha1
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

HERE = Path(__file__).resolve().parent
KEPT, FELL_OUT = HERE / "corpus", HERE / "fell-out"
MOST_BYTES = 40_000
"""Size of the inputs that are kept of a target."""

Step = tuple[CodeType, int, int, int]


def load(folder: Path, target: str) -> list[bytes]:
    """The inputs of a target."""
    place = folder / f"{target}.jsonl"
    if not place.exists():
        return []
    return [json.loads(line).encode("utf-8", "surrogateescape") for line in place.read_text("ascii").splitlines()]


def save(folder: Path, target: str, inputs: Iterable[bytes]) -> None:
    """Write the inputs of a target, shortest first."""
    folder.mkdir(exist_ok=True)
    ordered = sorted(set(inputs), key=lambda data: (len(data), data))
    lines = [f"{json.dumps(data.decode('utf-8', 'surrogateescape'))}\n" for data in ordered]
    (folder / f"{target}.jsonl").write_text("".join(lines), "ascii")


def unpack(inputs: Iterable[bytes], folder: Path) -> None:
    """A file for each input, as libFuzzer wants them."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in inputs:
        (folder / sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)


def minimised(inputs: Iterable[bytes], act: Callable[[bytes], None], watched: frozenset[str]) -> list[bytes]:
    """Shortest first, the inputs that go from a line of the watched files to another as none before them went.

    To go there twice is something else than once, as is four times, and so on.
    """
    seen: set[Step] = set()
    kept: list[bytes] = []
    size = 0
    for data in sorted(set(inputs), key=lambda data: (len(data), data)):
        new = steps(data, act, watched) - seen
        if new and size + len(data) <= MOST_BYTES:
            seen |= new
            size += len(data)
            kept.append(data)
    return kept


def steps(data: bytes, act: Callable[[bytes], None], watched: frozenset[str]) -> set[Step]:
    """Which lines of the watched files follow which when an input is asked; what that raises is not looked at here."""
    found: Counter[tuple[CodeType, int, int]] = Counter()

    def entered(frame: FrameType, _event: str, _argument: Any) -> Any:
        code, last = frame.f_code, 0
        if code.co_filename not in watched:
            return None

        def moved(frame: FrameType, event: str, _argument: Any) -> Any:
            nonlocal last
            if event == "line":
                found[code, last, frame.f_lineno] += 1
                last = frame.f_lineno
            return moved

        return moved

    sys.settrace(entered)
    try:
        act(data)
    except Exception:  # noqa: BLE001 - an input that fails is kept elsewhere
        return set()
    finally:
        sys.settrace(None)
    return {(*step, count.bit_length()) for step, count in found.items()}
