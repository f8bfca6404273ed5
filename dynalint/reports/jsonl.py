"""The report as JSON lines, for programs that read a stream or join many reports.

Each line is one object of the JSON report, with its ``kind`` in front: ``finding``, ``undecided``, ``suppressed``, and
at the end ``summary``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dynalint.findings import Report
from dynalint.reports import RenderOptions
from dynalint.reports.json_v1 import document

KINDS = {"findings": "finding", "undecided": "undecided", "suppressed": "suppressed"}


def render(report: Report, options: RenderOptions) -> str:
    """One object a line: same report, same bytes."""
    return "".join(json.dumps(item) + "\n" for item in _items(document(report, options)))


def _items(made: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, kind in KINDS.items():
        yield from ({"kind": kind, **item} for item in made[key])
    yield {"kind": "summary", "version": made["version"], **made["summary"]}
