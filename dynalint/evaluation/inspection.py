"""What dynalint understood of a root module, as plain data for programs.

The shape is that of the conformance cases: planned values of tables, decoded policies, outputs. Unknown values are
``{"__unknown__": true}``, sensitive ones ``{"__sensitive__": true}`` unless they are asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from dynalint.evaluation.inputs import Inputs
from dynalint.evaluation.numbers import number_text
from dynalint.evaluation.objects import resource_value
from dynalint.evaluation.resources import Resource, RootModule
from dynalint.evaluation.root import evaluate_root
from dynalint.evaluation.values import Unknown, Value
from dynalint.project import Project

UNKNOWN = {"__unknown__": True}
SENSITIVE = {"__sensitive__": True}
BITS = 512
"""Precision of Terraform's numbers."""


def inspect_root(directory: str, project: Project, inputs: Inputs, *, show_sensitive: bool = False) -> dict[str, Any]:
    """``{"tables": …, "policies": …, "outputs": …}``, or ``{"error": message}`` where Terraform would refuse."""
    root = evaluate_root(directory, project, inputs)
    faults = [fault for fault in root.faults if fault.code != "DYN005"]
    broken = [fault for file in project.files_of(directory) for fault in file.faults]
    if broken or faults:
        return {"error": (broken or faults)[0].message}
    unfollowed = [call.reason for call in root.unresolved]
    if unfollowed:
        return {"error": unfollowed[0]}
    return _tidy(root, show_sensitive=show_sensitive)


def _tidy(root: RootModule, *, show_sensitive: bool) -> dict[str, Any]:
    policies = (item for item in root.resources if item.type == "aws_iam_policy_document" and item.mode == "data")
    tables = sorted(root.of_type("aws_dynamodb_table"), key=lambda item: item.address)
    return {
        "tables": {item.address: _table(item, show_sensitive) for item in tables},
        "policies": {item.address: {"json": _policy(item, show_sensitive)} for item in policies},
        "outputs": {
            name: to_plain(value, show_sensitive=show_sensitive) for name, value in sorted(root.outputs.items())
        },
    }


def _table(resource: Resource, show_sensitive: bool) -> Any:
    return to_plain(resource_value(resource, later=False), show_sensitive=show_sensitive)


def _policy(resource: Resource, show_sensitive: bool) -> Any:
    value = resource.computed.get("json")
    if value is None or not isinstance(value.data, str):
        return UNKNOWN
    if value.sensitive and not show_sensitive:
        return SENSITIVE
    return json.loads(value.data)


def to_plain(value: Value, *, show_sensitive: bool = False) -> Any:
    """Plain data of a value, ready for the json module; numbers that are not whole become floats.

    Whole numbers beyond 512 bits come out as Terraform prints them: their shortest decimal form.
    """
    if value.sensitive and not show_sensitive:
        return SENSITIVE
    match value.data:
        case Unknown():
            return UNKNOWN
        case tuple() as items:
            return [to_plain(item, show_sensitive=show_sensitive) for item in items]
        case Fraction() as fraction:
            return float(fraction)
        case int() as whole if abs(whole) >> BITS:
            return int(number_text(whole))
        case Mapping() as members:
            return {name: to_plain(member, show_sensitive=show_sensitive) for name, member in members.items()}
        case other:
            return other
