"""``check --add-ignores`` and ``dynalint migrate-ignores``: comments written into the files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace

from dynalint.cli.fixing import settle
from dynalint.cli.running import CLEAN, NOTHING, Prepared, Wishes, prepared, tell
from dynalint.engine import check
from dynalint.errors import UsageError
from dynalint.findings import Edit, Finding, Report
from dynalint.fixes import edited, fix_all
from dynalint.ignoring import migrated, with_ignores
from dynalint.reports.summary import amount

Texts = Mapping[str, bytes]


def add_ignores(reason: str, report: Report, begun: Prepared, *, write: bool) -> Report:
    """What is left after a comment was written above each finding. UsageError for a reason that is none."""
    if not reason.strip() or not reason.isprintable():
        raise UsageError("--add-ignores takes a reason, in one line: why may these findings stay?")

    def commented(texts: Texts) -> Report:
        scan = begun.find(overlay=texts)
        found = check(scan, begun.request)
        return with_ignores(found, scan.project.file, reason.strip())

    first = with_ignores(report, begun.scan.project.file, reason.strip())
    result = fix_all(first, commented, unsafe=True)
    settle(result.texts, {path: report.sources[path].data for path in result.texts}, write=write)
    count = len(report.findings) - len(result.report.findings)
    verb = "ignored" if write else "would ignore"
    sys.stderr.write(f"{verb} {amount(count, 'finding')} in {amount(len(result.texts), 'file')}\n")
    if left := len(result.report.findings):
        without = "those in JSON, in downloaded modules and of rules that cannot be ignored take none"
        sys.stderr.write(f"{amount(left, 'finding')} without a comment: {without}\n")
    return result.report


def migrate(wishes: Wishes) -> int:
    """Write comments of dynalint's own for those for other linters. UsageError where that would change a verdict."""
    begun = prepared(replace(wishes, no_foreign_ignores=False))
    report = check(begun.scan, replace(begun.request, honour_foreign=True))
    files = begun.scan.project
    edits: dict[str, list[Edit]] = {}
    for edit in migrated(report.suppressed, files.file):
        edits.setdefault(edit.span.path, []).append(edit)
    before = {path: files.file(path).source.data for path in edits}
    texts = {path: edited(files.file(path).source, items) for path, items in edits.items()}
    after = check(begun.find(overlay=texts), replace(begun.request, honour_foreign=True)) if texts else report
    begun.progress.clear()
    if lost := {*map(_about, after.findings)} - {*map(_about, report.findings)}:
        rule, path, *_ = min(lost)
        raise UsageError(f"nothing is written: {rule} in {path} would not be ignored any more")
    settle(texts, before, write=not wishes.diff)
    verb = "would rewrite" if wishes.diff else "rewrote"
    comments = len({item.comment for item in report.suppressed if item.tool})
    sys.stderr.write(f"{verb} {amount(comments, 'comment')} in {amount(len(texts), 'file')}\n")
    tell(begun.scan)
    return NOTHING if begun.scan.empty else CLEAN


def _about(finding: Finding) -> tuple[str, str, tuple[str, ...], str]:
    return finding.rule.code, finding.span.path, finding.addresses, finding.message
