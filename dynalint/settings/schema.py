"""The JSON Schema of settings files, for editors: made from the list of keys.

``python -m dynalint.settings.schema`` prints it; the file beside this one is kept current by a test.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import MISSING
from typing import Any

from dynalint.settings.keys import ENVIRONMENT_KEYS, SETTINGS_KEYS

FILE = "dynalint-settings.schema.json"
TEXTS = {"type": "array", "items": {"type": "string"}}


def schema() -> dict[str, Any]:
    """The schema of a ``dynalint.toml``, or of ``[tool.dynalint]`` in a ``pyproject.toml``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of dynalint",
        **_object(SETTINGS_KEYS),
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


def text() -> str:
    """The schema as the shipped file has it."""
    return json.dumps(schema(), indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
