"""Paths as Go's ``path/filepath`` has them on Unix."""

from __future__ import annotations


def cleaned(path: str) -> str:
    """The shortest path that names the same: no ``.``, no doubled or closing slash, ``..`` only in front."""
    rooted = path.startswith("/")
    parts: list[str] = []
    for part in path.split("/"):
        if part in {"", "."}:
            continue
        if part != "..":
            parts.append(part)
        elif parts and parts[-1] != "..":
            parts.pop()
        elif not rooted:
            parts.append(part)
    return ("/" if rooted else "") + "/".join(parts) or "."


def base_name(path: str) -> str:
    """The last part of a path; ``.`` of an empty one, ``/`` of one that is only slashes."""
    if not path:
        return "."
    return path.rstrip("/").rpartition("/")[2] or "/"


def directory_name(path: str) -> str:
    """All but the last part of a path, cleaned."""
    return cleaned(path[: path.rfind("/") + 1])
