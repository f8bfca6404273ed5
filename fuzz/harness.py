"""One target under atheris, in a process of its own: ``python -m fuzz.harness TARGET FOLDER WATCHED FLAG…``.

``python -m fuzz.run`` starts it. What a property raises is written into ``FOLDER/fell-out``, the shortest input for
each place that it came from, and fuzzing goes on: one fault known would otherwise hide all others. Only what hangs, or
takes all memory, ends the process; libFuzzer itself keeps such an input.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from hashlib import sha1
from importlib import import_module
from pathlib import Path
from typing import Any

INSTALL = "fuzzing needs atheris, which is no part of the development tools: pip install --group fuzz"
ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {"dynalint": ROOT / "dynalint", "dynalint_rules": ROOT / "rules"}


def atheris() -> Any:
    """The module. SystemExit where it is not installed."""
    try:
        return import_module("atheris")
    except ImportError as error:
        raise SystemExit(INSTALL) from error


def modules(watched: Sequence[str]) -> Iterator[tuple[str, Path, bool]]:
    """The modules of the project with their files, and whether they are watched ones or inside of them."""
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder).with_suffix("").parts
            name = ".".join([package, *parts]).removesuffix(".__init__")
            yield name, path, any(f"{name}.".startswith(f"{module}.") for module in watched)


def signature(fault: BaseException) -> str:
    """Where a fault comes from: its class and the last places in this project that it went through."""
    frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename.startswith(str(ROOT))]
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-2:]]
    return " ".join([type(fault).__name__, *places])


def remember_parsed() -> None:
    """Parse a text that comes again only once: whole runs of one input read the same file a dozen times."""
    syntax = import_module("dynalint.syntax")
    for name in ("dynalint.project", "dynalint.fixes", "dynalint.masking"):
        setattr(import_module(name), "load_text", lru_cache(maxsize=64)(syntax.load_text))  # noqa: B010 - no attribute of a module type


class Collected:
    """A property that raises nothing, and writes down what it would have raised."""

    def __init__(self, act: Callable[[bytes], None], folder: Path) -> None:
        self._act = act
        self._folder = folder
        self._shortest: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        """Ask an input."""
        try:
            self._act(data)
        except Exception as fault:  # noqa: BLE001 - whatever it is, it fell out
            self._note(data, fault)

    def _note(self, data: bytes, fault: Exception) -> None:
        found = signature(fault)
        if len(data) >= self._shortest.get(found, sys.maxsize):
            return
        if found not in self._shortest:
            print(f"\nfell out: {found}: {str(fault)[:300]!r} on {data[:300]!r}", file=sys.stderr)
            traceback.print_exception(fault, limit=-6, file=sys.stderr)
        self._shortest[found] = len(data)
        name = sha1(found.encode(), usedforsecurity=False).hexdigest()[:16]
        (self._folder / name).write_bytes(data)


def main() -> None:
    """Fuzz until the flags say that it is enough."""
    target, folder, watched, *flags = sys.argv[1:]
    fuzzer = atheris()
    others = [module for module, _, is_watched in modules(watched.split(",")) if not is_watched]
    with fuzzer.instrument_imports(include=list(PACKAGES), exclude=others):
        properties = import_module("tests.hostile.properties").PROPERTIES
        import_module("dynalint.store").disable()
        if target == "fixes":
            remember_parsed()
        fuzzer.Setup([sys.argv[0], *flags], Collected(properties[target], Path(folder) / "fell-out"))
        fuzzer.Fuzz()


if __name__ == "__main__":
    main()
