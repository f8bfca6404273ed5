"""``.terraform/modules/modules.json``: where ``terraform get`` put the modules.

Keys are call names joined by dots, without instance keys; directories are relative to the root module.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from posixpath import join, normpath

from dynalint.project import Project

NAME = ".terraform/modules/modules.json"


def read_manifest(directory: str, project: Project) -> Mapping[str, str]:
    """Directories by module key; empty where nothing was downloaded or the file makes no sense."""
    try:
        listed = json.loads(project.read_text_file(join(directory, NAME)))
    except (OSError, ValueError, RecursionError):
        return {}
    modules = listed.get("Modules") if isinstance(listed, dict) else None
    return {
        entry["Key"]: normpath(join(directory, entry["Dir"]))
        for entry in (modules if isinstance(modules, list) else ())
        if isinstance(entry, dict) and isinstance(entry.get("Key"), str) and isinstance(entry.get("Dir"), str)
    }
