"""The files of a project: read once each, and never from outside the project's root.

A tree that is checked may be a stranger's: links and paths in it that lead out of the root are refused here, for
everybody who reads.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping

from dynalint.records import dataclass
from dynalint.syntax import SourceFile, SyntaxFault, load_file, load_text
from dynalint.syntax.source import Source, Span

TERRAGRUNT = "terragrunt.hcl"
"""A file of a tool that calls modules, and writes further files into copies of them: variables, providers."""
CONFIGURATION = (".tf", ".tf.json", ".tofu", ".tofu.json")
LARGEST_FILE = 50_000_000
"""Bytes. AWS and Terraform have no such limit; files read by ``file()`` in practice are policies and templates."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a directory holds that matters here, sorted by name: configuration files and directories to walk into."""

    configuration: tuple[str, ...]
    directories: tuple[str, ...]
    terragrunt: bool = False


class Project:
    """The files below ``root``, a directory.

    ``named`` are files that may be read although they lie elsewhere: those given on the command line. ``overlay`` has
    texts that stand for those of files on disk, by path: unsaved, or not written yet.
    """

    def __init__(self, root: str, named: Iterable[str] = (), overlay: Mapping[str, bytes] | None = None) -> None:
        self.root = real_path(root)
        self._prefix = self.root.rstrip("/") + "/"
        self.saw_terragrunt = False
        self._overlay = overlay or {}
        self._named = frozenset(real_path(path) for path in named)
        self._listings: dict[str, Listing] = {}
        self._files: dict[str, SourceFile] = {}
        self._real_directories: dict[str, str] = {}

    def contains(self, path: str) -> bool:
        """Whether ``path``, with its links followed, lies inside the root."""
        real = self._real_path(path)
        return real == self.root or real.startswith(self._prefix)

    def exists(self, directory: str) -> bool:
        """Whether ``directory`` is a directory inside the root."""
        return os.path.isdir(directory) and self.contains(directory)

    def is_file(self, path: str) -> bool:
        """Whether ``path`` is a regular file inside the root."""
        return os.path.isfile(path) and self.contains(path)

    def listing(self, directory: str) -> Listing:
        """What ``directory`` holds. Raises OSError where it cannot be listed, or lies outside the root."""
        known = self._listings.get(directory)
        if known is None:
            if not self.contains(directory):
                raise PermissionError(f"{directory} lies outside of {self.root}")
            unsaved = (path.rpartition("/") for path in self._overlay)
            names = [name for above, _, name in unsaved if above == directory and name.endswith(CONFIGURATION)]
            known = self._listings[directory] = _list(directory, names)
            self.saw_terragrunt = self.saw_terragrunt or known.terragrunt
        return known

    def files_of(self, directory: str) -> tuple[SourceFile, ...]:
        """The configuration files of a module in Terraform's order, override files included; empty where unreadable."""
        try:
            names = self.listing(directory).configuration
        except OSError:
            return ()
        return tuple(self.file(f"{directory}/{name}") for name in names)

    def file(self, path: str) -> SourceFile:
        """The file, scanned; one that may not or cannot be read has a fault and no blocks."""
        known = self._files.get(path)
        if known is None and path in self._overlay:
            known = self._files[path] = load_text(Source(path, self._overlay[path]))
        if known is None:
            known = self._files[path] = load_file(path) if self.may_read(path) else _outside(path)
        return known

    def forget(self, directories: Iterable[str]) -> None:
        """Drop what is held of these modules; it is read again when asked for."""
        for directory in directories:
            listing = self._listings.pop(directory, None)
            for name in listing.configuration if listing else ():
                self._files.pop(f"{directory}/{name}", None)

    def read_text_file(self, path: str) -> bytes:
        """Content of any regular file inside the root. Raises OSError (PermissionError outside of it)."""
        if not self.may_read(path):
            raise PermissionError(f"{path} lies outside of {self.root}")
        with open(path, "rb", opener=_without_waiting) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_FILE:
                raise OSError(f"{path} is no regular file, or too large")
            return stream.read()

    def source(self, path: str) -> Source:
        """The bytes of a file that a span lies in; none where it cannot be read."""
        if path in self._files:
            return self._files[path].source
        if path in self._overlay:
            return Source(path, self._overlay[path])
        try:
            return Source(path, self.read_text_file(path))
        except OSError:
            return Source(path, b"")

    def may_read(self, path: str) -> bool:
        """Whether a file may be opened: it lies inside the root, links followed, or was named on the command line."""
        return self.contains(path) or self._real_path(path) in self._named

    def _real_path(self, path: str) -> str:
        """As :func:`real_path`, without asking again for every file of a directory."""
        directory, _, name = path.rpartition("/")
        if name in ("", ".", "..") or os.path.islink(path):
            return real_path(path)
        real = self._real_directories.get(directory)
        if real is None:
            real = self._real_directories[directory] = real_path(directory or ("/" if path.startswith("/") else "."))
        return f"{real.rstrip('/')}/{name}"


def real_path(path: str) -> str:
    """The absolute path with its links followed, with POSIX slashes."""
    real = os.path.realpath(path)
    return real.replace(os.sep, "/") if os.sep != "/" else real


def project_root(paths: Iterable[str]) -> str:
    """Outside of which directory nothing is read when ``paths`` are checked.

    The top of the git work tree that holds them all; without one, the current directory if it holds them all, else
    the directory that they share.
    """
    shared = os.path.commonpath(
        [path if os.path.isdir(path) else os.path.dirname(path) for path in map(real_path, paths)]
    )
    top = git_top(shared)
    if top:
        return top
    current = real_path(".")
    return current if os.path.commonpath([current, shared]) == current else shared


def git_top(directory: str) -> str | None:
    """The nearest directory at or above ``directory`` that is the top of a git work tree."""
    return next((above for above in _upwards(directory) if os.path.exists(f"{above}/.git")), None)


def _upwards(directory: str) -> Iterator[str]:
    while True:
        yield directory
        above = os.path.dirname(directory)
        if above == directory:
            return
        directory = above


def _list(directory: str, unsaved: Iterable[str]) -> Listing:
    configuration = [*unsaved]
    directories: list[str] = []
    terragrunt = False
    with os.scandir(directory) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.name.endswith(CONFIGURATION):
                configuration.append(entry.name)
            terragrunt = terragrunt or entry.name == TERRAGRUNT
            if _is_directory(entry):
                directories.append(entry.name)
    return Listing(tuple(_chosen(configuration)), tuple(sorted(directories)), terragrunt)


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _chosen(names: list[str]) -> list[str]:
    """Terraform's order, which is that of the names. ``x.tofu`` hides ``x.tf``, as OpenTofu has it."""
    present = set(names)
    return sorted(name for name in present if not _tofu_twin(name, present))


def _tofu_twin(name: str, present: set[str]) -> bool:
    if name.endswith(".tf"):
        return f"{name[:-3]}.tofu" in present
    return name.endswith(".tf.json") and f"{name[:-8]}.tofu.json" in present


def _outside(path: str) -> SourceFile:
    fault = SyntaxFault("this file is not read: its link leads out of the project", Span(path, 0, 0))
    return SourceFile(Source(path, b""), (), (fault,))


def _without_waiting(path: str, flags: int) -> int:
    """Open, but not wait for somebody to write into a named pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
