"""dynalint's own cache folder: JSON files that may vanish or be broken at any time."""

from __future__ import annotations

import json
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

MAX_BYTES = 200_000_000
"""Size of the whole folder, above which the files that were written longest ago are deleted."""

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
    own = os.environ.get("DYNALINT_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base, "dynalint") if base and Path(base).is_absolute() else None


def read_json(name: str) -> dict[str, Any] | None:
    """The JSON object in a file of the cache; None if it is not there, not readable or not JSON."""
    place = folder()
    if place is None:
        return None
    try:
        found = json.loads((place / name).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def write_json(name: str, content: dict[str, Any]) -> None:
    """Write a file of the cache at one stroke. That it cannot be written costs only speed."""
    place = folder()
    if place is None:
        return
    temporary = place / f"{name}.{os.getpid()}.tmp"
    try:
        place.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(content, separators=(",", ":")), encoding="ascii")
        temporary.replace(place / name)
    except OSError:
        remove(temporary)


def remove(path: Path) -> None:
    """Delete a file if that is possible."""
    try:
        path.unlink()
    except OSError:
        return


def prune() -> None:
    """Delete the files that were written longest ago while the folder is larger than it may be."""
    place = folder()
    if place is None:
        return
    try:
        files = sorted((entry.stat().st_mtime, entry.stat().st_size, entry.path) for entry in os.scandir(place))
    except OSError:
        return
    total = sum(size for _, size, _ in files)
    for _, size, path in files:
        if total <= MAX_BYTES:
            break
        remove(Path(path))
        total -= size
