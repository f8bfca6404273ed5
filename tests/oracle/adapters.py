"""What dynalint says of a case, in a form that can be stored and compared: findings, undecided checks, resources."""

from __future__ import annotations

import contextlib
import inspect
import os
from collections.abc import Iterator
from datetime import date
from hashlib import blake2s
from pathlib import Path
from typing import Any

from dynalint.discovery import discover
from dynalint.engine import Request, check
from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.inspection import to_plain
from dynalint.evaluation.objects import resource_value
from dynalint.evaluation.root import evaluate_root
from dynalint.findings import Report
from dynalint.packs import infos_of, load_rules
from dynalint.project import Project
from dynalint.rule import Rule
from dynalint.settings import everywhere
from dynalint.syntax.source import Span

TODAY = date(2026, 6, 15)
SERVICES = ("aws_dynamodb_", "aws_appautoscaling_")


def observed(directory: Path) -> dict[str, Any]:
    """Findings, undecided checks and DynamoDB resources of a root module; paths are relative to it."""
    rules = load_rules()
    with contextlib.chdir(directory):
        chosen = frozenset(info.code for info in infos_of(rules))
        digests = {rule.info.code: _digest(rule) for rule in rules}
        report = check(discover(["."]), Request(everywhere(rules, chosen), Inputs(), TODAY))
        root = evaluate_root(str(Path.cwd()), Project(str(Path.cwd())), Inputs(everything=True))
    return {
        "findings": list(_findings(report, directory)),
        "undecided": sorted([item.rule.code, sorted(item.addresses)] for item in report.undecided),
        "suppressed": sorted([item.finding.rule.code, list(item.finding.addresses)] for item in report.suppressed),
        "faults": sorted(fault.code for fault in root.faults),
        "outputs": {name: to_plain(value) for name, value in sorted(root.outputs.items())},
        "resources": {
            item.address: to_plain(resource_value(item, later=True))
            for item in sorted(root.resources, key=lambda item: item.address)
            if item.type.startswith(SERVICES) and item.mode == "managed"
        },
        "rules": {code: digests.get(code, "") for code in sorted(chosen)},
    }


def _digest(rule: Rule[Any]) -> str:
    """Of the file of a rule: what was recorded with an older one says nothing about this one."""
    file = inspect.getsourcefile(rule.check)
    return blake2s(Path(file).read_bytes(), digest_size=8).hexdigest() if file else ""


def _findings(report: Report, directory: Path) -> Iterator[dict[str, Any]]:
    for finding in report.findings:
        yield {
            "code": finding.rule.code,
            "severity": finding.severity.name.lower(),
            "place": _place(report, finding.span, directory),
            "addresses": list(finding.addresses),
            "latent": finding.latent,
        }


def _place(report: Report, span: Span, directory: Path) -> str:
    path = os.path.relpath(span.path, directory.resolve()) if span.path.startswith("/") else span.path
    return f"{path}:{report.sources[span.path].line_at(span.start)}"
