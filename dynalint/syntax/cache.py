"""Parsed blocks, kept on disk between runs.

One file of the cache belongs to one source file and holds its blocks by a digest of their text. What is in it is plain
data. A run that finds all it asks for parses nothing, and imports no parser.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable, Collection
from dataclasses import field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from dynalint import store
from dynalint.records import dataclass
from dynalint.syntax.encode import decode, encode
from dynalint.syntax.nodes import Block
from dynalint.syntax.source import Source, Span
from dynalint.syntax.tables import grammar_key

__all__ = ["block", "save"]

MAX_BLOCKS = 2_000
"""Blocks that the cache keeps of one source file; those asked for last stay."""
MAKERS = (
    *("access", "build", "encode", "frames", "lexemes", "lexer", "literals", "nodes"),
    *("parse", "source", "templates", "texts", "words"),
)
"""Modules that decide what a parsed block looks like."""


@dataclass(slots=True)
class Shelf:
    """The blocks of one source file: those that were stored, and those that this run asked for.

    ``given`` are the arguments of those that call a module, by key: what is given may be a secret, as only the module
    that is called says.
    """

    name: str
    stored: dict[str, Any]
    used: dict[str, Any] = field(default_factory=dict)
    given: dict[str, frozenset[str]] = field(default_factory=dict)
    changed: bool = False


_shelves: dict[str, Shelf] = {}


def block(source: Source, span: Span, parse: Callable[[Source, Span], Block]) -> Block:
    """The block in a byte range, from the cache if it is there. Raises what ``parse`` raises."""
    if store.folder() is None or stamp() is None:
        return parse(source, span)
    shelf = shelf_of(source.path)
    key = blake2b(source.data[span.start : span.end], digest_size=16).hexdigest()
    records = shelf.used.get(key) or shelf.stored.get(key)
    found = revived(records, span) if records else None
    if found is None:
        found = parse(source, span)
        records, shelf.changed = encode(found, span.start), True
        if found.type == "module":
            shelf.given[key] = frozenset(attribute.name for attribute in found.body.attributes)
    shelf.used[key] = records
    return found


def revived(records: Any, span: Span) -> Block | None:
    """The block that was stored; None if what was stored is no block of this length."""
    try:
        found = decode(records, span.path, span.start)
    except (LookupError, TypeError, ValueError, AttributeError, StopIteration):
        return None
    return found if found.span == span else None


def shelf_of(path: str) -> Shelf:
    """What the cache holds of a source file."""
    shelf = _shelves.get(path)
    if shelf is None:
        if not _shelves:
            atexit.unregister(save)
            atexit.register(save)
        name = f"blocks-{blake2b(path.encode('utf-8', 'surrogateescape'), digest_size=16).hexdigest()}.json"
        content = store.read_json(name) or {}
        stored = content.get("blocks") if content.get("stamp") == stamp() else None
        shelf = _shelves[path] = Shelf(name, stored if isinstance(stored, dict) else {})
    return shelf


def save(sensitive: Collection[str] | None = None) -> None:
    """Write what was parsed since the last time, and hold nothing any more.

    ``sensitive`` are the names of variables whose values nobody may see: calls that give one are not kept. Where nobody
    knows them, as at the end of the process by itself, no call is.
    """
    while _shelves:
        _, shelf = _shelves.popitem()
        if shelf.changed:
            secret = {key for key, names in shelf.given.items() if sensitive is None or not names.isdisjoint(sensitive)}
            used = {key: value for key, value in shelf.used.items() if key not in secret}
            kept = {**used, **{key: value for key, value in shelf.stored.items() if key not in used}}
            store.write_json(shelf.name, {"stamp": stamp(), "blocks": dict(list(kept.items())[:MAX_BLOCKS])})


@cache
def stamp() -> str | None:
    """A digest of all that decides how a text becomes nodes: the installed grammar, and dynalint's own code.

    None where the code cannot be read, as in an archive: then nothing is cached.
    """
    digest = blake2b(grammar_key().encode(), digest_size=16)
    try:
        for name in MAKERS:
            digest.update(Path(__file__).with_name(f"{name}.py").read_bytes())
    except OSError:
        return None
    return digest.hexdigest()
