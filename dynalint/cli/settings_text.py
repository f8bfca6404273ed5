"""What ``dynalint config`` prints."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import Any

from dynalint.cli.settings import RunSettings
from dynalint.errors import UsageError
from dynalint.packs import load_rules
from dynalint.project import real_path
from dynalint.reports.inert import visible
from dynalint.settings import Settings
from dynalint.settings import schema as settings_schema
from dynalint.settings.keys import key_of


def schema() -> str:
    """The JSON Schema of settings files, with the options of the rules that are installed."""
    return settings_schema.text(load_rules(()))


def shown(path: str, *, config: str | None, isolated: bool) -> str:
    """Every key with its value as TOML and, behind it, the file that sets it. UsageError for a path that is none."""
    place = Path(path)
    if not place.exists():
        raise UsageError(f"no such file or directory: {path}")
    directory = real_path(str(place if place.is_dir() else place.parent))
    layers = RunSettings([path], config=config, isolated=isolated).layers(directory)
    lines = [*_lines(layers.settings, layers.origins)]
    width = max(len(line) for line, _ in lines)
    return "".join(visible(f"{line:{min(width, 60)}}  # {origin}") + "\n" for line, origin in lines)


def _lines(settings: Settings, origins: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for item in fields(Settings):
        if item.name != "extend":
            origin = origins.get(item.name)
            shown_origin = os.path.relpath(origin, real_path(".")) if origin else "default"
            for key, value in _dotted(key_of(item.name), getattr(settings, item.name)):
                yield f"{key} = {toml(value)}", shown_origin


def _dotted(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    """The members of a table and of the tables in it, each under its dotted key: a line has room for one."""
    if is_dataclass(value) and not isinstance(value, type):
        value = {key_of(name): inner for name, inner in asdict(value).items() if inner}
    if not isinstance(value, Mapping) or not value:
        yield key, value
        return
    for name, inner in value.items():
        yield from _dotted(f"{key}.{_key(name)}", inner)


def toml(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, Mapping):
        return (
            "{ " + ", ".join(f"{_key(name)} = {toml(inner)}" for name, inner in value.items()) + " }" if value else "{}"
        )
    if isinstance(value, list | tuple | frozenset):
        return "[" + ", ".join(toml(inner) for inner in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    plain = name.replace("-", "").replace("_", "").isalnum() and name.isascii()
    return name if plain else json.dumps(name, ensure_ascii=False)
