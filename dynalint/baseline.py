"""The findings that a team has accepted for now: by rule and address, never by line.

.. code-block:: json

    {"version": 1, "entries": [{"rule": "DYN201", "address": "aws_dynamodb_table.orders", "attribute": "", "count": 1}]}

An entry that is not about a root module in the directory of the file names it as ``root``, relative to that directory,
and where environments are set up, those in which the finding is accepted as ``environments``: without, it is in all.
"""

from __future__ import annotations

import json
from posixpath import dirname, join, normpath, relpath
from typing import Any

from dynalint.accepting import Counts, anywhere
from dynalint.errors import UsageError
from dynalint.findings import Accepted, Identity
from dynalint.project import real_path
from dynalint.regular import read_regular
from dynalint.writing import replace_file

FILE = "dynalint-baseline.json"
VERSION = 1
NAMES = ("rule", "root", "address", "attribute")


def without_stale(entries: Counts, accepted: Accepted) -> dict[Identity, int]:
    """The entries as they are today: never more than there were, under the addresses of today."""
    kept: dict[Identity, int] = {}
    for entry, count in entries.items():
        left = count - accepted.stale.get(entry, 0)
        if left > 0:
            kept[accepted.moved.get(entry, entry)] = left
    return kept


def read_baseline(path: str) -> dict[Identity, int]:
    """The entries of a file, with roots as absolute paths. Raises UsageError for a file that is no baseline."""
    base = dirname(real_path(path))
    try:
        document: Any = json.loads(read_regular(path))
    except OSError as error:
        raise UsageError(f"cannot read the baseline {path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("entries"), list):
        raise UsageError(f"{path} is no baseline: `dynalint baseline create` writes one")
    if document.get("version") != VERSION:
        raise UsageError(f"{path} is a baseline of another version of dynalint")
    found = (_entry(item, base, f"{path}: entry {number}") for number, item in enumerate(document["entries"], 1))
    return {identity: count for identities, count in found for identity in identities}


def _entry(item: Any, base: str, where: str) -> tuple[list[Identity], int]:
    members = item if isinstance(item, dict) else {}
    rule, root, address, attribute = texts = [members.get(name, "") for name in NAMES]
    environments, count = members.get("environments", [""]), members.get("count", 1)
    listed = isinstance(environments, list) and environments
    sound = listed and all(isinstance(text, str) for text in (*texts, *environments)) and rule and address
    if not sound or type(count) is not int or count < 1:
        raise UsageError(f"{where} is not of the form {{rule, address, attribute, count}}")
    return [Identity(rule, normpath(join(base, root)), address, attribute, name) for name in environments], count


def write_baseline(path: str, entries: Counts) -> None:
    """Write the entries, sorted, replacing the file whole. Raises UsageError where that cannot be."""
    base = dirname(real_path(path))
    lines = [json.dumps(_item(identity, count, names, base)) for (identity, count), names in together(entries).items()]
    listed = "\n    " + ",\n    ".join(lines) + "\n  " if lines else ""
    text = f'{{\n  "version": {VERSION},\n  "entries": [{listed}]\n}}\n'
    try:
        replace_file(real_path(path), text.encode())
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}") from error


def together(entries: Counts) -> dict[tuple[Identity, int], list[str]]:
    """The entries that are the same but for their environments, with the names of these; sorted."""
    names: dict[tuple[Identity, int], list[str]] = {}
    for entry, count in sorted(entries.items()):
        names.setdefault((entry.anywhere, count), []).append(entry.environment)
    return dict(sorted(names.items()))


def total(entries: Counts) -> int:
    """How many findings are accepted: one that is in several environments is one."""
    return sum(anywhere(entries).values())


def _item(identity: Identity, count: int, environments: list[str], base: str) -> dict[str, Any]:
    root = relpath(identity.root, base)
    names = {"rule": identity.rule} | ({} if root == "." else {"root": root})
    where = {} if environments == [""] else {"environments": environments}
    return names | {"address": identity.address, "attribute": identity.attribute, "count": count} | where
