"""``dynalint clean``: empty the cache."""

from __future__ import annotations


def clean() -> None:
    """Delete the cache: parsed files and earlier results. The next run makes it anew, and takes a little longer."""
    from dynalint import store  # noqa: PLC0415 - as above
    from dynalint.cli.outputs import to_standard_output  # noqa: PLC0415 - not needed for --help

    place = store.folder()
    files, size = store.clear()
    to_standard_output(
        f"deleted {files} files ({size / 1e6:.1f} MB) from {place}\n" if files else "the cache is empty\n"
    )
