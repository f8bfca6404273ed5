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
from dynalint.reports.inert import inert_lines, visible
from dynalint.reports.summary import amount, listed
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
        before = {path: report.sources[path].data for path in result.texts if path in report.sources}
        settle(result.texts, before, write=self.write)
        self.tell(result)
        return result.report

    def tell(self, result: Fixed) -> None:
        """Say on standard error what was fixed."""
        if self.every:
            for finding in result.gone:
                what = finding.fix.message if finding.fix else ""
                place = os.path.relpath(finding.span.path, real_path("."))
                where = f" in {listed(finding.addresses, 2)}" if finding.addresses else ""
                rule = f"{finding.rule.code} {finding.rule.name}"
                sys.stderr.write(visible(f"{place}: {rule}{where}: {what}") + "\n")
        if result.gone or self.every:
            verb = "fixed" if self.write else "would fix"
            sys.stderr.write(f"{verb} {amount(len(result.gone), 'finding')} in {amount(len(result.texts), 'file')}\n")
        left = [finding.fix for finding in result.report.findings if finding.fix]
        if kept_out := [fix for fix in left if fix.safe or self.unsafe]:
            why = "with them a file could not be read, or what they are for would still be found"
            sys.stderr.write(f"{amount(len(kept_out), 'proposed change')} left out: {why}\n")
        waiting = [fix for fix in left if not fix.safe]
        if waiting and not self.unsafe:
            sys.stderr.write(f"{len(waiting)} more with --unsafe-fixes, each of which somebody should look at\n")


def settle(texts: Mapping[str, bytes], before: Mapping[str, bytes], *, write: bool) -> None:
    """Write the new texts, or show how they differ. UsageError where a file cannot be written."""
    if not write:
        shown = diff(texts, before)
        to_standard_output(inert_lines(shown) if sys.stdout.isatty() else shown)  # another program may apply it
    for path, text in sorted(texts.items()) if write else ():
        try:
            replace_file(os.path.realpath(path), text)
        except OSError as error:
            raise UsageError(f"cannot write {path}: {error.strerror}") from error


def diff(texts: Mapping[str, bytes], before: Mapping[str, bytes]) -> str:
    """What changes, as a unified diff with paths relative to the current directory."""
    base = real_path(".")
    lines: list[str] = []
    for path, text in sorted(texts.items()):
        name = os.path.relpath(path, base)
        sides = _quoted(f"a/{name}"), _quoted(f"b/{name}")
        old, new = (_lines(data) for data in (before[path], text))
        lines += difflib.unified_diff(old, new, *sides)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _quoted(name: str) -> str:
    """The name, in quotes and with octal escapes where it holds what acts: as git writes it, and patch reads it."""
    if visible(name) == name and not set(name) & {'"', "\\"}:
        return name
    plain = {*range(0x20, 0x7F)} - {*b'"\\#'}
    return '"' + "".join(chr(byte) if byte in plain else f"\\{byte:03o}" for byte in os.fsencode(name)) + '"'


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "surrogateescape").splitlines(keepends=True)
