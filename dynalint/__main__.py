"""``python -m dynalint``."""

from __future__ import annotations

import sys

if not sys.flags.safe_path:
    del sys.path[0]  # the current directory, which is often what is checked: nothing in it may be imported

from dynalint.cli import program

if __name__ == "__main__":
    program()
