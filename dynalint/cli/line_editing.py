"""History and completion of what is typed at a terminal, where Python has readline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from dynalint import store

MOST_KEPT = 1000


@contextmanager
def editing(names: Sequence[str]) -> Iterator[None]:
    """Complete ``names`` with the tabulator, and keep the history in the cache folder. Without readline, neither."""
    try:
        import readline  # noqa: PLC0415 - there is none on Windows
    except ImportError:
        yield
        return
    folder = store.folder()
    history = str(folder / "console-history") if folder else None
    readline.set_completer(lambda text, at: completion(names, text, at))
    readline.set_completer_delims(" \t\n()[]{}\"'`,=+*/%<>!&|?:$")
    readline.parse_and_bind("tab: complete")
    try:
        if history:
            readline.read_history_file(history)
    except OSError:
        readline.clear_history()
    try:
        yield
    finally:
        if folder and history:
            _keep(history)


def completion(names: Sequence[str], text: str, at: int) -> str | None:
    """The name number ``at`` of those that begin with ``text``."""
    fitting = [name for name in names if name.startswith(text)]
    return fitting[at] if at < len(fitting) else None


def _keep(history: str) -> None:
    import os  # noqa: PLC0415 - as readline
    import readline  # noqa: PLC0415 - as above

    readline.set_history_length(MOST_KEPT)
    try:
        os.makedirs(os.path.dirname(history), exist_ok=True)  # noqa: PTH103, PTH120 - readline takes texts
        readline.write_history_file(history)
    except OSError:
        return  # a cache that cannot be written is not used
