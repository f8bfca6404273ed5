"""A git revision of a project, read without touching the work tree.

git is asked with plumbing commands alone, and with everything off by which a repository could make it run something:
hooks, file system monitors, transports, pagers, the user's and the machine's configuration.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from dynalint.errors import UsageError
from dynalint.project import CONFIGURATION
from dynalint.records import dataclass

LARGEST = 1_000_000
"""Bytes of a file that is no configuration; templates and policies are smaller."""

READ = (".json", ".tfvars", ".tpl", ".tftpl", ".tmpl", ".yaml", ".yml", ".txt", ".csv", ".hcl", ".cidr")
"""What modules read beside their configuration."""

PATIENCE = 300
"""Seconds in which git answers: in a folder called .git it may wait for a pipe on which nobody writes."""

HARMLESS = (
    "--no-pager",
    "--no-replace-objects",
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "protocol.allow=never"),
    # Nothing of the repository is run, so that it does not matter whose it is.
    *("-c", "safe.directory=*"),
)

BRANCHES = ("refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master")
"""Where the default branch is looked for, in this order."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a revision: its path from the top of the repository, its object and its size in bytes."""

    path: str
    object: str
    size: int
    is_link: bool


@dataclass(frozen=True, slots=True)
class Repository:
    """The git repository whose work tree has its top at ``top``."""

    top: str

    def resolve(self, revision: str) -> str:
        """The commit that a revision names. UsageError where there is none."""
        found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if found is None:
            shallow = "; this clone is shallow: fetch more of it" if self.is_shallow else ""
            raise UsageError(f"git knows no revision {revision!r}{shallow}")
        return found

    def names(self, revision: str) -> bool:
        """Whether a word is a revision."""
        return self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is not None

    def start(self) -> tuple[str, str]:
        """The commit that the work tree started from, and how to call it: the last one that the default branch has.

        HEAD where no default branch is to be found. UsageError where history is missing.
        """
        head = self.resolve("HEAD")
        default = next((name for name in BRANCHES if self.names(name)), None)
        if default is None:
            return head, "HEAD"
        base = self._ask("merge-base", head, self.resolve(default))
        if base is None:
            why = "this clone is shallow: fetch more of it" if self.is_shallow else "they share no history"
            raise UsageError(f"git finds no merge base of HEAD and {default}: {why}, or name a revision")
        name = default.removeprefix("refs/remotes/").removesuffix("/HEAD")
        return base, "HEAD" if base == head else f"the merge base with {name}"

    def branch_point(self, revision: str) -> str:
        """Where the work tree's branch left that of a revision. UsageError where history is missing."""
        commit = self.resolve(revision)
        base = self._ask("merge-base", self.resolve("HEAD"), commit)
        if base is None:
            why = "this clone is shallow: fetch more of it" if self.is_shallow else "they share no history"
            raise UsageError(f"git finds no merge base of HEAD and {revision}: {why}")
        return base

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks history."""
        return self._ask("rev-parse", "--is-shallow-repository") == "true"

    def blobs(self, commit: str) -> Iterator[Blob]:
        """The files of a commit, links included; submodules are none."""
        listing = self._run("ls-tree", "-r", "-l", "-z", "--full-tree", commit)
        for entry in listing.split(b"\0"):
            about, tab, path = entry.partition(b"\t")
            if not tab:
                continue
            mode, kind, name, size = about.split()
            if kind == b"blob":
                yield Blob(os.fsdecode(path), name.decode(), int(size), mode == b"120000")

    def extract(self, commit: str, target: Path) -> None:
        """Write what modules read of a commit below ``target``. UsageError where an object is missing."""
        wanted = sorted((blob for blob in self.blobs(commit) if _is_wanted(blob)), key=lambda blob: blob.is_link)
        try:
            for blob, data in zip(wanted, self._contents(wanted), strict=True):
                _write(blob, data, target / blob.path)
        except OSError as error:
            raise UsageError(f"cannot set out {commit} for comparison: {error}") from error

    def _contents(self, blobs: Iterable[Blob]) -> Iterator[bytes]:
        names = "".join(f"{blob.object}\n" for blob in blobs)
        answer, at = self._run("cat-file", "--batch", stdin=names.encode()), 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            about = answer[at:end].split()
            if len(about) != 3:
                raise UsageError("git lacks files of that revision: this is a partial clone, fetch it whole")
            size = int(about[2])
            yield answer[end + 1 : end + 1 + size]
            at = end + 1 + size + 1

    def _ask(self, *arguments: str) -> str | None:
        """One line of an answer; None where git has none."""
        done = self._call(arguments, b"")
        return os.fsdecode(done.stdout).strip() if done.returncode == 0 else None

    def _run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        done = self._call(arguments, stdin)
        if done.returncode != 0:
            lines = os.fsdecode(done.stderr).strip().splitlines() or ["no reason given"]
            raise UsageError(f"git {arguments[0]} failed: {lines[-1]}")
        return done.stdout

    def _call(self, arguments: Iterable[str], stdin: bytes) -> subprocess.CompletedProcess[bytes]:
        command = ("git", *HARMLESS, "-C", self.top, *arguments)
        try:
            return subprocess.run(  # noqa: S603 - git, with its configuration out of the way
                command, input=stdin, capture_output=True, env=_environment(), check=False, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired as error:
            raise UsageError(f"git gives no answer in {self.top}: waited for {PATIENCE} seconds") from error
        except FileNotFoundError as error:
            raise UsageError("git is not installed, and dynalint diff asks it for the earlier text") from error


def _environment() -> dict[str, str]:
    """The environment without what would lead git elsewhere, and without configuration but the repository's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _write(blob: Blob, data: bytes, path: Path) -> None:
    """Write a file, or a link where nothing lies yet: links come last, so that no file is written through one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not blob.is_link:
        path.write_bytes(data)
    elif not path.exists() and not path.is_symlink():
        path.symlink_to(os.fsdecode(data))


def _is_wanted(blob: Blob) -> bool:
    path = PurePosixPath(blob.path)
    if path.is_absolute() or ".." in path.parts or ".git" in path.parts:
        return False
    if blob.is_link:
        return blob.size < LARGEST
    return path.name.endswith(CONFIGURATION) or (path.name.endswith(READ) and blob.size <= LARGEST)
