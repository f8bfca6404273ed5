"""What a run touches, told by Python itself: every file that is opened, every socket, every process.

https://docs.python.org/3/library/audit_events.html
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from dynalint.cli.app import COMMANDS as EVERY
from dynalint.revision import HARMLESS
from tests.cli.test_diff import git
from tests.command_line import UNRECOVERABLE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="links, paths and open files as Linux has them")

PROGRAM = """
import json, os, sys
ACTS = {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"}
CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}
MODULES = {"socket", "subprocess", "ftplib", "smtplib", "urllib", "http", "ctypes", "webbrowser"}
LISTS = {"os.listdir", "os.scandir"}
seen = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        writes = set(arguments[1] or "") & set("wax+") or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        seen.append(("write" if writes else "read", os.path.abspath(os.fsdecode(arguments[0]))))
    elif event in LISTS and isinstance(arguments[0], (str, bytes, type(None))):
        seen.append(("read", os.path.abspath(os.fsdecode(arguments[0] or "."))))
    elif event in CHANGES:
        names = [os.fsdecode(name) for name in arguments if isinstance(name, (str, bytes))]
        folder = os.readlink(f"/proc/self/fd/{arguments[-1]}") if arguments[-1] in range(3, 1000) else "."
        seen.extend(("write", os.path.abspath(os.path.join(folder, name))) for name in names)
    elif event == "subprocess.Popen":
        seen.append(("act", json.dumps([str(word) for word in arguments[1]])))
    elif event in ACTS or event.partition(".")[0] in MODULES:
        seen.append(("act", event))
sys.addaudithook(watch)
from dynalint.cli import main
runs = []
for words in json.loads(sys.argv.pop()):
    sys.argv[1:] = words
    seen = []
    try:
        main()
    except SystemExit as end:
        runs.append([end.code, seen])
print(json.dumps(runs), file=sys.__stderr__)
"""

TREE = {
    "main.tf": UNRECOVERABLE
    + """
locals {
  absolute = file("/etc/passwd")
  upwards  = templatefile("../outside/secret.tpl", {})
  home     = file(pathexpand("~/.aws/credentials"))
  linked   = file("linked.txt")
  all      = fileset("..", "**")
  hashed   = filesha256("/etc/hostname")
}

module "outside" {
  source = "../outside"
}

module "away" {
  source = "git::https://example.com/module.git"
}

module "linked" {
  source = "./directory"
}

resource "aws_dynamodb_table" "other" {
  name     = "${local.absolute}${local.upwards}${local.linked}${local.home}${local.hashed}"
  hash_key = join("", local.all)
}

resource "aws_iam_policy" "policy" {
  policy = file("../outside/policy.json")
}
""",
    "terraform.tfvars": 'a = "b"\n',
    "dynalint.toml": 'fail-on = "never"\n',
    "typer.py": "raise SystemExit('ran')\n",
    "rich.py": "raise SystemExit('ran')\n",
    ".terraform/modules/modules.json": '{"Modules": [{"Key": "away", "Source": "git::x", "Dir": "../../outside"}]}',
}
OUTSIDE = {
    "main.tf": UNRECOVERABLE,
    "secret.tpl": "secret",
    "policy.json": "{}",
    "dynalint.toml": "",
    "a.tf": "",
}


class Seen(NamedTuple):
    code: int
    events: list[tuple[str, str]]

    def of(self, kind: str) -> set[str]:
        return {name for found, name in self.events if found == kind}


def runs(directory: Path, *commands: Sequence[str], **environment: str) -> list[Seen]:
    """Runs in ``tree``, one after the other in one process, with what each of them touched."""
    kept = {"PATH": os.environ["PATH"], "HOME": str(directory / "home"), "DYNALINT_CACHE_DIR": str(directory / "cache")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, json.dumps(commands)],
        cwd=directory / "tree",
        env=kept | {"TMPDIR": str(directory / "temporary")} | environment,
        input="local.absolute\n",
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr.splitlines()[-1])
    return [Seen(code, [(kind, name) for kind, name in events]) for code, events in found]


def run(directory: Path, *arguments: str, **environment: str) -> Seen:
    """One run."""
    (seen,) = runs(directory, arguments, **environment)
    return seen


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("guarded").resolve()
    for folder, files in (("tree", TREE), ("outside", OUTSIDE)):
        for name, text in files.items():
            (directory / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (directory / folder / name).write_text(text)
    for name in ("temporary", "home"):
        (directory / name).mkdir()
    git(directory / "tree", "init", "-q", "-b", "main")
    git(directory / "tree", "add", "main.tf", "terraform.tfvars")
    git(directory / "tree", "commit", "-q", "-m", "x")
    (directory / "tree" / "linked.txt").symlink_to(directory / "outside" / "secret.tpl")
    (directory / "tree" / "linked.tf").symlink_to(directory / "outside" / "a.tf")
    (directory / "tree" / "directory").symlink_to(directory / "outside", target_is_directory=True)
    return directory


PYTHON = tuple({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())})
CODE = Path(__file__).resolve().parent.parent.parent
OWN = (str(CODE / "dynalint"), str(CODE / "rules"), *PYTHON, sys.prefix)
MACHINE = ("/etc/localtime", "/usr/share/zoneinfo", "/dev/null", "/proc/self", "/dev/urandom")


COMMANDS: Mapping[tuple[str, ...], tuple[str, ...]] = {
    ("check", "."): (),
    ("check", ".", "-vv", "--var", "a=b", "-o", "sarif=../out.sarif"): ("out.sarif",),
    ("check", ".", "--fix", "--unsafe-fixes", "--diff", "--show-fixes"): (),
    ("check", ".", "--add-ignores", "why", "--diff"): (),
    ("check", ".", "--since", "HEAD"): (),
    ("diff",): (),
    ("inspect", "."): (),
    ("graph", "."): (),
    ("report", "-o", "../out.html"): ("out.html",),
    ("console", "."): (),
    ("config", "."): (),
    ("init",): (),
    ("migrate-ignores", "--diff"): (),
    ("baseline", "create", "--baseline", "../out.json"): ("out.json",),
    ("baseline", "show", "--baseline", "../out.json"): (),
    ("baseline", "update", "--baseline", "../out.json"): ("out.json",),
    ("rules",): (),
    ("rule", "DYN201"): (),
    ("completion", "bash"): (),
    ("clean",): (),
}
"""Every command, with the files that it is asked to write."""


@pytest.fixture(scope="module")
def seen(place: Path) -> Mapping[tuple[str, ...], Seen]:
    """What each command touched."""
    return dict(zip(COMMANDS, runs(place, *COMMANDS), strict=True))


def test_every_command_is_tried() -> None:
    assert {words[0] for words in COMMANDS} == set(EVERY)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_run_reads_the_root_alone_and_writes_only_what_it_should(
    place: Path, seen: Mapping[tuple[str, ...], Seen], command: tuple[str, ...]
) -> None:
    touched = seen[command]
    assert touched.code == (1 if command[0] == "console" else 0)
    own = (*OWN, *MACHINE, *(str(place / name) for name in ("tree", "cache", "temporary")))
    asked = tuple(f"{place}/{dot}{name}" for name in (*COMMANDS[command], *_read_by(command)) for dot in ("", "."))
    assert {name for name in touched.of("read") if not os.path.realpath(name).startswith((*own, *asked))} == set()
    outputs = (*OWN, os.devnull, str(place / "cache"), str(place / "temporary"), *asked)
    assert {name for name in touched.of("write") if not name.startswith(outputs)} == set()


def _read_by(command: tuple[str, ...]) -> tuple[str, ...]:
    return ("out.json",) if command[0] == "baseline" else ()


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_run_starts_nothing_but_git(seen: Mapping[tuple[str, ...], Seen], command: tuple[str, ...]) -> None:
    asks_git = command[0] == "diff" or "--since" in command
    acts = seen[command].of("act") - {"os.posix_spawn"}
    assert all(json.loads(act)[: len(HARMLESS) + 1] == ["git", *HARMLESS] for act in acts), acts
    assert bool(acts) == asks_git


@pytest.mark.usefixtures("seen")
def test_nothing_is_left_behind(place: Path) -> None:
    assert [*(place / "temporary").iterdir()] == [*(place / "home").iterdir()] == []
    assert git(place / "tree", "status", "--porcelain", "main.tf", "terraform.tfvars") == ""


def test_the_guard_sees_what_is_touched(place: Path) -> None:
    """A variables file that is named may lie elsewhere: then it is read, and the guard says so. Rules are programs."""
    (place / "outside" / "named.tfvars").write_text('a = "b"\n')
    (place / "rules").mkdir(exist_ok=True)
    (place / "rules" / "a.py").write_text(ACTING)
    named = ("--var-file", "../outside/named.tfvars", "-o", "json=../report.json")
    first, second = runs(place, ("check", ".", *named), ("check", ".", "--rules", "../rules"))
    assert str(place / "outside" / "named.tfvars") in first.of("read")
    assert any(Path(name).name.startswith(".report.json") for name in first.of("write"))
    assert {'["true"]', "socket.__new__", "os.system"} <= second.of("act")
    assert str(place / "outside") in second.of("read")
    assert str(place / "made") in second.of("write")


ACTING = """
import os, socket, subprocess
socket.socket().close()
subprocess.run(["true"])
os.system("true")
os.listdir("../outside")
os.close(os.open("../made", os.O_CREAT | os.O_WRONLY))
"""


def test_settings_cannot_send_a_run_elsewhere(place: Path) -> None:
    bad = place / "tree" / "bad"
    bad.mkdir()
    (bad / "dynalint.toml").write_text('extend = "../../outside/dynalint.toml"\n')
    (bad / "main.tf").write_text(UNRECOVERABLE)
    seen = run(place, "check", "bad")
    shutil.rmtree(bad)
    assert seen.code == 2
    assert not [name for name in seen.of("read") if name.startswith(str(place / "outside"))]


def test_nothing_in_the_current_directory_is_imported(place: Path) -> None:
    command = [sys.executable, "-m", "dynalint", "check", "main.tf"]
    done = subprocess.run(command, cwd=place / "tree", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
