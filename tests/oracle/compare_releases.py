"""Compare stand-ins with the real modules, release by release.

``python -m tests.oracle.compare_releases --repositories DIRECTORY``

Each ``tests/fixtures/adapter-releases/MODULE/NAME.tf`` calls a module with ``version = "RELEASE"`` and is judged with
every release that the module's stand-in knows, once with the real module in place and once without. Nothing is stored;
``DIRECTORY`` is that of ``record_adapters``. Takes minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dynalint.evaluation.module_sources import parse_source
from dynalint.evaluation.stand_ins import find_template
from tests.oracle.adapters import observed
from tests.oracle.record_adapters import recorded

CALLS = Path(__file__).parents[1] / "fixtures" / "adapter-releases"
FIRST_RELEASE_WITH = {"wrappers": "2.0.0"}
"""Calls of what early releases do not have."""


def main(arguments: list[str] | None = None) -> int:
    """Compare everything; 1 if anything differs."""
    parser = argparse.ArgumentParser(description="Compare stand-ins with the real modules, release by release.")
    parser.add_argument("--repositories", required=True, type=Path, help="a directory with clones as owner/name")
    options = parser.parse_args(arguments)
    compared = differing = 0
    for call in sorted(CALLS.glob("*/*.tf")):
        for release in releases(call):
            differences = list(compare(call.read_text(encoding="utf-8"), release, options.repositories))
            compared, differing = compared + 1, differing + bool(differences)
            for difference in differences:
                print(f"{call.parent.name}/{call.stem} {release}: {difference}")  # noqa: T201 - its output
    print(f"{compared} calls compared, {differing} differ")  # noqa: T201 - its output
    return 1 if differing else 0


def releases(call: Path) -> Iterator[str]:
    """The releases to judge a call with, oldest first."""
    address = call.read_text(encoding="utf-8").split('source  = "')[1].split('"')[0]
    source = parse_source(address)
    template = find_template(source) if source else None
    assert template is not None
    known = [str(version) for version in sorted(template.releases)]
    first = FIRST_RELEASE_WITH.get(call.stem, known[0])
    yield from known[known.index(first) :]


def compare(text: str, release: str, repositories: Path) -> Iterator[str]:
    """What the real module gives and the stand-in does not, or the other way round."""
    with tempfile.TemporaryDirectory(prefix="dynalint-releases-") as place:
        case = Path(place).resolve() / "case"
        case.mkdir()
        (case / "main.tf").write_text(text.replace("RELEASE", release), encoding="utf-8")
        real, seen = plain(recorded(case, repositories)), plain(observed(case))
    for aspect, value in seen.items():
        if value != real[aspect]:
            yield f"{aspect}: the module gives {json.dumps(real[aspect])}, its stand-in {json.dumps(value)}"


def plain(observation: dict[str, Any]) -> dict[str, Any]:
    """An observation as it is after it was stored."""
    loaded: dict[str, Any] = json.loads(json.dumps(observation))
    return loaded


if __name__ == "__main__":
    sys.exit(main())
