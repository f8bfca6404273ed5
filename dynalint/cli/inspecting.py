"""What ``dynalint inspect`` is made of; imported when it runs."""

from __future__ import annotations

import json
import os
import sys

from dynalint.cli.inspect_view import view_of
from dynalint.cli.outputs import to_standard_output
from dynalint.discovery import Scan, discover, from_here
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import inspect_root
from dynalint.project import real_path
from dynalint.reports.inert import inert_json
from dynalint.reports.inspect_text import render
from dynalint.reports.terminal import wants_color, width_of


def as_json(scan: Scan, inputs: Inputs, *, show_sensitive: bool) -> str:
    """``{"roots": {PATH: …}}``, paths relative to the current directory."""
    roots = {
        os.path.relpath(directory, real_path(".")): inspect_root(
            directory, scan.project, inputs, show_sensitive=show_sensitive
        )
        for directory in _roots(scan)
    }
    return inert_json(json.dumps({"roots": roots}, indent=2) + "\n")


def as_text(scan: Scan, inputs: Inputs, *, show_sensitive: bool, color: str) -> str:
    """The trees of all roots."""
    base = real_path(".")
    views = [
        view_of(directory, scan.project, inputs, base=base, show_sensitive=show_sensitive) for directory in _roots(scan)
    ]
    return render(views, color=wants_color(sys.stdout, os.environ, color), width=width_of(sys.stdout, os.environ))


def _roots(scan: Scan) -> tuple[str, ...]:
    """The roots; modules that call each other in a circle have none."""
    return scan.roots or scan.modules


__all__ = ["as_json", "as_text", "discover", "from_here", "to_standard_output"]
