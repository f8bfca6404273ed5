from __future__ import annotations

import subprocess
import sys

import pytest

from dynalint.reports import FORMATS, UnknownFormatError, writer
from tests.reports.samples import OPTIONS, clean, everything


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_renders_and_ends_its_last_line(name: str) -> None:
    for report in (everything(), clean()):
        text = writer(name)(report, OPTIONS)
        assert text.endswith("\n") or (not text and not report.findings)


def test_an_unknown_format_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownFormatError, match=r"'xml'.*text, concise, json, json-v1, jsonl, sarif"):
        writer("xml")


def test_importing_the_formats_names_loads_none_of_them() -> None:
    code = "import sys, dynalint.reports, dynalint.reports.terminal; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "rich" not in loaded
    assert not [name for name in loaded if name.startswith("dynalint.reports.") and not name.endswith("terminal")]


@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("text", "concise")])
def test_formats_for_programs_need_no_rich(name: str) -> None:
    code = f"import sys; from dynalint.reports import writer; writer({name!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "rich" not in loaded


def test_the_text_report_does_without_the_console() -> None:
    code = "import sys; from dynalint.reports import writer; writer('text'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"rich.console", "rich.markdown", "rich.table", "pygments"} & {*loaded}
