"""``python -m dynalint``."""

from __future__ import annotations

from dynalint.cli import main

if __name__ == "__main__":
    main()
