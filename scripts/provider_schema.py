"""Make dynalint/evaluation/provider_schema.json from the AWS provider's own schema.

Run it where terraform can install hashicorp/aws::

    python scripts/provider_schema.py 5.100.0

The file holds, for the resource and data source types that dynalint evaluates to the type, what is needed to convert
arguments, to tell blocks from arguments in JSON syntax, and to know which attributes AWS computes. ADDITIONS are
arguments of releases 6.x of the provider, marked with a 6; they are accepted wherever the version is not known. What
else the provider refuses, and in which release 6 an addition came, is in dynalint/dynamodb/provider_facts.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "dynalint" / "evaluation" / "provider_schema.json"
PREFIXES = ("aws_dynamodb_", "aws_dax_", "aws_appautoscaling_")
RESOURCES = {
    "aws_backup_plan",
    "aws_backup_selection",
    "aws_iam_group_policy",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy",
    "aws_kms_alias",
    "aws_kms_key",
    "aws_kms_replica_key",
    "aws_lambda_event_source_mapping",
    "aws_ssoadmin_permission_set_inline_policy",
    "aws_vpc_endpoint",
    "aws_vpc_endpoint_policy",
    "aws_vpc_endpoint_route_table_association",
}
DATA_SOURCES = {
    "aws_arn",
    "aws_caller_identity",
    "aws_default_tags",
    "aws_dynamodb_table",
    "aws_iam_policy_document",
    "aws_kms_alias",
    "aws_kms_key",
    "aws_partition",
    "aws_region",
}
REGION = {"region": ["string", "oc6"]}
"""https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support"""
KEY_SCHEMA = {
    "nesting": "list",
    "later": True,
    "attributes": {"attribute_name": ["string", "r6"], "key_type": ["string", "r6"]},
}
WARM_THROUGHPUT = {
    "nesting": "list",
    "later": True,
    "max": 1,
    "attributes": {"read_units_per_second": ["number", "oc6"], "write_units_per_second": ["number", "oc6"]},
}
ADDITIONS: dict[str, Any] = {
    "aws_dynamodb_table": {
        "attributes": {"region": ["string", "oc6"], "restore_backup_arn": ["string", "o6"]},
        "blocks": {
            "global_secondary_index": {"blocks": {"key_schema": KEY_SCHEMA, "warm_throughput": WARM_THROUGHPUT}},
            "global_table_witness": {
                "nesting": "list",
                "later": True,
                "max": 1,
                "attributes": {"region_name": ["string", "o6"]},
            },
            "replica": {
                "attributes": {"consistency_mode": ["string", "o6"], "deletion_protection_enabled": ["bool", "oc6"]},
            },
            "warm_throughput": WARM_THROUGHPUT,
        },
    },
    "aws_dynamodb_global_secondary_index": {
        "attributes": {
            "arn": ["string", "c6"],
            "index_name": ["string", "r6"],
            "table_name": ["string", "r6"],
            "region": ["string", "oc6"],
        },
        "blocks": {
            "key_schema": {
                "nesting": "list",
                "min": 1,
                "attributes": {
                    "attribute_name": ["string", "r6"],
                    "attribute_type": ["string", "r6"],
                    "key_type": ["string", "r6"],
                },
            },
            "projection": {
                "nesting": "list",
                "min": 1,
                "max": 1,
                "attributes": {"projection_type": ["string", "r6"], "non_key_attributes": [["list", "string"], "oc6"]},
            },
            "provisioned_throughput": {
                "nesting": "list",
                "max": 1,
                "attributes": {"read_capacity_units": ["number", "r6"], "write_capacity_units": ["number", "r6"]},
            },
            "warm_throughput": WARM_THROUGHPUT,
            "on_demand_throughput": {
                "nesting": "list",
                "max": 1,
                "attributes": {
                    "max_read_request_units": ["number", "oc6"],
                    "max_write_request_units": ["number", "oc6"],
                },
            },
        },
    },
}


def provider_schema(version: str) -> dict[str, Any]:
    """The provider's whole schema, as terraform prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source = {"aws": {"source": "hashicorp/aws", "version": version}}
        Path(folder, "main.tf.json").write_text(
            json.dumps({"terraform": {"required_providers": source}}), encoding="utf-8"
        )
        subprocess.run(["terraform", "init", "-input=false"], cwd=folder, check=True, stdout=sys.stderr)
        printed = subprocess.run(
            ["terraform", "providers", "schema", "-json"], cwd=folder, check=True, capture_output=True
        )
    schemas: dict[str, Any] = json.loads(printed.stdout)["provider_schemas"]
    return next(schema for name, schema in schemas.items() if name.endswith("hashicorp/aws"))


def compact(block: dict[str, Any]) -> dict[str, Any]:
    """One block of the printed schema, without descriptions and with one-letter flags."""
    attributes = {name: [item["type"], flags(item)] for name, item in sorted(block.get("attributes", {}).items())}
    result: dict[str, Any] = {"attributes": attributes}
    blocks = {name: nested(item) for name, item in sorted(block.get("block_types", {}).items())}
    return {**result, "blocks": blocks} if blocks else result


def nested(item: dict[str, Any]) -> dict[str, Any]:
    """A block type inside another, with its nesting and bounds."""
    bounds = {short: item[long] for short, long in (("min", "min_items"), ("max", "max_items")) if item.get(long)}
    return {"nesting": item["nesting_mode"], **bounds, **compact(item["block"])}


def flags(attribute: dict[str, Any]) -> str:
    """``r`` required, ``o`` optional, ``c`` computed, ``s`` sensitive."""
    names = ("required", "optional", "computed", "sensitive")
    return "".join(name[0] for name in names if attribute.get(name))


def merge(into: dict[str, Any], extra: dict[str, Any]) -> None:
    """Add what ``extra`` has and ``into`` lacks, at any depth."""
    for name, value in extra.items():
        if isinstance(value, dict) and isinstance(into.get(name), dict):
            merge(into[name], value)
        else:
            into.setdefault(name, value)


def main(version: str) -> None:
    """Write the file."""
    schema = provider_schema(version)
    resources = {
        name: compact(item["block"])
        for name, item in sorted(schema["resource_schemas"].items())
        if name.startswith(PREFIXES) or name in RESOURCES
    }
    merge(resources, ADDITIONS)
    for name, block in resources.items():
        if name.startswith(PREFIXES):
            merge(block, {"attributes": REGION})
    data = {name: compact(schema["data_source_schemas"][name]["block"]) for name in sorted(DATA_SOURCES)}
    document = {"provider": f"hashicorp/aws {version}", "resources": resources, "data": data}
    TARGET.write_text(json.dumps(document, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
