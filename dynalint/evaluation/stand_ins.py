"""Stand-ins for modules that are not downloaded.

A stand-in is a small Terraform module that makes the DynamoDB resources which a well-known module would make from the
same inputs. It is evaluated in that module's place. Stand-ins are data, in packages that distributions register under
the entry point group ``dynalint.modules``. A package has a directory for each module, named by its address, which
holds ``module.json`` (the releases that it stands for) and ``.tf`` files, in which a comment at the end of a line
confines an argument or a block to some of the releases (``# since 4.2.0``, ``# before 1.2.0``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from dynalint.errors import UsageError
from dynalint.evaluation.module_sources import ModuleSource, parse_source
from dynalint.evaluation.versions import Version, parse_constraint, parse_version
from dynalint.installed import entry_points
from dynalint.records import dataclass
from dynalint.syntax import SourceFile
from dynalint.syntax.files import load_source
from dynalint.syntax.source import Source

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

GROUP = "dynalint.modules"
SCHEME = "stand-in:"
"""How the paths of stand-ins begin: they are no files of the project."""
PLACE = re.compile(rf"{SCHEME}[^=]*=(?P<address>[^@]+)@(?P<version>[^/]+)/(?P<below>.+)", re.DOTALL)
COMMIT = re.compile(r"[0-9a-f]{7,40}")
DEFAULT_BRANCHES = ("main", "master", "HEAD")
NOTE = re.compile(rb"#\s*((?:since|before)\s+[\d.]+(?:\s*,\s*(?:since|before)\s+[\d.]+)*)\s*$")
BOUND = re.compile(rb"(since|before)\s+([\d.]+)")


@dataclass(frozen=True, slots=True)
class Release:
    """Which release of a module a call is judged by. ``certain`` is false where Terraform may take a newer one."""

    version: Version
    certain: bool


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a module that dynalint knows cannot be judged as this call uses it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Template:
    """What a package says of one module: its releases with their commits, and the texts by path below its directory."""

    address: str
    releases: Mapping[Version, str]
    texts: Mapping[str, bytes]

    def release(self, source: ModuleSource, constraint: str | None) -> Release | Unfit:
        """The release that a call means."""
        return self._allowed(constraint) if source.in_registry else self._at(source.ref)

    def _allowed(self, text: str | None) -> Release | Unfit:
        constraint = parse_constraint(text)
        if constraint is None:
            return Unfit(f"the version {text!r} is none that dynalint can read")
        newest = max(self.releases)
        newer = next(iter(constraint.newer(newest)), None)
        found = max((version for version in self.releases if constraint.allows(version)), default=None)
        if found:
            return Release(found, certain=newer is None)
        if newer and newer.major == newest.major:
            return Release(newest, certain=False)
        return Unfit(f"dynalint knows its versions {min(self.releases)} to {newest}, and {text!r} allows none of them")

    def _at(self, ref: str | None) -> Release | Unfit:
        if ref is None or ref in DEFAULT_BRANCHES:
            return Release(max(self.releases), certain=False)
        version = parse_version(ref)
        if version and version in self.releases:
            return Release(version, certain=True)
        if COMMIT.fullmatch(ref):
            for known, commit in self.releases.items():
                if commit.startswith(ref):
                    return Release(known, certain=True)
        return Unfit(f"{ref!r} is none of the releases that dynalint knows")

    def directories(self) -> frozenset[str]:
        """The directories that are modules, relative to the top, which is empty."""
        return frozenset(path.rpartition("/")[0] for path in self.texts)


@dataclass(frozen=True)
class StandIn:
    """A stand-in at work for one call. ``top`` is its directory, which begins with SCHEME; the call means ``below``."""

    top: str
    template: Template
    release: Release
    below: str = ""

    @property
    def directory(self) -> str:
        """The directory of the module that is called."""
        return f"{self.top}/{self.below}" if self.below else self.top

    def holds(self, directory: str) -> bool:
        """Whether ``directory`` is a module in here."""
        inside = directory == self.top or directory.startswith(f"{self.top}/")
        return inside and directory[len(self.top) + 1 :] in self.template.directories()

    @property
    def saw_terragrunt(self) -> bool:
        """Nothing adds files to what dynalint brings along."""
        return False

    def files_of(self, directory: str) -> tuple[SourceFile, ...]:
        """The files of a directory in here, as the release has them, in the order of their names."""
        below = directory[len(self.top) + 1 :]
        return tuple(
            load_source(Source(f"{self.top}/{path}", as_of(self.release.version, text)))
            for path, text in sorted(self.template.texts.items())
            if path.rpartition("/")[0] == below
        )

    @property
    def label(self) -> str:
        """Which module and release this stands for."""
        return f"version {self.release.version} of {self.template.address}"


class AtWork:
    """The stand-ins that one root module makes use of. Every call has its own, as every call has its own download."""

    def __init__(self) -> None:
        self._by_top: dict[str, StandIn] = {}

    def take(self, key: str, source: str, version: str | None) -> StandIn | Unfit | None:
        """The stand-in for a call, and None for a module that nobody describes. ``key`` is that of modules.json."""
        named = parse_source(source)
        template = find_template(named) if named else None
        if named is None or template is None:
            return None
        release = template.release(named, version)
        if isinstance(release, Unfit):
            return release
        stand_in = StandIn(f"{SCHEME}{key}={template.address}@{release.version}", template, release, named.directory)
        self._by_top[stand_in.top] = stand_in
        return stand_in

    def of(self, directory: str) -> StandIn | None:
        """The stand-in that a directory lies in."""
        if not is_stand_in(directory):
            return None
        return next((item for item in self._by_top.values() if item.holds(directory)), None)


def is_stand_in(path: str) -> bool:
    """Whether a span or a module directory lies in a stand-in."""
    return path.startswith(SCHEME)


def stand_in_source(path: str) -> Source | None:
    """The text of a file of a stand-in; None for any other path. Raises UsageError as :func:`read_template`."""
    found = PLACE.fullmatch(path)
    template = read_template(found["address"]) if found else None
    version = parse_version(found["version"]) if found else None
    if found is None or template is None or version is None:
        return None
    return Source(path, as_of(version, template.texts[found["below"]]))


def find_template(source: ModuleSource) -> Template | None:
    """What the installed packages say of a module. Raises UsageError for a package that does not load."""
    found = (read_template(address) for address in source.addresses)
    return next((template for template in found if template and source.directory in template.directories()), None)


@cache
def read_template(address: str) -> Template | None:
    """What the first package that has it says of one address. Raises UsageError for a package that does not load."""
    for name, package in packages():
        place = package.joinpath(*address.split("/"))
        description = place.joinpath("module.json")
        if description.is_file():
            return Template(address, _releases(description, name), dict(_texts(place, "")))
    return None


@cache
def packages() -> tuple[tuple[str, Traversable], ...]:
    """The registered packages by name. Raises UsageError for one that does not load."""
    return tuple(_packages())


def _packages() -> Iterator[tuple[str, Traversable]]:
    from importlib.resources import files  # noqa: PLC0415 - most runs meet no module that is missing

    for entry in entry_points(GROUP):
        try:
            yield entry.name, files(entry.load())
        except (ImportError, AttributeError, TypeError) as fault:
            raise UsageError(f"module pack {entry.name!r} ({entry.value}) does not load: {fault}") from fault


def _releases(description: Traversable, package: str) -> Mapping[Version, str]:
    try:
        listed = json.loads(description.read_text(encoding="utf-8"))["releases"]
        known = {parse_version(text): str(commit) for text, commit in listed.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UsageError(f"module pack {package!r}: {description} lists no releases: {fault}") from fault
    releases = {version: commit for version, commit in known.items() if version}
    if not releases or len(releases) < len(known):
        raise UsageError(f"module pack {package!r}: {description} must list releases like 1.2.3, and nothing else")
    return releases


def _texts(place: Traversable, below: str) -> Iterator[tuple[str, bytes]]:
    for entry in place.iterdir():
        if entry.is_dir():
            yield from _texts(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(".tf"):
            yield f"{below}{entry.name}", entry.read_bytes()


def as_of(version: Version, text: bytes) -> bytes:
    """The text with blanks where it speaks of other releases, so that every byte stays in its place.

    A comment behind an argument speaks of that line, one behind the opening brace of a block of the whole block, whose
    closing brace is the next one that is indented as the block is.
    """
    kept: list[bytes] = []
    end: bytes | None = None
    for line in text.splitlines(keepends=True):
        note = NOTE.search(line) if end is None else None
        if end is not None or (note and not _applies(note[1], version)):
            kept.append(re.sub(rb"[^\r\n]", b" ", line))
            opens = note is not None and line[: note.start()].rstrip().endswith(b"{")
            end = line[: len(line) - len(line.lstrip())] + b"}" if opens else end
            end = None if end == line.rstrip() else end
        else:
            kept.append(line)
    return b"".join(kept)


def _applies(note: bytes, version: Version) -> bool:
    bounds = [(word, parse_version(number.decode())) for word, number in BOUND.findall(note)]
    return all(bound and (version >= bound if word == b"since" else version < bound) for word, bound in bounds)
