"""The command line."""

from __future__ import annotations

import atexit
import gc
import os
import sys

from dynalint.errors import Stopped, UsageError

OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Most of what a run makes stays until its end: Python's 700 has a quarter of it go into looking for garbage."""

FAULT = 2
INTERRUPTED = 130
READER_GONE = 141
"""What shells show for a program that wrote to a pipe whose reader had gone."""


def program() -> None:
    """:func:`main` as a process of its own, which does not take itself apart at the end.

    The system does that at once, Python object by object: a fifth of what a small run takes.
    """
    try:
        main()
    except SystemExit as end:
        if isinstance(end.code, int) and not sys.gettrace() and not sys.getprofile():
            _leave(end.code)
        raise


def main() -> None:
    """Run a command and exit: 0 clean, 1 findings, 2 wrong usage or a fault, 3 nothing to check.

    No fault of dynalint's looks like findings: whatever is raised ends in one line and code 2.
    """
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        _run()
    except UsageError as fault:
        _stop(str(fault))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Stopped as signal:
        sys.exit(signal.code)
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes 1 of it, which means findings here
            sys.exit(READER_GONE)
        raise
    except Exception as fault:
        if isinstance(fault.__cause__, KeyboardInterrupt):  # what Python makes of one that falls into a class body
            sys.exit(INTERRUPTED)
        if isinstance(fault.__cause__, Stopped):
            sys.exit(fault.__cause__.code)
        if os.environ.get("DYNALINT_DEBUG"):
            raise
        text = " ".join(f"{type(fault).__name__}: {fault}".split())
        _stop(f"dynalint failed with {text} (DYNALINT_DEBUG=1 shows where)")


def _run() -> None:
    from dynalint.cli.streams import heeding_signals, prepare_streams  # noqa: PLC0415 - as below

    prepare_streams()
    with heeding_signals():
        from dynalint.cli.app import app_for  # noqa: PLC0415 - a fault on import is reported like any other

        app_for(sys.argv[1:])(prog_name="dynalint")


def _leave(code: int) -> None:
    atexit._run_exitfuncs()  # noqa: SLF001 - what would run them otherwise is left out
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):  # nobody reads it: Python knows what to do then
        return
    os._exit(code)


def _stop(message: str) -> None:
    """End with one line, which may hold names of a repository."""
    from dynalint.cli.streams import tell  # noqa: PLC0415 - as above
    from dynalint.reports.inert import visible  # noqa: PLC0415 - most runs do not end here

    tell(f"error: {visible(message)}")
    sys.exit(FAULT)
