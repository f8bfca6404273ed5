"""Record what dynalint says of calls of registry modules when the modules themselves are there.

``python -m tests.oracle.record_adapters --repositories DIRECTORY [--check] CASE…``

``DIRECTORY`` holds clones of the modules' git repositories as ``owner/name`` (``cloudposse/terraform-aws-dynamodb``);
nothing is downloaded. Each case is copied elsewhere, the releases that its calls mean are put below
``.terraform/modules`` as ``terraform get`` would, and what dynalint then says is written to the case's
``expected.json``. The tests hold the stand-ins, which are used where nothing is downloaded, against it.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from dynalint.evaluation.module_sources import ModuleSource, parse_source
from dynalint.evaluation.versions import parse_constraint, parse_version
from dynalint.syntax import load_file
from dynalint.syntax.nodes import Block, Literal
from tests.oracle.adapters import observed


class RepositoryError(Exception):
    """A module that a case calls is not to be had from the clones."""


def main(arguments: list[str] | None = None) -> int:
    """Record or check the cases named; 1 if one of the stored answers does not hold any more."""
    parser = argparse.ArgumentParser(description="Record what dynalint says of downloaded registry modules.")
    parser.add_argument("--repositories", required=True, type=Path, help="a directory with clones as owner/name")
    parser.add_argument("--check", action="store_true", help="compare with what is stored and write nothing")
    parser.add_argument("cases", nargs="+", type=Path, metavar="CASE", help="a directory with a configuration")
    options = parser.parse_args(arguments)
    stale = 0
    for case in options.cases:
        text = json.dumps(recorded(case, options.repositories), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        file = case / "expected.json"
        same = file.is_file() and file.read_text(encoding="utf-8") == text
        stale += options.check and not same
        if not options.check and not same:
            file.write_text(text, encoding="utf-8")
        print(f"{case}: {'as stored' if same else 'DIFFERS' if options.check else 'recorded'}")  # noqa: T201 - its output
    return 1 if stale else 0


def recorded(case: Path, repositories: Path) -> dict[str, Any]:
    """What dynalint says of a case with everything downloaded."""
    with tempfile.TemporaryDirectory(prefix="dynalint-adapters-") as place:
        root = Path(place).resolve() / "case"
        shutil.copytree(case, root, ignore=shutil.ignore_patterns("expected.json"))
        modules = list(_installed(root, root, "", repositories))
        listing = [{"Key": "", "Source": "", "Dir": "."}, *modules]
        (root / ".terraform" / "modules").mkdir(parents=True, exist_ok=True)
        (root / ".terraform" / "modules" / "modules.json").write_text(json.dumps({"Modules": listing}))
        return {**observed(root), "judged": {item["Key"]: item["Version"] for item in modules if item["Version"]}}


def _installed(root: Path, directory: Path, above: str, repositories: Path) -> Iterator[dict[str, str]]:
    """The entries of modules.json for all calls in a directory and below, each module put in its place."""
    for name, source, version in _calls(directory):
        key = f"{above}.{name}" if above else name
        if source.startswith(("./", "../")):
            target, release = (directory / source).resolve(), ""
        else:
            target, release = _unpacked(root / ".terraform" / "modules" / key, source, version, repositories)
        yield {"Key": key, "Source": source, "Version": release, "Dir": str(target.relative_to(root))}
        yield from _installed(root, target, key, repositories)


def _calls(directory: Path) -> Iterator[tuple[str, str, str | None]]:
    for file in sorted(directory.glob("*.tf")):
        for scanned in load_file(str(file)).blocks:
            if scanned.type == "module":
                block = scanned.parse()
                yield scanned.labels[0], _literal(block, "source") or "", _literal(block, "version")


def _literal(block: Block, name: str) -> str | None:
    attribute = block.body.attribute(name)
    literal = attribute.value if attribute else None
    return literal.value if isinstance(literal, Literal) and isinstance(literal.value, str) else None


def _unpacked(target: Path, text: str, constraint: str | None, repositories: Path) -> tuple[Path, str]:
    source = parse_source(text)
    if source is None:
        raise RepositoryError(f"{text} names no module")
    repository = repositories / _repository(source.addresses[0])
    tag = source.ref if not source.in_registry and source.ref else _newest(repository, constraint)
    archive = subprocess.run(["git", "-C", repository, "archive", tag], check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as content:
        content.extractall(target, filter="data")
    return _inside(target, source), tag


def _inside(target: Path, source: ModuleSource) -> Path:
    return target / source.directory if source.directory else target


def _repository(address: str) -> str:
    """Where the registry takes a module from: https://developer.hashicorp.com/terraform/registry/modules/publish."""
    owner, name, provider = address.split("/")
    return f"{owner}/terraform-{provider}-{name}"


def _newest(repository: Path, constraint: str | None) -> str:
    """The tag of the newest release that a version argument allows."""
    tags = subprocess.run(["git", "-C", repository, "tag"], check=True, capture_output=True, text=True).stdout.split()
    allowed = parse_constraint(constraint)
    releases = {parse_version(tag): tag for tag in tags if tag.count(".") == 2}
    fitting = [version for version in releases if version and allowed and allowed.allows(version)]
    if not fitting:
        raise RepositoryError(f"{repository} has no release that {constraint!r} allows")
    return releases[max(fitting)]


if __name__ == "__main__":
    sys.exit(main())
