"""Where results go: several formats in one run, to standard output and to files."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dynalint.cli.options import one_of
from dynalint.errors import UsageError
from dynalint.findings import Report
from dynalint.masking import masked
from dynalint.records import dataclass
from dynalint.reports import FORMATS, RenderOptions, writer
from dynalint.writing import replace_file

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Output:
    """One format and where it goes; no path means standard output."""

    format: str
    path: str | None = None


def outputs_of(texts: Sequence[str]) -> tuple[Output, ...]:
    """The outputs asked for by ``FORMAT[=PATH]``; text goes to standard output where nothing else does.

    Raises UsageError for an unknown format, and for a second one on standard output.
    """
    outputs = tuple(_output(text) for text in texts)
    spoken = [output.format for output in outputs if output.path is None]
    if len(set(spoken)) > 1:
        raise UsageError(f"only one format can go to standard output: give {spoken[1]} a file, as {spoken[1]}=PATH")
    _refuse_one_file_twice([output.path for output in outputs if output.path])
    return outputs if spoken else (Output(TEXT), *outputs)


def _refuse_one_file_twice(paths: Sequence[str]) -> None:
    """UsageError for files that two outputs would write, one over the other; a device may take several."""
    files = Counter(os.path.realpath(path) for path in paths if os.path.isfile(path) or not os.path.exists(path))
    for path, count in files.items():
        if count > 1:
            raise UsageError(f"two outputs go to {path}")


def write_outputs(outputs: Sequence[Output], report: Report, options: RenderOptions) -> None:
    """Write every output, without secrets; files are replaced whole or not at all.

    ``options`` are those for standard output.

    A text that would say that nothing was found in no file is left out: standard error says what matters then. Raises
    UsageError for a file that cannot be written.
    """
    report = masked(report)
    for output in outputs:
        if output.format == TEXT and not report.summary.files and not report.findings:
            continue
        render = writer(output.format)
        if output.path is None:
            to_standard_output(render(report, options))
        else:
            text = render(report, replace(options, color=False, hyperlinks=False, width=None))
            _to_file(output.path, text)


def to_standard_output(text: str) -> None:
    """Write, even where a name is not UTF-8; a reader that has gone away is no fault. Raises UsageError on others."""
    try:
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except OSError as fault:
        # Python flushes standard output once more on its way out: https://docs.python.org/3/library/signal.html
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(fault, BrokenPipeError):
            raise UsageError(f"cannot write to standard output: {fault.strerror or fault}") from fault


def write_text(path: str, text: str) -> None:
    """Write to a file, or to standard output for ``-``. Raises UsageError for a file that cannot be written."""
    if path == "-":
        to_standard_output(text)
    else:
        _to_file(path, text)


def _output(text: str) -> Output:
    name, equals, path = text.partition("=")
    if equals and not path:
        raise UsageError(f"-o {text} names no file")
    return Output(one_of("--output", name, tuple(FORMATS)), path if path not in ("", "-") else None)


def _to_file(path: str, text: str) -> None:
    data = text.encode("utf-8", "backslashreplace")
    try:
        if path == os.environ.get("GITHUB_STEP_SUMMARY"):  # one file for all that a step has to say
            with open(path, "ab") as stream:
                stream.write(data)
        elif os.path.exists(path) and not os.path.isfile(path):  # /dev/stderr, a named pipe
            with open(path, "wb") as stream:
                stream.write(data)
        else:
            replace_file(os.path.realpath(path), data)
    except OSError as fault:
        raise UsageError(f"cannot write {path}: {fault.strerror or fault}") from fault
