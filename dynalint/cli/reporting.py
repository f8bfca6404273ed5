"""What ``dynalint report`` is made of; imported when it runs."""

from __future__ import annotations

import os
import sys
from dataclasses import field, replace

from dynalint.cli.inspect_view import Sources
from dynalint.cli.outputs import write_text
from dynalint.cli.page_view import page_of, root_picture
from dynalint.cli.settings import RunSettings
from dynalint.clock import today
from dynalint.discovery import Scan, discover
from dynalint.dynamodb.model import Model
from dynalint.engine import Request, check
from dynalint.installed import version
from dynalint.packs import load_rules
from dynalint.project import real_path
from dynalint.records import dataclass
from dynalint.reports import html
from dynalint.reports.pictures import RootPicture
from dynalint.reports.places import Places
from dynalint.run_rules import RULE_FAILED
from dynalint.selection import Selection
from dynalint.syntax.source import Source

WRITTEN, FAULT, NOTHING = 0, 2, 3


@dataclass(slots=True)
class Watcher:
    """Draws each model while it is at hand, and keeps the texts that the pictures point into."""

    scan: Scan
    pictures: list[RootPicture] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)

    def see(self, model: Model, environment: str) -> None:
        """Take the picture of a root module."""
        texts = Sources(model.root, self.scan.project)
        picture = root_picture(model, Places(texts, real_path(".")), environment)
        self.pictures.append(picture)
        for path in (statement.at.path for statement in picture.statements):
            self.sources[path] = texts[path]


def write(scan: Scan, request: Request, output: str) -> int:
    """Check, draw, and write the page; what the process exits with."""
    if scan.empty:
        sys.stderr.write("error: nothing to show: no Terraform files there\n")
        return NOTHING
    watcher = Watcher(scan)
    report = check(scan, replace(request, observe=watcher.see))
    page = page_of(report, watcher.pictures, watcher.sources, _title(scan))
    write_text(output, html.render(page, report, html.PageOptions(real_path("."), version("dynalint"))))
    failed = any(finding.rule is RULE_FAILED for finding in report.findings)
    return FAULT if failed else WRITTEN


def _title(scan: Scan) -> str:
    """The directory that holds all roots, as seen from here; empty for this one and those above it."""
    top = os.path.commonpath(scan.roots or scan.modules)
    shown = Places({}, real_path(".")).relative(top)
    return "" if shown.startswith(".") else shown


__all__ = ["Request", "RunSettings", "Selection", "discover", "load_rules", "today", "write"]
