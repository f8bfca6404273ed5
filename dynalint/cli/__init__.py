"""The command line."""

from __future__ import annotations

import gc
import os
import sys

from dynalint.errors import UsageError

OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Most of what a run makes stays until its end: Python's 700 has a quarter of it go into looking for garbage."""


def main() -> None:
    """Run a command and exit: 0 clean, 1 findings, 2 wrong usage or a fault, 3 nothing to check.

    No fault of dynalint's looks like findings: whatever is raised ends in one line and code 2.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        from dynalint.cli.app import app_for  # noqa: PLC0415 - a fault on import is reported like any other

        app_for(sys.argv[1:])(prog_name="dynalint")
    except UsageError as fault:
        _stop(str(fault))
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as fault:
        if isinstance(fault.__cause__, KeyboardInterrupt):  # what Python makes of one that falls into a class body
            sys.exit(130)
        if os.environ.get("DYNALINT_DEBUG"):
            raise
        text = " ".join(f"{type(fault).__name__}: {fault}".split())
        _stop(f"dynalint failed with {text} (DYNALINT_DEBUG=1 shows where)")


def _stop(message: str) -> None:
    sys.stderr.write(f"error: {message}\n")
    sys.exit(2)
