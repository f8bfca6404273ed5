"""dynalint and its peers side by side on generated repositories: ``python -m bench.run``.

Whole processes are measured, one after the other, round by round, so that a machine that is slow for a while is slow
for all. Cold is a run without a cache, edited one after a change of one file, warm one after no change; peers have no
cache. The floor is what python-hcl2 alone takes for the blocks that matter (``bench/floor.py``). Memory is that of the
largest process. Every tool is installed in an environment of its own, dynalint from a wheel of this checkout. What
comes out is written into ``bench/RESULTS.md``.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bench.generate import SHAPES, Generator, Shape

BENCH = Path(__file__).resolve().parent
SIZES = ("small", "middle")
MOST_FOR_PEERS = 5_000
"""Files above which dynalint is measured alone, and once: the others would take the afternoon."""
SOUND = (0, 1)
"""Exit codes of a tool that has looked at everything: clean, and findings."""


class Measured(NamedTuple):
    """One run of a process: seconds by the clock, seconds of all cores, and the most memory in MB."""

    wall: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Tool:
    """Something that checks the directory behind its command. ``before`` is what is done to that before each run."""

    name: str
    version: str
    command: tuple[str, ...]
    before: Callable[[Path], None] = lambda _: None


def measure(command: Sequence[str], environment: dict[str, str]) -> Measured:
    """Run a process to its end. SystemExit where it fails."""
    with tempfile.TemporaryFile() as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=os.environ | environment, stdout=output, stderr=output)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in SOUND:
            output.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{output.read().decode('utf-8', 'replace')[-2_000:]}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measured(wall, used.ru_utime + used.ru_stime, kilobytes / 1024)


def environment_with(place: Path, requirement: str) -> Path:
    """The folder of commands of a new environment that has what is required."""
    if not place.exists():
        venv.create(place, with_pip=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, requirement], check=True)
    return place / "bin"


def version_of(command: str) -> str:
    """The version that a command gives."""
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(?:\.\d+)+", done.stdout + done.stderr)
    return found[0] if found else "unknown"


def edit(repository: Path) -> None:
    """Change one of the files that matter."""
    path = next(path for path in sorted(repository.rglob("*.tf")) if "aws_dynamodb_table" in path.read_text("utf-8"))
    path.write_text(f"# {time.time_ns()}\n{path.read_text('utf-8')}", "utf-8")


def own_tools(place: Path) -> Iterator[Tool]:
    """Dynalint from this checkout in three states, and the floor."""
    commands = environment_with(place / "dynalint", str(BENCH.parent))
    command = str(commands / "dynalint")
    version = version_of(command)
    words = (command, "check", "--no-progress")
    yield Tool("dynalint, cold", version, words, lambda _: shutil.rmtree(place / "cache", ignore_errors=True))
    yield Tool("dynalint, edited", version, words, edit)
    yield Tool("dynalint, warm", version, words)
    yield Tool("floor", "", (str(commands / "python"), str(BENCH / "floor.py")))


def peers(place: Path) -> Iterator[Tool]:
    """checkov, and of tflint and trivy what is on PATH."""
    checkov = str(environment_with(place / "checkov", "checkov") / "checkov")
    quiet = ("--framework", "terraform", "--compact", "--quiet", "--skip-download", "-d")
    yield Tool("checkov", version_of(checkov), (checkov, *quiet))
    for name, words in {"tflint": ("--recursive", "--chdir"), "trivy": ("config", "--offline-scan")}.items():
        if found := shutil.which(name):
            yield Tool(name, version_of(found), (found, *words))


def compare(repository: Path, given: Sequence[Tool], rounds: int, place: Path) -> dict[str, list[Measured]]:
    """What every tool takes for a repository, round by round."""
    taken: dict[str, list[Measured]] = {tool.name: [] for tool in given}
    for _ in range(rounds):
        for tool in given:
            tool.before(repository)
            found = measure([*tool.command, str(repository)], {"DYNALINT_CACHE_DIR": str(place / "cache")})
            taken[tool.name].append(found)
            print(f"{repository.name}: {tool.name}: {found.wall:.2f} s", file=sys.stderr)
    return taken


def table(taken: dict[str, list[Measured]]) -> Iterator[str]:
    """Medians, and how many times those of the warm dynalint they are."""
    yield "| tool | wall, s | CPU, s | memory, MB | wall, ratio | CPU, ratio | memory, ratio |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    rows = {name: Measured(*map(statistics.median, zip(*runs, strict=True))) for name, runs in taken.items()}
    for name, row in rows.items():
        ratios = [f"{value / unit:.1f}" for value, unit in zip(row, rows["dynalint, warm"], strict=True)]
        yield f"| {' | '.join([name, f'{row.wall:.2f}', f'{row.cpu:.2f}', f'{row.memory:.0f}', *ratios])} |"


def section(size: str, shape: Shape, written: int, taken: dict[str, list[Measured]]) -> str:
    """The part of the results that is about one repository."""
    rounds = len(next(iter(taken.values())))
    runs = f"medians of {rounds} runs" if rounds > 1 else "one run"
    about = (
        f"{shape.files} files, {written / 1e6:.2f} MB, {shape.stacks} root module{'s' * (shape.stacks > 1)}; {runs}."
    )
    return "\n".join([f"## {size}", "", about, "", *table(taken), ""])


def heading(sizes: Sequence[str], measured: Sequence[Tool]) -> str:
    """What was measured, when and where."""
    known = (tool for tool in measured if tool.version)
    versions = ", ".join(dict.fromkeys(f"{tool.name.partition(',')[0]} {tool.version}" for tool in known))
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    command = f"`python -m bench.run {' '.join(sizes)}` on {datetime.now(UTC):%Y-%m-%d}"
    return f"# Results\n\n{command}: {versions}; {machine}.\n"


def main() -> int:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", metavar="SIZE", help=f"which of {', '.join(SHAPES)}")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-peers", action="store_true", help="measure dynalint alone")
    parser.add_argument("--place", type=Path, help="keep environments and repositories here")
    given = parser.parse_args()
    sizes = given.sizes or SIZES
    place = given.place or Path(tempfile.mkdtemp(prefix="dynalint-bench-"))
    own = list(own_tools(place))
    others = [] if given.no_peers else list(peers(place))
    sections = [heading(sizes, [*own, *others])]
    for size in sizes:
        repository = place / f"{size}-{given.seed}"
        written = Generator(SHAPES[size], given.seed).write(repository)
        shape = SHAPES[size]
        is_large = shape.files > MOST_FOR_PEERS
        measured = [tool for tool in own if tool.version] if is_large else [*own, *others]
        rounds = 1 if is_large else given.rounds
        sections.append(section(size, shape, written, compare(repository, measured, rounds, place)))
    (BENCH / "RESULTS.md").write_text("\n".join(sections), encoding="utf-8")
    if not given.place:
        shutil.rmtree(place)
    return 0


if __name__ == "__main__":
    sys.exit(main())
