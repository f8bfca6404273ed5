"""Failures of dynalint and of what it writes to: one line that helps, a code that is not green, and nothing half."""

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_check import team_rule
from tests.command_line import TABLE, UNRECOVERABLE, Cli

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and devices that Windows has not")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-o", "json=folder"), "cannot write folder: Is a directory"),
        (("-o", "json=none/x.json"), "cannot write none/x.json: No such file or directory"),
        (("-o", "json=same.json", "-o", "sarif=same.json"), "two outputs go to "),
        (("-o", "json=same.json", "-o", "sarif=./folder/../same.json"), "two outputs go to "),
    ],
)
def test_outputs_that_cannot_be_are_2_in_one_line(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "folder/.keep": ""})
    done = cli("check", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(cli.home.glob(".same*"))


def test_a_full_disk_leaves_no_half_report(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "out.json": "before"})

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    done = cli("check", "-o", "json=out.json")
    assert done.returncode == 2
    assert "cannot write out.json: No space left on device" in done.stderr
    assert (cli.home / "out.json").read_text() == "before"
    assert sorted(path.name for path in cli.home.iterdir()) == ["main.tf", "out.json"]


@pytest.mark.parametrize("name", ["json=no/x.json", "json=folder", "json=/dev/full"])
def test_outputs_beside_one_that_fails_are_whole(cli: Cli, name: str) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "folder/.keep": ""})
    done = cli("check", "-o", "sarif=first.sarif", "-o", name, "-o", "json=last.json")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    written = [path for path in (cli.home / "first.sarif", cli.home / "last.json") if path.exists()]
    assert all(json.loads(path.read_text(encoding="utf-8")) for path in written)
    assert not [path.name for path in cli.home.iterdir() if path.name.startswith((".first", ".last", ".x"))]


@posix
def test_a_folder_that_takes_no_file_is_2(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who runs the tests may be allowed everything, so that the refusal is the system's answer, not a mode."""
    cli.write({"main.tf": UNRECOVERABLE})

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    done = cli("check", "-o", "json=out.json")
    assert (done.returncode, done.stderr) == (2, "error: cannot write out.json: Permission denied\n")
    assert not (cli.home / "out.json").exists()


SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@pytest.fixture
def signals() -> Iterator[None]:
    """Signals as a terminal has them: who runs the tests with nohup or in the background has some ignored."""
    before = {number: signal.getsignal(number) for number in (getattr(signal, name) for name in SIGNALS)}
    for number in before:
        signal.signal(number, signal.default_int_handler if number is signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


KILLING = team_rule(
    body="import os, signal\n    os.kill(os.getpid(), signal.{0})\n    while True:\n        yield from ()"
)


@posix
@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_ends_a_run_and_leaves_nothing(cli: Cli, tmp_path: Path, name: str) -> None:
    """The signal comes while a rule works, which is no fault of the rule."""
    cli.write({"main.tf": TABLE, "rules/a.py": KILLING.format(name)})
    done = cli("check", "--rules", "rules", "-o", "json=out.json", DYNALINT_CACHE_DIR=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout, done.stderr) == (128 + getattr(signal, name), "", "")
    assert not (cli.home / "out.json").exists()
    assert not [*(tmp_path / "cache").glob("*.tmp")]


HANGING = team_rule(
    body="""import multiprocessing, os, signal, time
    if not os.path.exists("once"):
        open("once", "x").close()
        os.kill(multiprocessing.parent_process().pid, signal.{0})
    while True:
        time.sleep(1)
    yield from ()"""
)


@posix
@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_ends_a_run_whose_processes_hang(cli: Cli, name: str) -> None:
    two = TABLE + TABLE.replace("orders", "carts")
    cli.write({"a/main.tf": two, "b/main.tf": two, "rules/a.py": HANGING.format(name)})
    done = cli.process("check", "--rules", "rules", "--no-cache", "--jobs", "2")
    assert (done.returncode, done.stdout, done.stderr) == (128 + getattr(signal, name), "", "")


@posix
@pytest.mark.usefixtures("signals")
@pytest.mark.parametrize("name", SIGNALS)
def test_a_signal_while_a_report_is_written_leaves_no_half_of_it(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    cli.write({"main.tf": UNRECOVERABLE, "out.json": "before"})
    monkeypatch.setattr("os.replace", lambda *_: os.kill(os.getpid(), getattr(signal, name)))
    done = cli("check", "-o", "json=out.json")
    assert done.returncode == 128 + getattr(signal, name)
    assert {path.name: path.read_text(encoding="utf-8") for path in cli.home.iterdir()} == {
        "main.tf": UNRECOVERABLE,
        "out.json": "before",
    }


@posix
@pytest.mark.usefixtures("signals")
def test_a_signal_takes_the_copy_of_an_earlier_text_along(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cli.write({"main.tf": TABLE, "rules/a.py": KILLING.format("SIGTERM")})
    for words in (
        ("init", "-q"),
        ("add", "main.tf"),
        ("-c", "user.name=t", "-c", "user.email=t", "commit", "-qm", "x"),
    ):
        subprocess.run(("git", "-C", cli.home, *words), check=True)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert cli("diff", "--rules", "rules").returncode == 128 + signal.SIGTERM
    assert not [*(tmp_path / "temporary").iterdir()]


ASKING = team_rule(body="import os, signal\n    os.kill(os.getpid(), signal.SIGHUP)\n    yield from ()")


@posix
@pytest.mark.usefixtures("signals")
def test_nohup_is_believed(cli: Cli) -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    cli.write({"main.tf": TABLE, "rules/a.py": ASKING})
    assert cli.process("check", "--rules", "rules").returncode == 0


def test_signals_are_heeded_by_no_one_afterwards(cli: Cli) -> None:
    before = signal.getsignal(signal.SIGTERM)
    assert cli("--version").returncode == 0
    assert signal.getsignal(signal.SIGTERM) is before


# --- standard streams ------------------------------------------------------------------------------------------------

STREAMS = {
    "check main.tf >&-": (2, "error: standard output is closed\n"),
    "check main.tf >/dev/full": (2, "error: cannot write to standard output: No space left on device\n"),
    "check - --stdin-filename main.tf <&-": (2, "error: standard input is closed\n"),
    "check main.tf >/dev/null 2>&-": (1, ""),
    "check nowhere 2>&-": (2, ""),
    "check nowhere 2>/dev/full": (2, ""),
}


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full")  # noqa: PTH110
def test_streams_that_are_closed_or_full_look_neither_clean_nor_like_findings(cli: Cli) -> None:
    cli.write({"main.tf": UNRECOVERABLE})
    lines = [f"{{ {sys.executable} -m dynalint {words}; }} 2>err; echo $?; cat err; echo --" for words in STREAMS]
    done = subprocess.run(["bash", "-c", "\n".join(lines)], cwd=cli.home, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    found = [(int(code), text) for code, text in (part.split("\n", 1) for part in done.stdout.split("--\n") if part)]
    assert dict(zip(STREAMS, found, strict=True)) == STREAMS


@posix
def test_a_reader_that_goes_away_early_is_as_the_shell_has_it(cli: Cli) -> None:
    """Where the code says nothing of findings, as here; for a check see tests/cli/test_check.py."""
    script = f"exec 3>code\n({sys.executable} -m dynalint --help; echo $? >&3) | true"
    done = subprocess.run(["bash", "-c", script], cwd=cli.home, capture_output=True, check=False)
    assert done.stderr == b""
    assert (cli.home / "code").read_text(encoding="utf-8") == "141\n"
