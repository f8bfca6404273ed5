"""``check --fix`` and ``check --diff``: fixes tried out, then written or shown."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping

from dynalint.cli.outputs import to_standard_output
from dynalint.errors import UsageError
from dynalint.findings import Report
from dynalint.fixes import Check, Fixed, fix_all
from dynalint.project import real_path
from dynalint.records import dataclass
from dynalint.reports.inert import visible
from dynalint.writing import replace_file


@dataclass(frozen=True, slots=True)
class Fixing:
    """How to fix: which fixes count, whether files are written or a diff is shown, whether every fix is listed."""

    unsafe: bool
    write: bool
    every: bool

    def apply(self, report: Report, check: Check) -> Report:
        """What is left after fixing. UsageError where a file cannot be written."""
        result = fix_all(report, check, unsafe=self.unsafe)
        if not self.write:
            before = {path: report.sources[path].data for path in result.texts if path in report.sources}
            to_standard_output(diff(result, before))
        for path, text in sorted(result.texts.items()) if self.write else ():
            try:
                replace_file(os.path.realpath(path), text)
            except OSError as error:
                raise UsageError(f"cannot write {path}: {error.strerror}") from error
        tell(result, every=self.every, written=self.write)
        return result.report


def diff(result: Fixed, before: Mapping[str, bytes]) -> str:
    """What fixing changes, as a unified diff with paths relative to the current directory."""
    base = real_path(".")
    lines: list[str] = []
    for path, text in sorted(result.texts.items()):
        name = os.path.relpath(path, base)
        old, new = (_lines(data) for data in (before[path], text))
        lines += difflib.unified_diff(old, new, f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "surrogateescape").splitlines(keepends=True)


def tell(result: Fixed, *, every: bool, written: bool) -> None:
    """Say on standard error what was fixed."""
    if every:
        for finding in result.gone:
            what = finding.fix.message if finding.fix else ""
            place = os.path.relpath(finding.span.path, real_path("."))
            sys.stderr.write(f"{visible(place)}: {finding.rule.code} {finding.rule.name}: {visible(what)}\n")
    if result.gone or every:
        verb = "fixed" if written else "would fix"
        sys.stderr.write(f"{verb} {_counted(len(result.gone), 'finding')} in {_counted(len(result.texts), 'file')}\n")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
