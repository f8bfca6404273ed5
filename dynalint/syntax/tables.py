"""python-hcl2's grammar as plain tables, so that reading a block needs neither its import nor lark's.

python-hcl2 describes HCL in a lark grammar. Compiling that to LALR(1) tables takes seconds, and importing the two and
reviving the tables from lark's own cache takes a fifth of a second, which a hook feels. What a parser needs of them is
a few kilobytes of plain data. For the grammar that dynalint was made with they come along, as JSON
(``scripts/parser_tables.py`` writes them); where another is installed they are made anew, and kept beside the cache of
parsed blocks.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from dynalint import store
from dynalint.records import dataclass

SHIPPED = Path(__file__).with_name("tables.json")
"""Tables that came with dynalint; used if the grammar that is installed is the one they were made from."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the grammar: what it is called for actions, what it reduces to, and how many values it takes.

    ``repeats`` says that one of the values is a repetition, whose items count as values of the rule.
    """

    action: str
    origin: str
    size: int
    repeats: bool


@dataclass(frozen=True, slots=True)
class Tables:
    """LALR(1) tables. ``states[s][word]`` is the state to go to, or ``-1 - rule`` to reduce by."""

    states: list[dict[str, int]]
    rules: list[Rule]
    start: int
    accept: int


@cache
def tables() -> Tables:
    """The tables of the installed grammar."""
    key = grammar_key()
    for found in (read(SHIPPED), store.read_json(stored_at(key))):
        if found is not None and found.get("key") == key:
            return decode(found)
    made = compile_tables()
    store.write_json(stored_at(key), {"key": key, **made})
    return decode(made)


def read(path: Path) -> dict[str, Any] | None:
    """The JSON object in a file; None if there is none."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def stored_at(key: str) -> str:
    """Name of the file of tables in the cache folder."""
    return f"tables-{key}.json"


@cache
def grammar_key() -> str:
    """A digest of the installed grammar, found without importing it. Every lark makes the same tables of it."""
    digest = blake2b(b"4", digest_size=12)
    digest.update(package_folder("hcl2").joinpath("hcl2.lark").read_bytes())
    return digest.hexdigest()


def package_folder(package: str) -> Path:
    """The folder of an installed package."""
    found = PathFinder.find_spec(package)
    if found is None or found.origin is None:
        raise ModuleNotFoundError(f"no module named {package!r}", name=package)
    return Path(found.origin).parent


def decode(data: dict[str, Any]) -> Tables:
    """Tables from their plain form."""
    rules = [Rule(*rule) for rule in data["rules"]]
    return Tables(data["states"], rules, data["start"], data["accept"])


def compile_tables() -> dict[str, Any]:
    """The plain form of python-hcl2's parser."""
    from dynalint.syntax.grammar import flatten  # noqa: PLC0415 - costs a fifth of a second, and is rarely needed

    return flatten()
