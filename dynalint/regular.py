"""Reading a file that the project names: a regular one, of a size that dynalint reads."""

from __future__ import annotations

import os
import stat

LARGEST = 32 * 1024 * 1024
"""Bytes."""


def read_regular(path: str) -> bytes:
    """The content of a file. OSError for a pipe, on which nobody may ever write, a device, and a file too large."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "this is no regular file", path)
        if status.st_size > LARGEST:
            raise OSError(0, f"a file of {status.st_size} bytes is more than dynalint reads", path)
        return stream.read()
