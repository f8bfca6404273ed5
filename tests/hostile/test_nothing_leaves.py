"""What a run touches, told by Python itself: every file that is opened, every socket, every process.

https://docs.python.org/3/library/audit_events.html
"""

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command_line import UNRECOVERABLE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and paths of other systems")

PROGRAM = """
import json, os, sys
ACTS = {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "pty.spawn"}
CHANGES = {"os.remove", "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}
MODULES = {"socket", "subprocess", "ftplib", "smtplib", "urllib", "http", "ctypes", "webbrowser"}
seen = []
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)):
        writes = set(arguments[1] or "") & set("wax+") or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        seen.append(("write" if writes else "read", os.path.abspath(os.fsdecode(arguments[0]))))
    elif event in CHANGES:
        seen.append(("write", os.path.abspath(os.fsdecode(arguments[0]))))
    elif event in ACTS or event.partition(".")[0] in MODULES:
        seen.append(("act", event))
sys.addaudithook(watch)
from dynalint.cli import main
try:
    main()
except SystemExit as end:
    print(json.dumps([end.code, seen]), file=sys.__stderr__)
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


def run(directory: Path, *arguments: str, **environment: str) -> Seen:
    """A run in ``tree``, with what it touched."""
    kept = {"PATH": os.environ["PATH"], "HOME": str(directory / "home"), "DYNALINT_CACHE_DIR": str(directory / "cache")}
    done = subprocess.run(
        [sys.executable, "-P", "-c", PROGRAM, *arguments],
        cwd=directory / "tree",
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    code, events = json.loads(done.stderr.splitlines()[-1])
    return Seen(code, [(kind, name) for kind, name in events])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("guarded").resolve()
    for folder, files in (("tree", TREE), ("outside", OUTSIDE)):
        for name, text in files.items():
            (directory / folder / name).parent.mkdir(parents=True, exist_ok=True)
            (directory / folder / name).write_text(text)
    (directory / "tree" / ".git").mkdir()
    (directory / "tree" / "linked.txt").symlink_to(directory / "outside" / "secret.tpl")
    (directory / "tree" / "linked.tf").symlink_to(directory / "outside" / "a.tf")
    (directory / "tree" / "directory").symlink_to(directory / "outside", target_is_directory=True)
    return directory


PYTHON = tuple({os.path.realpath(path) for path in (sys.prefix, sys.base_prefix, *sysconfig.get_paths().values())})
CODE = Path(__file__).resolve().parent.parent.parent
OWN = (str(CODE / "dynalint"), str(CODE / "rules"), *PYTHON, sys.prefix)
MACHINE = ("/etc/localtime", "/usr/share/zoneinfo", "/dev/null", "/proc/self", "/dev/urandom")


@pytest.mark.parametrize("arguments", [("check", "."), ("inspect", "."), ("report", "-o", "../out.html")], ids=" ".join)
def test_a_run_reads_the_root_alone_and_writes_only_what_it_should(place: Path, arguments: tuple[str, ...]) -> None:
    seen = run(place, *arguments)
    assert seen.code == 0
    assert seen.of("act") == set()
    own = (*OWN, str(place / "tree"), str(place / "cache"), *MACHINE)
    assert {name for name in seen.of("read") if not os.path.realpath(name).startswith(own)} == set()
    outputs = (str(place / "cache"), str(place / "out.html"), str(place / ".out.html"), os.devnull, *OWN)
    assert {name for name in seen.of("write") if not name.startswith(outputs)} == set()


def test_the_guard_sees_what_is_touched(place: Path) -> None:
    """A variables file that is named may lie elsewhere: then it is read, and the guard says so."""
    (place / "outside" / "named.tfvars").write_text('a = "b"\n')
    seen = run(place, "check", ".", "--var-file", "../outside/named.tfvars", "-o", "json=../report.json")
    assert str(place / "outside" / "named.tfvars") in seen.of("read")
    assert any(Path(name).name.startswith(".report.json") for name in seen.of("write"))


def test_settings_cannot_send_a_run_elsewhere(place: Path) -> None:
    (place / "tree" / "bad").mkdir(exist_ok=True)
    (place / "tree" / "bad" / "dynalint.toml").write_text('extend = "../../outside/dynalint.toml"\n')
    (place / "tree" / "bad" / "main.tf").write_text(UNRECOVERABLE)
    seen = run(place, "check", "bad")
    assert seen.code == 2
    assert not [name for name in seen.of("read") if name.startswith(str(place / "outside"))]


def test_nothing_in_the_current_directory_is_imported(place: Path) -> None:
    command = [sys.executable, "-m", "dynalint", "check", "main.tf"]
    done = subprocess.run(command, cwd=place / "tree", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
