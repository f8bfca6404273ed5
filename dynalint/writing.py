"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import os
import stat


def replace_file(path: str, data: bytes) -> None:
    """Put ``data`` in the place of a file, or make it. OSError where that cannot be; then the file is as it was."""
    import tempfile  # noqa: PLC0415 - most runs write no file

    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=f".{os.path.basename(path)}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _mode(path: str) -> int:
    """The mode of the file that is replaced; for a new one, what the user's mask leaves."""
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
