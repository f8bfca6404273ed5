"""What other systems have: encodings, line ends, separators, names that are no text, names in any case, long paths."""

from __future__ import annotations

import ast
import json
import ntpath
import os
import sys
from functools import cache
from pathlib import Path

import pytest

from dynalint.project import real_path
from dynalint.reports import FORMATS
from tests.command_line import TABLE, UNRECOVERABLE, Cli
from tests.project.test_house import CHECKOUT, MODULES

TEXT_CALLS = {"open", "read_text", "write_text", "fdopen", "TextIOWrapper", "NamedTemporaryFile", "reconfigure"}
"""Functions that take an encoding, and without one take the system's."""


@cache
def calls_in(module: Path) -> tuple[ast.Call, ...]:
    tree = ast.parse((CHECKOUT / module).read_text(encoding="utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, ast.Call))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def names_its_encoding(call: ast.Call) -> bool:
    """Whether a call opens bytes, or says how text is written."""
    if isinstance(call.func, ast.Name) and call.func.id != "open":  # a function of dynalint's own
        return True
    words = {keyword.arg for keyword in call.keywords}
    modes = [node.value for node in ast.walk(call) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    binary = any(set(mode) <= set("rwaxb+") and "b" in mode for mode in modes)
    return bool(words & {"encoding", "errors"}) or binary or "utf-8" in modes


def test_every_text_file_names_its_encoding() -> None:
    openers = [(module, call) for module in MODULES for call in calls_in(module) if name_of(call) in TEXT_CALLS]
    found = {f"{module.as_posix()}:{call.lineno}" for module, call in openers if not names_its_encoding(call)}
    handles = {place for place in found if place.rpartition(":")[0] in WITHOUT_TEXT}
    assert len(openers) > 10
    assert found - handles == set()


WITHOUT_TEXT = {
    "dynalint/project.py",  # os.open, whose file object is binary
    "dynalint/regular.py",  # os.open
    "dynalint/cli/streams.py",  # os.open of the null device
    "dynalint/cli/outputs.py",  # os.open of the null device
    "dynalint/syntax/grammar.py",  # Lark.open, which reads a grammar of its own
    "dynalint/syntax/cache.py",
}
"""Modules with an ``open`` that is another one than Python's."""


def test_no_shell_is_started() -> None:
    shells = {"system", "popen", "getoutput", "getstatusoutput", "spawnl", "spawnv", "startfile"}
    calls = [(module.as_posix(), call) for module in MODULES for call in calls_in(module)]
    started = [(place, call) for place, call in calls if ast.unparse(call.func) in STARTING]
    assert [place for place, _ in started] == ["dynalint/revision.py"]
    assert [word.arg for _, call in started for word in call.keywords if word.arg in ("shell", "executable")] == []
    assert [place for place, call in calls if name_of(call) in shells] == []


STARTING = {f"subprocess.{name}" for name in ("run", "Popen", "call", "check_call", "check_output")}


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_no_encoding_of_a_console_stops_a_command(cli: Cli, encoding: str) -> None:
    """Reports are UTF-8 wherever they go; what else is said has escapes for what the console lacks."""
    cli.write({"é表/main.tf": UNRECOVERABLE.replace('"orders"\n', '"表-é"\n', 1)})
    lines = [["check", "-o", name] for name in FORMATS] + [
        *(["check", "--help"], ["rules"], ["rule", "DYN201"], ["config", "é表"], ["inspect"], ["graph"], ["init"]),
        *(["report", "-o", "é表/page.html"], ["check", "é表/none"], ["check", "-o", "json=é表/x/y"]),
        *(["baseline", verb, "--baseline", "é表/b.json"] for verb in ("create", "show", "update")),
        *(["check", "--fix", "--diff", "--show-fixes"], ["init", "--module", "é表/new"]),
    ]
    done = cli.python("-c", MANY, encoding, json.dumps(lines), LC_ALL="C", COLUMNS="80")
    codes = json.loads((cli.home / "codes").read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert "Error" not in (cli.home / "faults").read_text(encoding="utf-8")
    assert codes == [1] * len(FORMATS) + [0] * 8 + [2, 2] + [0] * 3 + [1, 0]


MANY = """
import io, json, sys
from dynalint.cli import main
codes, faults = [], []
*_, encoding, lines = sys.argv
for words in json.loads(lines):
    sys.argv[1:] = words
    sys.stdout = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    sys.stderr = io.StringIO()
    try:
        main()
    except SystemExit as end:
        codes.append(int(end.code or 0))
        faults.append(sys.stderr.getvalue())
open("codes", "w", encoding="utf-8").write(json.dumps(codes))
open("faults", "w", encoding="utf-8").write("".join(fault for fault in faults if "dynalint failed" in fault))
"""


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_make_no_difference(cli: Cli, end: str) -> None:
    text = UNRECOVERABLE.replace("\n", end) + f"# dynalint: ignore-file[DYN999] why{end}"
    (cli.home / "main.tf").write_bytes(text.encode())
    (cli.home / "dynalint.toml").write_bytes(f'fail-on = "note"{end}ignore = ["DYN601"]{end}'.encode())
    (cli.home / "terraform.tfvars").write_bytes(f"a = <<E{end}b{end}E{end}".encode())
    found = json.loads(cli("check", "-o", "json").stdout)["findings"]
    assert [(item["code"], item["line"], item["column"]) for item in found if item["code"] == "DYN201"] == [
        ("DYN201", 1, 1)
    ]
    cli("check", "--fix")
    fixed = (cli.home / "main.tf").read_bytes()
    assert b"point_in_time_recovery" in fixed
    assert (fixed.count(b"\r\n") == fixed.count(b"\n")) is (end == "\r\n")


def test_files_that_dynalint_writes_have_the_same_bytes_everywhere(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    cli("init", "--yes")
    cli("baseline", "create")
    cli("check", "-o", "json=out.json", "-o", "text=out.txt", "-o", "junit=out.xml")
    cli("report", "-o", "out.html")
    written = [path for path in cli.home.rglob("*") if path.is_file()]
    assert len(written) >= 8
    assert [path.name for path in written if b"\r" in path.read_bytes()] == []


def test_paths_of_windows_are_told_with_slashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where paths come in they lose their backslashes, so that nothing behind that sees one."""
    monkeypatch.setattr("dynalint.project.os", _Windows)
    assert real_path(r"C:\code\modules\..\main.tf") == "C:/code/main.tf"


class _Windows:
    """What dynalint.project asks of os, as Windows answers it."""

    sep = "\\"

    class path:  # noqa: N801 - as os has it
        realpath = staticmethod(ntpath.normpath)


def test_only_one_door_lets_separators_in() -> None:
    """os.sep and os.path.join stand where paths come in or go out, and nowhere between."""
    users = {module.as_posix() for module in MODULES if "os.sep" in (CHECKOUT / module).read_text(encoding="utf-8")}
    assert users <= {"dynalint/project.py", "dynalint/evaluation/root_files.py", "dynalint/reports/places.py"}


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a file system that takes any bytes for a name")
@pytest.mark.parametrize("format_", FORMATS)
def test_names_that_are_no_text(cli: Cli, format_: str) -> None:
    folder = os.fsencode(cli.home) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102 - a name that is no text
    for name, text in ((b"/\xff.tf", UNRECOVERABLE), (b"/x\xfe.auto.tfvars", "a = 1\n"), (b"/\x80.tf", "locals {\n")):
        with open(folder + name, "w", encoding="utf-8") as stream:  # noqa: PTH123 - as above
            stream.write(text)
    done = cli("check", "-o", format_, "-vv")
    assert (done.returncode, done.stderr) == (1, "")
    assert "caf" in done.stdout


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="a file system that takes any bytes for a name")
def test_names_that_are_no_text_in_every_command(cli: Cli) -> None:
    folder = os.fsencode(cli.home) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102 - a name that is no text
    (Path(os.fsdecode(folder)) / "main.tf").write_text(UNRECOVERABLE, encoding="utf-8")
    place = os.fsdecode(folder)
    for command in (
        *(("inspect", place), ("graph", place), ("report", place, "-o", "-"), ("config", place)),
        *(("baseline", verb, place, "--baseline", f"{place}/b.json") for verb in ("create", "show", "update")),
        *(("migrate-ignores", place), ("check", place, "--fix", "--diff"), ("check", place, "--fix"), ("init", place)),
    ):
        done = cli(*command)
        assert done.returncode == 0, (command, done.stderr)
    assert cli("check", place).returncode == 0


def test_names_that_differ_in_case_alone_are_two(cli: Cli) -> None:
    """On a file system where they are one the second is written over the first, and there is one finding."""
    cli.write({"Main.tf": UNRECOVERABLE, "main.tf": UNRECOVERABLE.replace("orders", "other")})
    found = json.loads(cli("check", "-o", "json").stdout)["findings"]
    assert len([item for item in found if item["code"] == "DYN201"]) == len([*cli.home.iterdir()])


def test_a_long_path(cli: Cli) -> None:
    """Longer than a name of a socket, of a file of Windows, and of many a tool's buffer; the system's own end apart."""
    place = "/".join(["d" * 200] * 15)
    cli.write({f"{place}/main.tf": UNRECOVERABLE, f"{place}/m/main.tf": TABLE})
    for format_ in ("text", "sarif", "json"):
        assert place in cli("check", "-o", format_).stdout
    assert cli("check", "--fix").returncode == 0
