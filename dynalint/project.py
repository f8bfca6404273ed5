"""The files of a project: read once each, and never from outside the project's root.

A tree that is checked may be a stranger's: links and paths in it that lead out of the root are refused here, for
everybody who reads. And as all that evaluation sees of the disk is seen through here, a project can also tell what it
was asked and what it answered: where the answers are the same, so is everything that was concluded from them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import NamedTuple, TypeVar

from dynalint.records import dataclass
from dynalint.regular import read_regular
from dynalint.syntax import SourceFile, SyntaxFault, load_file, load_text, read_source
from dynalint.syntax.source import Source, Span

TERRAGRUNT = "terragrunt.hcl"
"""A file of a tool that calls modules, and writes further files into copies of them: variables, providers."""
CONFIGURATION = (".tf", ".tf.json", ".tofu", ".tofu.json")
VARIABLES = (".tfvars", ".tfvars.json")
MAX_WALKED = 50_000
"""Files below one directory that are listed."""

Answer = TypeVar("Answer")


class Question(NamedTuple):
    """Something that a project was asked about a path; ``kind`` is the name of the method."""

    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a directory holds that matters here, sorted by name: configuration files and directories to walk into."""

    configuration: tuple[str, ...]
    directories: tuple[str, ...]
    terragrunt: bool = False


class Project:
    """The files below ``root``, a directory.

    ``named`` are files that may be read although they lie elsewhere: those given on the command line. ``overlay`` has
    texts that stand for those of files on disk, by path: unsaved, or not written yet. ``saw_terragrunt`` is for whoever
    looks around in a project to set: that some of its directories are Terragrunt's.
    """

    def __init__(self, root: str, named: Iterable[str] = (), overlay: Mapping[str, bytes] | None = None) -> None:
        self.root = real_path(root)
        self._prefix = self.root.rstrip("/") + "/"
        self.saw_terragrunt = False
        self.overlay = overlay or {}
        self._named = frozenset(real_path(path) for path in named)
        self._listings: dict[str, Listing] = {}
        self._files: dict[str, SourceFile] = {}
        self._real_directories: dict[str, str] = {}
        self._answers: dict[Question, str | None] = {}
        self._asked: dict[Question, None] = {}

    def contains(self, path: str) -> bool:
        """Whether ``path``, with its links followed, lies inside the root."""
        return self._told("contains", path, self._is_inside(path))

    def exists(self, directory: str) -> bool:
        """Whether ``directory`` is a directory inside the root."""
        return self._told("exists", directory, os.path.isdir(directory) and self._is_inside(directory))

    def is_file(self, path: str) -> bool:
        """Whether ``path`` is a regular file inside the root."""
        return self._told("is_file", path, os.path.isfile(path) and self._is_inside(path))

    def listing(self, directory: str) -> Listing:
        """What ``directory`` holds. Raises OSError where it cannot be listed, or lies outside the root."""
        known = self._listings.get(directory)
        if known is None:
            if not self._is_inside(directory):
                raise PermissionError(f"{directory} lies outside of {self.root}")
            unsaved = (path.rpartition("/") for path in self.overlay)
            names = [name for above, _, name in unsaved if above == directory and name.endswith(CONFIGURATION)]
            known = self._listings[directory] = _list(directory, names)
        return known

    def configuration_of(self, directory: str) -> tuple[str, ...]:
        """The paths of a module's files in Terraform's order, override files included; empty where unreadable."""
        try:
            names = self.listing(directory).configuration
        except OSError:
            names = ()
        return self._told("configuration_of", directory, tuple(f"{directory}/{name}" for name in names))

    def files_of(self, directory: str) -> tuple[SourceFile, ...]:
        """The configuration files of a module, as :meth:`configuration_of` has them."""
        return tuple(map(self.file, self.configuration_of(directory)))

    def values_of(self, directory: str) -> tuple[str, ...]:
        """The paths of the files with values for variables in a directory, by name; empty where unreadable."""
        try:
            names = sorted(os.listdir(directory)) if self._is_inside(directory) else []
        except OSError:
            names = []
        found = tuple(f"{directory}/{name}" for name in names if name.endswith(VARIABLES))
        return self._told("values_of", directory, found)

    def walk(self, directory: str) -> tuple[str, ...] | None:
        """The files below a directory inside the root, relative to it, by name; None where they are too many."""
        found: list[str] = []
        for folder, folders, names in os.walk(directory):
            folders.sort()
            below = os.path.relpath(folder, directory).replace(os.sep, "/")
            found.extend(name if below == "." else f"{below}/{name}" for name in names)
            if len(found) > MAX_WALKED:
                break
        return self._told("walk", directory, tuple(sorted(found)) if len(found) <= MAX_WALKED else None)

    def file(self, path: str) -> SourceFile:
        """The file, scanned; one that may not or cannot be read has a fault and no blocks."""
        known = self._files.get(path)
        if known is not None:
            self._asked[Question("content", path)] = None
            return known
        if path in self.overlay:
            known = load_text(Source(path, self.overlay[path]))
        else:
            known = load_file(path) if self._may_read(path) else _outside(path)
        if known.source.data or not known.faults:
            self._read(path, known.source.data)
        else:  # what it holds is not known
            self._note("content", path, None)
        self._files[path] = known
        return known

    def forget(self, directories: Iterable[str]) -> None:
        """Drop what is held of these modules; it is read again when asked for."""
        for directory in directories:
            listing = self._listings.pop(directory, None)
            for name in listing.configuration if listing else ():
                self._files.pop(f"{directory}/{name}", None)

    def read_text_file(self, path: str) -> bytes:
        """Content of any regular file inside the root. Raises OSError (PermissionError outside of it)."""
        try:
            return self._read(path, self._bytes(path))
        except OSError as error:
            self._note("content", path, _failure(error))
            raise

    def values(self, path: str) -> Source:
        """A file with values for variables, which may lie anywhere. Raises SyntaxFault where it cannot be read."""
        try:
            source = read_source(path)
        except SyntaxFault as fault:
            self._note("content", path, _failure(fault.__cause__))
            raise
        self._read(path, source.data)
        return source

    def source(self, path: str) -> Source:
        """The bytes of a file that a span lies in; none where it cannot be read."""
        known = self._files.get(path)
        if known is not None and (known.source.data or not known.faults):
            return known.source
        if path in self.overlay:
            return Source(path, self.overlay[path])
        try:
            return Source(path, self.read_text_file(path))
        except OSError:
            return Source(path, b"")

    def may_read(self, path: str) -> bool:
        """Whether a file may be opened: it lies inside the root, links followed, or was named on the command line."""
        return self._told("may_read", path, self._may_read(path))

    # --- what was asked --------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin a new :meth:`footprint`."""
        self._asked.clear()

    def footprint(self) -> dict[Question, str] | None:
        """What was asked since :meth:`begin`, with digests of the answers; None where one is not sure to last."""
        found = {question: self._answers[question] for question in self._asked}
        lasting = {question: answer for question, answer in found.items() if answer is not None}
        return lasting if len(lasting) == len(found) else None

    def answers(self, question: Question) -> str | None:
        """The digest of the answer to a question, as this run has it; None where there is none to be had."""
        if question not in self._answers and question.kind in QUESTIONS:
            QUESTIONS[question.kind](self, question.path)
        return self._answers.get(question)

    def _told(self, kind: str, path: str, answer: Answer) -> Answer:
        self._note(kind, path, _digest(repr(answer).encode("utf-8", "surrogateescape")))
        return answer

    def _read(self, path: str, data: bytes) -> bytes:
        self._note("content", path, _digest(data))
        return data

    def _note(self, kind: str, path: str, answer: str | None) -> None:
        question = Question(kind, path)
        same = question not in self._asked or self._answers[question] == answer
        self._asked[question] = None
        self._answers[question] = answer if same else None  # it changed while somebody looked

    def _content(self, path: str) -> None:
        """Look at the content of a file for the sake of :meth:`answers`."""
        if path in self._files or path in self.overlay:
            self.file(path)
            return
        try:
            self.read_text_file(path)
        except OSError:  # which is the answer
            return

    def _bytes(self, path: str) -> bytes:
        if not self._may_read(path):
            raise PermissionError(f"{path} lies outside of {self.root}")
        return read_regular(path)

    # --- paths -----------------------------------------------------------------------------------------------------

    def _may_read(self, path: str) -> bool:
        return self._is_inside(path) or self._real_path(path) in self._named

    def _is_inside(self, path: str) -> bool:
        real = self._real_path(path)
        return real == self.root or real.startswith(self._prefix)

    def _real_path(self, path: str) -> str:
        """As :func:`real_path`, without asking again for every file of a directory."""
        directory, _, name = path.rpartition("/")
        if name in ("", ".", "..") or os.path.islink(path):
            return real_path(path)
        real = self._real_directories.get(directory)
        if real is None:
            real = self._real_directories[directory] = real_path(directory or ("/" if path.startswith("/") else "."))
        return f"{real.rstrip('/')}/{name}"


QUESTIONS: dict[str, Callable[[Project, str], object]] = {
    "contains": Project.contains,
    "exists": Project.exists,
    "is_file": Project.is_file,
    "may_read": Project.may_read,
    "configuration_of": Project.configuration_of,
    "values_of": Project.values_of,
    "walk": Project.walk,
    "content": Project._content,  # noqa: SLF001 - beside the class
}
"""How each kind of question is asked."""


def _failure(error: BaseException | None) -> str | None:
    """The answer of a file that the system does not let be read; None for other reasons."""
    return f"{type(error).__name__} {error.errno}" if isinstance(error, OSError) else None


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


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
