"""What ``dynalint graph`` is made of; imported when it runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from dynalint.cli.inspect_view import Sources
from dynalint.cli.outputs import write_text
from dynalint.cli.page_view import root_picture
from dynalint.discovery import Scan, discover, from_here
from dynalint.dynamodb.interest import INTEREST
from dynalint.dynamodb.model import build_model
from dynalint.errors import UsageError
from dynalint.evaluation.config import ModuleConfig
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.planned_root import planned_root
from dynalint.evaluation.root import evaluate_root
from dynalint.project import real_path
from dynalint.reports import graph_dot, graph_mermaid, graph_svg
from dynalint.reports.graphs import Drawing, drawings_of
from dynalint.reports.places import Places

WRITERS = {"mermaid": graph_mermaid.render, "dot": graph_dot.render, "svg": graph_svg.render}


def drawings(scan: Scan, inputs: Inputs, only: Sequence[str]) -> list[Drawing]:
    """One drawing a table, roots in order. UsageError where there is nothing to draw."""
    if scan.empty:
        raise UsageError("nothing to draw: no Terraform files there")
    found = [drawing for drawing in _all(scan, inputs) if not only or _fits(drawing.table.address, only)]
    if not found:
        raise UsageError("nothing to draw: there is no table" + (" with such an address" if only else ""))
    return found


def write(found: Sequence[Drawing], format_: str, output: str) -> None:
    """Write the drawings. UsageError for a file that cannot be written."""
    write_text(output, WRITERS[format_](found))


def _all(scan: Scan, inputs: Inputs) -> Iterator[Drawing]:
    configs: dict[str, ModuleConfig] = {}
    planned = planned_root(inputs.plan, scan.roots, scan.project, configs) if inputs.plan else None
    for directory in scan.roots or scan.modules:
        own = inputs if directory == planned else replace(inputs, plan=None)
        root = evaluate_root(directory, scan.project, own, INTEREST, configs)
        texts = Sources(root, scan.project)
        yield from drawings_of(root_picture(build_model(root), Places(texts, real_path("."))))


def _fits(address: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern fits; brackets are part of addresses, and stand for themselves."""
    return any(fnmatchcase(address, pattern.replace("[", "[[]")) for pattern in patterns)


__all__ = ["discover", "drawings", "from_here", "write"]
