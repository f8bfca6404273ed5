"""What a ``source`` argument names, read from its text alone.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dynalint.records import dataclass

PUBLIC_REGISTRIES = ("registry.terraform.io", "registry.opentofu.org")
PART = re.compile(r"[0-9A-Za-z_][0-9A-Za-z._-]*")
HOST = re.compile(r"[0-9a-z-]+(?:\.[0-9a-z-]+)+(?::\d+)?", re.IGNORECASE)
SCP = re.compile(r"(?:[\w.-]+@)([\w.-]+):(?!//)(.*)", re.DOTALL)
SCHEME = re.compile(r"(?:https?|ssh|git)://(?:[^@/]*@)?(.*)", re.DOTALL)
ARCHIVE = re.compile(r"(.+?)/archive/(?:refs/tags/)?(.+?)\.(?:zip|tar\.gz)")
REPOSITORY = re.compile(r"github\.com/([\w-]+)/terraform-([0-9a-z]+)-([\w-]+)")
"""How the repository of every module in the public registry is named."""
REF = re.compile(r"(?:^|&)ref=([^&]*)")


@dataclass(frozen=True, slots=True)
class ModuleSource:
    """A module somewhere else: where, which directory of it, and for repositories at which commit, branch or tag.

    ``addresses`` are the names of one and the same module: ``namespace/name/provider`` for the public registry,
    ``host/…`` for everything else.
    """

    addresses: tuple[str, ...]
    directory: str = ""
    ref: str | None = None
    in_registry: bool = False


def parse_source(text: str) -> ModuleSource | None:
    """The module that a source names; None for local ones and those that are no registry address or repository."""
    package, _, query = text.strip().partition("?")
    forced_git = package.startswith("git::")
    package = package.removeprefix("git::")
    if found := SCP.fullmatch(package):
        package, is_remote = f"{found[1]}/{found[2]}", True
    elif found := SCHEME.fullmatch(package):
        package, is_remote = found[1], True
    else:
        is_remote = forced_git or package.startswith("github.com/")
    package, _, directory = package.partition("//")
    if not all(PART.fullmatch(part) for part in directory.split("/") if part):
        return None
    directory = "/".join(part for part in directory.split("/") if part)
    return _repository(package, directory, query) if is_remote else _registry(package, directory)


def _registry(package: str, directory: str) -> ModuleSource | None:
    host, *names = package.lower().split("/")
    if len(names) != 3 or not HOST.fullmatch(host):
        host, names = "", package.lower().split("/")
    if len(names) != 3 or not all(PART.fullmatch(name) for name in names):
        return None
    private = host and host not in PUBLIC_REGISTRIES
    return ModuleSource(("/".join((host, *names) if private else names),), directory, in_registry=True)


def _repository(package: str, directory: str, query: str) -> ModuleSource | None:
    ref = found[1] if (found := REF.search(query)) else None
    if found := ARCHIVE.fullmatch(package):
        package, ref = found[1], found[2]
    package = package.rstrip("/").removesuffix(".git").lower()
    if not all(PART.fullmatch(part) for part in package.split("/")):
        return None
    return ModuleSource((*_published(package), package), directory, ref)


def _published(package: str) -> Iterator[str]:
    """The registry address under which a repository is published, if it is named as the registry wants it."""
    if found := REPOSITORY.fullmatch(package):
        yield f"{found[1]}/{found[3]}/{found[2]}"
