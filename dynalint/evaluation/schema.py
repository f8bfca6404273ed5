"""What the provider says of a resource type: its arguments, their types, its nested blocks.

The data is made by ``scripts/provider_schema.py`` from the provider itself. Types that are not in it evaluate too, with
their arguments as written and everything else unknown.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dynalint.evaluation.types import BOOL, DYNAMIC, NUMBER, STRING, ListOf, MapOf, SetOf, TupleOf, Type, object_of
from dynalint.records import dataclass

PRIMITIVES: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "dynamic": DYNAMIC}


@dataclass(frozen=True, slots=True)
class AttributeSchema:
    """One argument or computed attribute; ``later`` ones came with provider 6."""

    type: Type
    required: bool
    optional: bool
    computed: bool
    sensitive: bool
    later: bool = False


@dataclass(frozen=True, slots=True)
class BlockSchema:
    """A block's arguments and nested blocks. ``nesting`` is ``list``, ``set``, ``map`` or ``single``.

    ``min`` and ``max`` bound how many there may be; ``max`` is 0 where there is no bound. ``later`` blocks came with
    provider 6.
    """

    attributes: Mapping[str, AttributeSchema]
    blocks: Mapping[str, BlockSchema]
    nesting: str = "single"
    min: int = 0
    max: int = 0
    later: bool = False


@cache
def _document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(Path(__file__).with_name("provider_schema.json").read_bytes())
    return loaded


TERRAFORM_DATA = BlockSchema(
    {
        "id": AttributeSchema(STRING, required=False, optional=False, computed=True, sensitive=False),
        "input": AttributeSchema(DYNAMIC, required=False, optional=True, computed=False, sensitive=False),
        "output": AttributeSchema(DYNAMIC, required=False, optional=False, computed=True, sensitive=False),
        "triggers_replace": AttributeSchema(DYNAMIC, required=False, optional=True, computed=False, sensitive=False),
    },
    {},
)
"""https://developer.hashicorp.com/terraform/language/resources/terraform-data"""


REGION = AttributeSchema(STRING, required=False, optional=True, computed=True, sensitive=False, later=True)
"""Provider 6 takes a Region at every resource and data source.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
"""


@cache
def schema_of(mode: str, type_: str) -> BlockSchema | None:
    """Schema of a resource (``managed``) or data source (``data``) type; None where dynalint has none."""
    if (mode, type_) == ("managed", "terraform_data"):
        return TERRAFORM_DATA
    found = _document()["resources" if mode == "managed" else "data"].get(type_)
    if not found:
        return None
    schema = _block(found)
    if mode == "managed" or type_ not in WITHOUT_REGION:
        schema = replace(schema, attributes={"region": REGION, **schema.attributes})
    return schema


WITHOUT_REGION = frozenset({"aws_arn", "aws_caller_identity", "aws_iam_policy_document", "aws_partition"})
"""Data sources that are the same everywhere."""
NEWER_TYPES = frozenset({"aws_dynamodb_backups", "aws_dynamodb_table_query", "aws_dynamodb_vector_index"})
"""Types of provider 6 whose schema is not here."""
OTHER_DATA = frozenset({"aws_dynamodb_table_item", "aws_dynamodb_tables"})
NEAR_TO = ("aws_dynamodb_", "aws_dax_")


def near_type(mode: str, type_: str) -> str | None:
    """The DynamoDB or DAX type that a type which does not exist is nearly called like; None for every other type."""
    kind = "resources" if mode == "managed" else "data"
    known = {name for name in _document()[kind] if name.startswith(NEAR_TO)} | NEWER_TYPES
    known |= OTHER_DATA if mode == "data" else frozenset()
    if type_ in known or not type_.startswith("aws_d"):
        return None
    from difflib import get_close_matches  # noqa: PLC0415 - most types are well-known ones

    service = type_.split("_")[1]  # aws_db_subnet_group is near to aws_dax_subnet_group, and quite another thing
    if service != "dax" and not get_close_matches(service, ["dynamodb"], n=1, cutoff=0.75):
        return None
    return next(iter(get_close_matches(type_, sorted(known), n=1, cutoff=0.9)), None)


def _block(plain: dict[str, Any]) -> BlockSchema:
    attributes = {name: _attribute(type_, flags) for name, (type_, flags) in plain["attributes"].items()}
    blocks = {name: _block(inner) for name, inner in plain.get("blocks", {}).items()}
    bounds = plain.get("min", 0), plain.get("max", 0)
    return BlockSchema(attributes, blocks, plain.get("nesting", "single"), *bounds, later=plain.get("later", False))


def _attribute(type_: Any, flags: str) -> AttributeSchema:
    return AttributeSchema(
        type_of(type_),
        required="r" in flags,
        optional="o" in flags,
        computed="c" in flags,
        sensitive="s" in flags,
        later="6" in flags,
    )


def type_of(plain: Any) -> Type:
    """The type that Terraform writes as JSON: ``["list", "string"]``."""
    match plain:
        case str():
            return PRIMITIVES[plain]
        case ["list", inner]:
            return ListOf(type_of(inner))
        case ["set", inner]:
            return SetOf(type_of(inner))
        case ["map", inner]:
            return MapOf(type_of(inner))
        case ["object", members, *_]:
            return object_of({name: type_of(inner) for name, inner in members.items()})
        case ["tuple", items]:
            return TupleOf(tuple(type_of(inner) for inner in items))
    raise AssertionError(f"no such type: {plain!r}")
