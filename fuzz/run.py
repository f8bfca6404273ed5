"""Fuzzing for as long as one likes: ``python -m fuzz.run TARGET…|all --runs N`` or ``--seconds S``.

Each target is fuzzed in a process of its own, one after the other, beginning with what ``fuzz/corpus`` and the fixtures
hold. What comes of it is minimised into ``fuzz/corpus``, what fell out is added to ``fuzz/fell-out``, and the counts to
``fuzz/runs.jsonl``, of which ``fuzz/RESULTS.md`` is the sum. Exit code 1 says that something fell out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from dynalint import store
from fuzz.harness import atheris, modules
from fuzz.inputs import FELL_OUT, HERE, KEPT, load, minimised, save, unpack
from fuzz.targets import TARGETS, Target
from tests.hostile.properties import PROPERTIES

WORK = HERE.parent / ".fuzz"
RUNS, RESULTS = HERE / "runs.jsonl", HERE / "RESULTS.md"
EXECUTED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
MEMORY = 2_048
"""MB. More than that, and the process ends with the input that took it."""
PATIENCE = 5
"""How often a target is begun anew behind an input that hangs."""


@dataclass(frozen=True)
class Run:
    """What one run of one target came to; ``fell_out`` counts inputs on which something did not hold."""

    target: str
    date: str
    dynalint: str
    python: str
    atheris: str
    executions: int
    seconds: int
    fell_out: int


class Counts(NamedTuple):
    """A row of the results."""

    target: str
    executions: int
    seconds: int
    fell_out: int
    kept: int


def dictionary(words: Iterable[str]) -> str:
    """Words as libFuzzer reads them."""
    escaped = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in dict.fromkeys(words) if word)
    return "".join(f'"{word}"\n' for word in escaped)


def flags(target: Target, folder: Path, limits: Iterable[str]) -> list[str]:
    """What libFuzzer is told."""
    words = folder / "words"
    words.write_text(dictionary(target.words), "ascii")
    return [
        *(*limits, *([f"-dict={words}"] if target.words else [])),
        *(
            f"-only_ascii={int(target.ascii)}",
            f"-max_len={target.longest}",
            f"-timeout={target.seconds}",
            f"-report_slow_units={target.seconds}",
            f"-rss_limit_mb={MEMORY}",
        ),
        *("-print_final_stats=1", "-reload=0", "-verbosity=1"),
        *(f"-artifact_prefix={folder / 'ended'}/", str(folder / "corpus")),
    ]


def executed(name: str, folder: Path, limits: Sequence[str]) -> int:
    """Run the harness once; how many executions it counted."""
    log = folder / "log.txt"
    target = TARGETS[name]
    watched = ",".join(target.watched)
    command = [sys.executable, "-m", "fuzz.harness", name, str(folder), watched, *flags(target, folder, limits)]
    with log.open("w", encoding="utf-8", errors="replace") as stream:
        subprocess.run(command, cwd=HERE.parent, stdout=stream, stderr=subprocess.STDOUT, check=False)
    found = EXECUTED.findall(text := log.read_text("utf-8", "replace"))
    if not found:
        raise SystemExit(f"fuzzing {name} failed:\n{text[-3_000:]}")
    return int(found[-1])


def fuzzed(name: str, runs: int, seconds: int) -> tuple[int, int]:
    """Fuzz a target to its limit; executions and seconds. Behind an input that hangs it goes on."""
    folder = WORK / name
    for part in ("corpus", "ended", "fell-out"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    longest = TARGETS[name].longest
    begin = (*load(KEPT, name), *load(FELL_OUT, name)) if load(KEPT, name) else TARGETS[name].seeds()
    unpack((data for data in begin if len(data) <= longest), folder / "corpus")
    begun, done = time.monotonic(), 0
    for _ in range(PATIENCE):
        spent = time.monotonic() - begun
        if (runs and done >= runs) or (seconds and spent >= seconds):
            break
        limits = ([f"-runs={runs - done}"] if runs else []) + (
            [f"-max_total_time={seconds - int(spent)}"] if seconds else []
        )
        done += executed(name, folder, limits)
        print(f"{name}: {done} executions", file=sys.stderr)
    return done, round(time.monotonic() - begun)


def files(folder: Path) -> list[bytes]:
    """The contents of the files in a folder."""
    return [path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()]


def keep(name: str) -> int:
    """Keep what is worth keeping; how many inputs fell out."""
    folder = WORK / name
    fallen = {*files(folder / "fell-out"), *files(folder / "ended")}
    if fallen:
        save(FELL_OUT, name, {*load(FELL_OUT, name), *fallen})
    for part in ("fell-out", "ended"):
        for path in (folder / part).iterdir():
            path.unlink()
    store.disable()
    watched = frozenset(str(path) for _, path, is_watched in modules(TARGETS[name].watched) if is_watched)
    save(KEPT, name, minimised(files(folder / "corpus"), PROPERTIES[name], watched))
    return len(fallen)


def run(name: str, runs: int, seconds: int) -> Run:
    """Fuzz a target, keep what came of it, and enter the counts."""
    executions, taken = fuzzed(name, runs, seconds)
    found = Run(
        target=name,
        date=f"{datetime.now(UTC):%Y-%m-%d}",
        dynalint=version("dynalint"),
        python=platform.python_version(),
        atheris=version("atheris"),
        executions=executions,
        seconds=taken,
        fell_out=keep(name),
    )
    with RUNS.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(asdict(found)) + "\n")
    RESULTS.write_text(
        "\n".join(results([Run(**json.loads(line)) for line in RUNS.read_text("utf-8").splitlines()])), "utf-8"
    )
    return found


def results(all_runs: Sequence[Run]) -> Iterator[str]:
    """All runs, summed up by target."""
    last = all_runs[-1]
    days = sorted({run.date for run in all_runs})
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {last.python}"
    yield "# Results\n"
    yield f"`python -m fuzz.run`, {when}: dynalint {last.dynalint}, atheris {last.atheris}; {machine}.\n"
    yield "*Fell out*: inputs on which something once did not hold; *kept*: those that lead wherever fuzzing got.\n"
    yield "| target | executions | seconds | a second | fell out | kept |"
    yield "|---|--:|--:|--:|--:|--:|"
    rows = [_counts(name, all_runs) for name in TARGETS if any(run.target == name for run in all_runs)]
    for counts in (*rows, Counts("all", *map(sum, list(zip(*rows, strict=True))[1:]))):
        rate = counts.executions // max(counts.seconds, 1)
        numbers = (counts.executions, counts.seconds, rate, counts.fell_out, counts.kept)
        yield f"| {counts.target} | {' | '.join(f'{number:,}' for number in numbers)} |"
    yield ""


def _counts(name: str, all_runs: Sequence[Run]) -> Counts:
    mine = [run for run in all_runs if run.target == name]
    taken = sum(run.executions for run in mine), sum(run.seconds for run in mine)
    return Counts(name, *taken, len(load(FELL_OUT, name)), len(load(KEPT, name)))


def main() -> int:
    """Fuzz; 1 if something fell out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "targets", nargs="+", metavar="TARGET", choices=("all", *TARGETS), help=f"all, or of {', '.join(TARGETS)}"
    )
    parser.add_argument("--runs", type=int, default=0, help="executions of each target")
    parser.add_argument("--seconds", type=int, default=0, help="seconds for each target")
    given = parser.parse_args()
    atheris()
    if not given.runs and not given.seconds:
        parser.error("say how long: --runs N or --seconds S")
    done = [run(name, given.runs, given.seconds) for name in (TARGETS if "all" in given.targets else given.targets)]
    for item in done:
        print(f"{item.target}: {item.executions:,} executions in {item.seconds:,} s, {item.fell_out} inputs fell out")
    return 1 if any(item.fell_out for item in done) else 0


if __name__ == "__main__":
    sys.exit(main())
