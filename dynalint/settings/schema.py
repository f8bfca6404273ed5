"""The JSON Schema of settings files, for editors: made from the list of keys.

``python -m dynalint.settings.schema`` prints it; the file beside this one is kept current by a test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from dynalint.option_types import schema_of, types_of
from dynalint.rule import Rule
from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS, key_of

FILE = "dynalint-settings.schema.json"
TEXTS = {"type": "array", "items": {"type": "string"}}


def schema(rules: Iterable[Rule[Any]] = ()) -> dict[str, Any]:
    """The schema of a ``dynalint.toml``, or of ``[tool.dynalint]`` in a ``pyproject.toml``.

    ``rules`` are those whose options it is to know; of others it knows no more than that they are tables.
    """
    made = _object(SETTINGS_KEYS)
    if known := {rule.info.name: _options(rule) for rule in rules if rule.options is not None}:
        made["properties"]["rules"]["properties"] = known
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Settings of dynalint", **made}


def _options(rule: Rule[Any]) -> dict[str, Any]:
    options: Any = rule.options
    types = types_of(type(options))
    return {
        "description": rule.info.summary,
        "type": "object",
        "additionalProperties": False,
        "properties": {key_of(item.name): schema_of(types[item.name]) for item in fields(options)},
    }


def _object(keys: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _property(item) for name, item in keys.items()},
    }


def _property(item: Any) -> dict[str, Any]:
    metadata = item.metadata
    described = {"description": metadata["help"], **_types(metadata)}
    plain = isinstance(item.default, str | bool) and item.default != ""
    return {**described, "default": item.default} if plain and item.default is not MISSING else described


def _types(metadata: Mapping[str, Any]) -> dict[str, Any]:
    match metadata["kind"]:
        case "text":
            return {"type": "string"}
        case "flag":
            return {"type": "boolean"}
        case "names":
            return TEXTS
        case "choice":
            return {"enum": list(metadata["choices"])}
        case "choices":
            return {"type": "object", "additionalProperties": {"enum": list(metadata["choices"])}}
        case "texts":
            return {"type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]}}
        case "lists":
            return {"type": "object", "additionalProperties": TEXTS}
        case "environments":
            return {"type": "object", "additionalProperties": _object(ENVIRONMENT_KEYS)}
        case _:
            return {"type": "object", "additionalProperties": {"type": "object"}}


def text(rules: Iterable[Rule[Any]] = ()) -> str:
    """The schema as a file has it; without rules, as the shipped one does."""
    return json.dumps(schema(rules), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
