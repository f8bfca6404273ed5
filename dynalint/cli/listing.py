"""What ``dynalint rules`` and ``dynalint rule`` are made of; imported when they run."""

from __future__ import annotations

import os
import sys
from typing import TypedDict

from dynalint.cli.outputs import to_standard_output
from dynalint.packs import infos_of, load_rules
from dynalint.reports.rule_lists import as_json, markdown, table
from dynalint.reports.rule_page import rule_page
from dynalint.reports.terminal import wants_color, width_of
from dynalint.selection import find_rule, unknown_rule


class Terminal(TypedDict):
    """How to write for standard output."""

    color: bool
    width: int | None


def terminal(color: str) -> Terminal:
    """What standard output can show."""
    return {"color": wants_color(sys.stdout, os.environ, color), "width": width_of(sys.stdout, os.environ)}


__all__ = [
    "as_json",
    "find_rule",
    "infos_of",
    "load_rules",
    "markdown",
    "rule_page",
    "table",
    "terminal",
    "to_standard_output",
    "unknown_rule",
]
