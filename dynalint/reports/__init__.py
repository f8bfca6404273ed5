"""Findings to text, JSON, SARIF and what CI systems read: one module a format.

A format is a module with a function ``render(report, options) -> str`` and a line in :data:`FORMATS`. Importing this
package imports none of them, so that a run pays only for the formats it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from dynalint.findings import Report, Severity
from dynalint.records import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a report may depend on besides the findings; everything that only a terminal has is off by default.

    ``base`` is the directory that paths are shown relative to, ``git_root`` the top of the git work tree that holds
    the scanned files (SARIF's paths start there; ``base`` stands in where there is none). ``root_label`` tells several
    runs of one pipeline apart. ``width`` is in terminal cells; None where nobody looks, and then prose is not wrapped.
    ``statistics`` counts findings by rule where people read them. ``include_suppressed`` puts suppressed findings into
    formats that leave them out by default.
    """

    base: str
    git_root: str | None = None
    root_label: str = ""
    tool_version: str = ""
    color: bool = False
    hyperlinks: bool = False
    width: int | None = None
    verbose: int = 0
    quiet: bool = False
    statistics: bool = False
    fail_on: Severity | None = Severity.WARNING
    include_suppressed: bool = False


Writer = Callable[[Report, RenderOptions], str]
"""A report as text, with a line end at its end unless it is empty."""

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "text": "dynalint.reports.text",
        "concise": "dynalint.reports.concise",
        "json": "dynalint.reports.json_v1",
        "json-v1": "dynalint.reports.json_v1",
        "jsonl": "dynalint.reports.jsonl",
        "sarif": "dynalint.reports.sarif",
        "junit": "dynalint.reports.junit",
        "gitlab": "dynalint.reports.gitlab",
        "github": "dynalint.reports.github",
        "markdown": "dynalint.reports.markdown",
        "checkstyle": "dynalint.reports.checkstyle",
        "rdjsonl": "dynalint.reports.rdjsonl",
        "azure": "dynalint.reports.azure",
    }
)
"""Names of the formats, and the modules that write them."""

JSON = frozenset({"json", "json-v1", "jsonl", "sarif", "gitlab", "rdjsonl"})
"""The formats that are JSON, or lines of it."""


class UnknownFormatError(KeyError):
    """There is no format of that name."""

    def __str__(self) -> str:
        return f"no such format: {self.args[0]!r} (there are {', '.join(FORMATS)})"


def writer(name: str) -> Writer:
    """The writer of the format called ``name``. Raises UnknownFormatError, a KeyError."""
    if name not in FORMATS:
        raise UnknownFormatError(name)
    render = cast("Writer", import_module(FORMATS[name]).render)
    if name not in JSON:
        return render
    from dynalint.reports.inert import inert_json  # noqa: PLC0415 - whoever imports the names needs none of the rest

    return lambda report, options: inert_json(render(report, options))
