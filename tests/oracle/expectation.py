"""What a plan says of the tables, policy documents and outputs, in the shape of ``expected.json``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

Json = Any

UNKNOWN = {"__unknown__": True}
SCHEMA_ERRORS = (
    "Unsupported argument",
    "Unsupported block type",
    "Missing required argument",
    "Incorrect attribute value type",
    "Invalid resource type",
    "Insufficient ",
    "Too many ",
)
"""Beginnings of the summaries of what takes the provider's schema to see."""


def of_plan(plan: Mapping[str, Json]) -> dict[str, Json]:
    """The expectation that ``terraform show -json`` of a plan file holds."""
    changes = [change for change in plan.get("resource_changes", ()) if "create" in change["change"]["actions"]]
    tables = {change["address"]: _overlaid(change["change"]) for change in _typed(changes, "aws_dynamodb_table")}
    outputs = {name: _overlaid(change) for name, change in plan.get("output_changes", {}).items()}
    found: dict[str, Json] = {
        "tables": tables,
        "policies": dict(_policies(plan)),
        "outputs": outputs,
    }
    return {name: section for name, section in found.items() if section}


def of_diagnostics(diagnostics: list[Mapping[str, Json]]) -> dict[str, Json]:
    """The expectation that a refusal gives; the first error names it."""
    errors = [item for item in diagnostics if item["severity"] == "error"]
    first = errors[0]["summary"]
    in_module_call = ((errors[0].get("snippet") or {}).get("context") or "").startswith("module ")
    kind = "schema" if first.startswith(SCHEMA_ERRORS) and not in_module_call else "language"
    shown = [{"summary": item["summary"], "detail": item.get("detail", ""), "at": _position(item)} for item in errors]
    return {"error": first, "error_kind": kind, "errors": shown}


def _typed(resources: list[Json], kind: str) -> Iterator[Json]:
    return (item for item in resources if item["type"] == kind and item["mode"] == "managed")


def _overlaid(change: Mapping[str, Json]) -> Json:
    return _overlay(change.get("after"), change.get("after_unknown", False))


def _overlay(known: Json, unknown: Json) -> Json:
    """The value, with a mark wherever it is known only after apply."""
    match unknown:
        case True:
            return UNKNOWN
        case dict():
            members = known if isinstance(known, dict) else {}
            return {key: _overlay(members.get(key), unknown.get(key, False)) for key in sorted({*members, *unknown})}
        case list():
            items = known if isinstance(known, list) else []
            padded = [*unknown, *[False] * (len(items) - len(unknown))]
            return [_overlay(items[i] if i < len(items) else None, mark) for i, mark in enumerate(padded)]
        case _:
            return known


def _policies(plan: Mapping[str, Json]) -> Iterator[tuple[str, Json]]:
    """The policy documents: read during the plan, or put off until apply because something in them is unknown."""
    for change in plan.get("resource_changes", ()):
        if change["type"] == "aws_iam_policy_document" and change["change"]["actions"] == ["read"]:
            yield change["address"], {"json": UNKNOWN}
    for resource in _resources(plan.get("prior_state", {}).get("values", {}).get("root_module", {})):
        if resource["type"] == "aws_iam_policy_document":
            yield resource["address"], {"json": json.loads(resource["values"]["json"])}


def _resources(module: Mapping[str, Json]) -> Iterator[Mapping[str, Json]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _position(diagnostic: Mapping[str, Json]) -> str | None:
    if "range" not in diagnostic:
        return None
    return f"{diagnostic['range']['filename']}:{diagnostic['range']['start']['line']}"
