"""Reading a file that the project names: a regular one, of a size that dynalint reads."""

from __future__ import annotations

import os
import stat

LARGEST = 32 * 1024 * 1024
"""Bytes. AWS and Terraform have no such limit; what is read in practice is configuration, policies and templates."""


def read_regular(path: str) -> bytes:
    """The content of a file. OSError for a pipe, on which nobody may ever write, a device, and a file too large."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(0, "this is no regular file", path)
        if status.st_size > LARGEST or len(data := stream.read(LARGEST + 1)) > LARGEST:  # it may grow
            raise OSError(0, "a file of this size is more than dynalint reads", path)
        return data
