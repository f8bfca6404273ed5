"""dynalint's own cache folder: JSON files that may vanish or be broken at any time.

Files appear whole or not at all, so that runs may share the folder. Nothing else in it is ever touched: somebody may
have pointed dynalint to a folder with files of their own. What belongs to another user is neither believed nor written.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from dynalint.regular import read_regular

MAX_BYTES = 200_000_000
"""Size of the whole folder, above which the files that were written longest ago are deleted."""

OWN = re.compile(r"(?:blocks|results|tables)-[0-9a-f]+\.json(?:\.\d+\.tmp)?")
"""Names of the files here; those that a run was killed over have a number behind them."""

_enabled = True


def disable() -> None:
    """Neither read nor write the cache folder in this process."""
    global _enabled  # noqa: PLW0603 - one process has one cache
    _enabled = False
    folder.cache_clear()


@cache
def folder() -> Path | None:
    """The cache folder; None where there is none to be had."""
    if not _enabled:
        return None
    place = _named()
    return place if place and _is_ours(place) else None


def _named() -> Path | None:
    """The folder that the environment names."""
    own = os.environ.get("DYNALINT_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif os.environ.get("HOME") == "":  # Python takes the root for it
        base = os.environ.get("XDG_CACHE_HOME")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base, "dynalint") if base and Path(base).is_absolute() else None


def _is_ours(path: Path) -> bool:
    """Whether a path belongs to whoever runs this, or is not there, or the system knows no owners."""
    try:
        return not hasattr(os, "geteuid") or path.stat().st_uid == os.geteuid()
    except OSError:
        return True


def read_json(name: str) -> dict[str, Any] | None:
    """The JSON object in a file of the cache; None if it is not there, not readable or not JSON."""
    place = folder()
    if place is None:
        return None
    path = place / name
    try:
        found = json.loads(read_regular(str(path))) if _is_ours(path) else None
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_json(name: str, content: dict[str, Any]) -> None:
    """Write a file of the cache at one stroke. That it cannot be written costs only speed."""
    place = folder()
    if place is None:
        return
    temporary = place / f"{name}.{int.from_bytes(os.urandom(8))}.tmp"
    _prune_at_the_end()
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
        temporary.replace(place / name)
    except OSError:
        remove(temporary)
    except BaseException:
        remove(temporary)
        raise


def remove(path: Path) -> None:
    """Delete a file if that is possible."""
    try:
        path.unlink()
    except OSError:
        return


@cache
def _prune_at_the_end() -> None:
    atexit.register(prune)


def prune() -> None:
    """Delete the files that were written longest ago while the folder is larger than it may be."""
    files = sorted(_files())
    total = sum(size for _, size, _ in files)
    for _, size, path in files:
        if total <= MAX_BYTES:
            break
        remove(Path(path))
        total -= size


def clear() -> tuple[int, int]:
    """Delete every file; how many there were, and their bytes."""
    files = list(_files())
    for _, _, path in files:
        remove(Path(path))
    return len(files), sum(size for _, size, _ in files)


def _files() -> Iterator[tuple[float, int, str]]:
    """When each file was written, its size and its path; none where the folder cannot be read."""
    try:
        for entry in os.scandir(folder() or os.devnull):
            if OWN.fullmatch(entry.name):
                found = entry.stat(follow_symlinks=False)
                yield found.st_mtime, found.st_size, entry.path
    except OSError:
        return
