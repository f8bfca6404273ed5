"""The keys of a settings file, each with its type, its default and a sentence that says what it does.

This is the one list: reading, ``dynalint config``, the JSON Schema and the reference in the documentation come from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any

from dynalint.findings import Severity
from dynalint.records import dataclass

FAIL_ON = ("error", "warning", "note", "never")
Names = tuple[str, ...]


def _about(kind: str, help_: str, **more: Any) -> dict[str, Any]:
    """What a key takes (see ``reading``), and what it does."""
    return {"kind": kind, "help": help_, **more}


@dataclass(frozen=True, slots=True)
class Environment:
    """Inputs under which the roots are checked once more: ``[environments.prod]``."""

    var_files: Names = field(default=(), metadata=_about("names", "Variable files, relative to the root module."))
    variables: Mapping[str, str] = field(
        default_factory=dict, metadata=_about("texts", "Inputs as NAME = VALUE, as for --var.")
    )
    workspace: str = field(default="", metadata=_about("text", "The name of the workspace."))


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a settings file can say. Names of fields are the keys, with hyphens for underscores."""

    required_version: str = field(
        default="", metadata=_about("text", 'Versions of dynalint that may read this, as in ">=0.2".')
    )
    extend: str = field(
        default="",
        metadata=_about("text", "Another settings file, relative to this one, whose values hold where this is silent."),
    )
    select: Names = field(
        default=(), metadata=_about("names", "The rules to run: codes, beginnings of codes, names, tags, or ALL.")
    )
    extend_select: Names = field(
        default=(), metadata=_about("names", "Rules to run besides the selected or the default ones.")
    )
    ignore: Names = field(default=(), metadata=_about("names", "Rules to leave out."))
    extend_ignore: Names = field(default=(), metadata=_about("names", "Rules to leave out, too."))
    fail_on: str = field(
        default="warning", metadata=_about("choice", "From which severity on a run fails.", choices=FAIL_ON)
    )
    exclude: Names = field(
        default=(), metadata=_about("names", "Paths to leave out, as in .gitignore, relative to this file.")
    )
    var_files: Names = field(
        default=(), metadata=_about("names", "Variable files for every root, relative to this file.")
    )
    baseline: str = field(
        default="",
        metadata=_about("text", "The file of accepted findings that `dynalint baseline` keeps, relative to this file."),
    )
    foreign_ignores: bool = field(
        default=True, metadata=_about("flag", "Heed the ignore comments of other linters for equivalent rules.")
    )
    require_reason: bool = field(default=False, metadata=_about("flag", "A comment that hides a finding must say why."))
    not_ignorable: Names = field(default=(), metadata=_about("names", "Rules that no comment may hide."))
    severity: Mapping[str, str] = field(
        default_factory=dict,
        metadata=_about("choices", "Another severity for a rule.", choices=tuple(str(level) for level in Severity)),
    )
    rules: Mapping[str, Mapping[str, Any]] = field(
        default_factory=dict, metadata=_about("tables", "Options of a rule: [rules.required-tags-missing].")
    )
    per_file_ignores: Mapping[str, Names] = field(
        default_factory=dict, metadata=_about("lists", "Rules to leave out in files that match a pattern.")
    )
    per_resource_ignores: Mapping[str, Names] = field(
        default_factory=dict,
        metadata=_about("lists", 'Rules to leave out for addresses that match: "aws_dynamodb_table.scratch_*".'),
    )
    environments: Mapping[str, Environment] = field(
        default_factory=dict, metadata=_about("environments", "Inputs under which every root is checked.")
    )


def key_of(field_name: str) -> str:
    """The name of a field as files write it."""
    return field_name.replace("_", "-")


SETTINGS_KEYS: Mapping[str, Any] = {key_of(item.name): item for item in fields(Settings)}
ENVIRONMENT_KEYS: Mapping[str, Any] = {key_of(item.name): item for item in fields(Environment)}
