"""Plan files: what ``terraform show -json`` prints of a plan, checked and taken apart.

https://developer.hashicorp.com/terraform/internals/json-format. Unknown keys are ignored; a major version of the format
that dynalint does not know is refused, as that page asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from dynalint.evaluation.json_values import read_json
from dynalint.evaluation.resources import Fault
from dynalint.records import dataclass
from dynalint.syntax.source import Source, Span

KNOWN_MAJORS = ("0", "1")
SHOW = "terraform show -json PLANFILE > plan.json"
ADDRESS = re.compile(rb'"address":\s*("(?:[^"\\]|\\.)*")')
Plain = Mapping[str, Any]
NOTHING: Plain = {}


class PlanError(Exception):
    """A file that is no plan dynalint can read; ``fault`` says what it is and what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class PlannedChange:
    """One entry of ``resource_changes``. ``before`` and ``after`` are None where there is nothing before or after."""

    address: str
    module_address: str
    mode: str
    type: str
    name: str
    index: int | str | None
    actions: tuple[str, ...]
    reason: str
    replace_paths: tuple[tuple[str | int, ...], ...]
    previous_address: str
    before: Plain | None
    after: Plain | None
    after_unknown: Plain
    before_sensitive: Any
    after_sensitive: Any


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A plan. ``written`` has the arguments that the configuration of each resource writes, by generic address.

    ``data`` holds the values of data sources that were read while planning, by address. ``whole`` is false for a plan
    that ended in an error or leaves something out (``-target``).
    """

    source: Source = field(repr=False)
    changes: tuple[PlannedChange, ...]
    variables: Plain
    data: Mapping[str, Plain]
    written: Mapping[str, Plain]
    whole: bool = True

    @property
    def span(self) -> Span:
        """The file itself, for what has no place in the source."""
        return Span(self.source.path, 0, 0)

    def places(self) -> dict[str, Span]:
        """Where the plan names the resources that it does something to, by address."""
        begin = max(self.source.data.find(b'"resource_changes"'), 0)
        found: dict[str, Span] = {}
        for match in ADDRESS.finditer(self.source.data, begin):
            found.setdefault(json.loads(match[1]), Span(self.source.path, match.start(1), match.end(1)))
        return found


def read_plan(source: Source) -> PlanFile:
    """The plan in a file. PlanError for anything that is no JSON plan of a known version."""
    document = _load(source)
    version = document.get("format_version")
    if "resource_changes" not in document and "planned_values" not in document and "configuration" not in document:
        raise _refusal(source, "this JSON is no plan: it has neither changes nor planned values")
    if not isinstance(version, str) or version.partition(".")[0] not in KNOWN_MAJORS:
        message = f"this plan has the format version {version!r}, and dynalint knows 1.x"
        raise _refusal(source, message, "look for a newer dynalint")
    try:
        return _plan(source, document)
    except (AttributeError, KeyError, TypeError, RecursionError) as error:
        raise _refusal(source, "this JSON is built otherwise than a plan") from error


def _plan(source: Source, document: Plain) -> PlanFile:
    return PlanFile(
        source=source,
        changes=tuple(_change(item) for item in document.get("resource_changes") or ()),
        variables={name: item.get("value") for name, item in (document.get("variables") or {}).items()},
        data=dict(_data(_get(document, "prior_state", "values", "root_module"))),
        written=dict(_written(_get(document, "configuration", "root_module"), "")),
        whole=not document.get("errored") and document.get("complete", True) is True,
    )


def _refusal(source: Source, message: str, help_text: str = "") -> PlanError:
    return PlanError(Fault("DYN001", message, Span(source.path, 0, 0), help_text or f"make it with: {SHOW}"))


def _load(source: Source) -> dict[str, Any]:
    if source.data.startswith(b"PK"):
        raise _refusal(source, "this is a binary plan, and dynalint reads its JSON form")
    try:
        document = read_json(source.data)
    except RecursionError as error:
        raise _refusal(source, "this JSON is nested too deep to be a plan") from error
    except ValueError as error:
        if source.data.lstrip().startswith(b'{"@level"'):
            raise _refusal(source, "this is the log of terraform plan -json, not a plan") from error
        raise _refusal(source, f"this is no JSON: {error}") from error
    if not isinstance(document, dict):
        raise _refusal(source, "a plan is a JSON object, and this is none")
    if "@level" in document:
        raise _refusal(source, "this is the log of terraform plan -json, not a plan")
    return document


def _get(document: Any, *names: str) -> Plain:
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document if isinstance(document, dict) else NOTHING


def _of(value: Any, *classes: type) -> Any:
    """The value, if it is null or of one of these classes. TypeError for any other."""
    if value is None or isinstance(value, classes):
        return value
    raise TypeError(f"{value!r} is out of place in a plan")


def _each(values: Any, *classes: type) -> Iterator[Any]:
    """The members of a list, none of which is null, or of another class."""
    for value in _of(values, list) or ():
        if value is None:
            raise TypeError("null is out of place in a plan")
        yield _of(value, *classes)


def _change(item: Plain) -> PlannedChange:
    change = _get(item, "change")
    return PlannedChange(
        address=str(item.get("address", "")),
        module_address=str(item.get("module_address") or ""),
        mode=str(item.get("mode", "managed")),
        type=str(item.get("type", "")),
        name=str(item.get("name", "")),
        index=_of(item.get("index"), int, str),
        actions=tuple(_each(change.get("actions"), str)),
        reason=str(item.get("action_reason") or ""),
        replace_paths=tuple(tuple(_each(path, int, str)) for path in _each(change.get("replace_paths"), list)),
        previous_address=str(item.get("previous_address") or ""),
        before=_of(change.get("before"), dict),
        after=_of(change.get("after"), dict),
        after_unknown=_get(change, "after_unknown"),
        before_sensitive=change.get("before_sensitive"),
        after_sensitive=change.get("after_sensitive"),
    )


def _data(module: Plain) -> Iterator[tuple[str, Plain]]:
    for resource in module.get("resources") or ():
        if resource.get("mode") == "data":
            yield str(resource["address"]), _of(resource.get("values"), dict) or {}
    for child in module.get("child_modules") or ():
        yield from _data(child)


def _written(module: Plain, prefix: str) -> Iterator[tuple[str, Plain]]:
    for resource in module.get("resources") or ():
        yield f"{prefix}{resource['address']}", _of(resource.get("expressions"), dict) or {}
    for name, call in (module.get("module_calls") or {}).items():
        yield from _written(_get(call, "module"), f"{prefix}module.{name}.")
