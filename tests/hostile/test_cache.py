"""The cache may be missing, full, broken, a stranger's or shared: it costs speed, and never an answer.

All of it as whoever runs dynalint sees it: nothing here knows how the cache is made.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.command_line import SETTINGS, TABLE, UNRECOVERABLE

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and limits that Windows has not")

FILES = {"main.tf": UNRECOVERABLE, "m/main.tf": TABLE + 'locals {\n  a = ["${1 + 1}", { b = null }]\n}\n'}
FILES |= {f"m{number}/main.tf": UNRECOVERABLE for number in range(20)}
VARIABLE = "DYNALINT_CACHE_DIR"
LARGEST = 250_000_000
"""Bytes that the folder may hold, and some."""


class Project(NamedTuple):
    """A project, a cache that a run has written, and what runs without a cache say."""

    home: Path
    warm: Path
    expected: str

    def start(self, *command: str, **environment: str) -> subprocess.Popen[str]:
        """A process: the cache is read and written whole only in one."""
        kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        return subprocess.Popen(
            [sys.executable, *command],
            cwd=self.home,
            env=kept | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def check(self, *arguments: str, **environment: str) -> str:
        """What a check says."""
        process = self.start("-m", "dynalint", "check", "-o", "json", *arguments, **environment)
        out, err = process.communicate()
        assert (process.returncode, err) == (1, "")
        return out


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    home, warm = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("cached") / "cache"
    for name, text in FILES.items():
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    made = Project(home, warm, "")
    expected = made.check("--no-cache", **{VARIABLE: str(warm)})
    assert not warm.exists()
    assert made.check(**{VARIABLE: str(warm)}) == expected
    assert contents(warm), "nothing was written, so that nothing is tried here"
    return made._replace(expected=expected)


@pytest.fixture
def cache(project: Project, tmp_path: Path) -> Path:
    """A copy of the cache for each test to break."""
    return shutil.copytree(project.warm, tmp_path / "cache")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def otherwise(data: bytes) -> Mapping[str, bytes]:
    """What may stand in a file of the cache."""
    return {
        "half": data[: len(data) // 2],
        "garbage": bytes(range(256)) * 4,
        "deep": b"[" * 100_000,
        "another kind": b'{"blocks": {"a": [1]}, "stamp": null}',
        "numbers": bytes(ord("7") if chr(byte).isdigit() else byte for byte in data),
    }


@pytest.mark.parametrize("kind", otherwise(b""))
def test_broken_files_are_made_anew(project: Project, cache: Path, kind: str) -> None:
    for name, data in contents(cache).items():
        (cache / name).write_bytes(otherwise(data)[kind])
    assert project.check(**{VARIABLE: str(cache)}) == project.expected


@posix
@pytest.mark.parametrize("name", ["file", "circle", ""])
def test_places_that_are_none(project: Project, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    home = {"XDG_CACHE_HOME": "", "HOME": "/proc/none"}
    assert project.check(**{VARIABLE: str(tmp_path / name) if name else ""}, **home) == project.expected
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@posix
def test_folders_and_links_in_the_place_of_files(project: Project, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    for number, name in enumerate(contents(cache)):
        (cache / name).unlink()
        if number % 2:
            (cache / name).mkdir()
        else:
            (cache / name).symlink_to(tmp_path / "mine")
    assert project.check(**{VARIABLE: str(cache)}) == project.expected
    assert (tmp_path / "mine").read_text(encoding="utf-8") == "mine"


@posix
def test_a_full_disk(project: Project, tmp_path: Path) -> None:
    program = "import resource as r; r.setrlimit(r.RLIMIT_FSIZE, (100, 100)); from dynalint.cli import main; main()"
    with project.start("-c", program, "check", "-o", "json", **{VARIABLE: str(tmp_path / "cache")}) as process:
        assert process.communicate() == (project.expected, "")
    assert all(len(data) <= 100 for data in contents(tmp_path / "cache").values())


@posix
def test_a_folder_that_takes_nothing(project: Project, tmp_path: Path) -> None:
    """For the superuser modes say nothing: there this tries less."""
    (tmp_path / "cache").mkdir(mode=0o500)
    assert project.check(**{VARIABLE: str(tmp_path / "cache")}) == project.expected


@posix
def test_it_is_the_users_alone(project: Project) -> None:
    assert project.warm.stat().st_mode & 0o077 == 0


def test_clean_deletes_its_own_alone(project: Project, cache: Path) -> None:
    (cache / "notes.json").write_text("{}", encoding="utf-8")
    for expected in ("deleted ", "the cache is empty\n"):
        out, err = project.start("-m", "dynalint", "clean", **{VARIABLE: str(cache)}).communicate()
        assert (out.startswith(expected), err) == (True, "")
        assert {*contents(cache)} == {"notes.json"}


@posix
def test_it_is_bounded(project: Project, cache: Path) -> None:
    """A file that grew beyond all bounds is gone after the next run that writes."""
    largest = max(contents(cache).items(), key=lambda item: len(item[1]))[0]
    with (cache / largest).open("wb") as stream:
        stream.truncate(1 << 28)
    assert project.check(**{VARIABLE: str(cache)}) == project.expected
    assert sum(path.stat().st_size for path in cache.rglob("*")) < LARGEST


def test_runs_at_once_share_it(project: Project, tmp_path: Path) -> None:
    cache = {VARIABLE: str(tmp_path / "cache")}
    runs = [project.start("-m", "dynalint", "check", "-o", "json", **cache) for _ in range(3)]
    assert [run.communicate() for run in runs] == [(project.expected, "")] * 3
    assert {path.suffix for path in (tmp_path / "cache").iterdir()}.isdisjoint({".tmp"})
    assert project.check(**cache) == project.expected
