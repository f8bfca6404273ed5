"""Policies and plans that look like some: what stands in them, and what they are made of."""

from __future__ import annotations

import json

from tests.hostile.choices import Choices, Shape

POLICY_WORDS = (
    *("Statement", "Effect", "Action", "Resource", "Allow", "Deny", "*", "dynamodb:*", "dynamodb:Scan", "Condition"),
    *("NotAction", "NotResource", "Principal", "NotPrincipal", "AWS", "Version", "2012-10-17", "Sid", "StringEquals"),
    *("dynamodb:LeadingKeys", "ForAllValues:StringLike", "${aws:username}", "Null", "Bool", "aws:PrincipalOrgID"),
    *("arn:aws:dynamodb:eu-west-1:123456789012:table/orders", "arn:aws:dynamodb:*:*:table/*/index/*", "kms:Decrypt"),
    *("dynamodb:get*", "dynamodb:?can", "dynamodb:DeleteTable", "dynamodb:Select", "dynamodb:Attributes", "IpAddress"),
    *("arn:aws:iam::123456789012:root", "Federated", "Service", "aws:SourceArn", "aws:SourceVpce", "s3:GetObject"),
)
PLAN_WORDS = (
    *("resource_changes", "change", "actions", "create", "update", "delete", "no-op", "before", "after", "address"),
    *(
        "aws_dynamodb_table.t",
        "aws_dynamodb_table",
        "type",
        "name",
        "mode",
        "managed",
        "data",
        "index",
        "module_address",
    ),
    *("module.m", "after_unknown", "before_sensitive", "after_sensitive", "replace_paths", "previous_address", "value"),
    *(
        "planned_values",
        "configuration",
        "prior_state",
        "values",
        "root_module",
        "resources",
        "child_modules",
        "variables",
    ),
    *(
        "module_calls",
        "module",
        "expressions",
        "constant_value",
        "errored",
        "complete",
        "action_reason",
        "tags_all",
        "tags",
    ),
    *(
        "hash_key",
        "range_key",
        "attribute",
        "billing_mode",
        "global_secondary_index",
        "ttl",
        "replica",
        "enabled",
        "id",
    ),
    *(
        "point_in_time_recovery",
        "deletion_protection_enabled",
        "stream_enabled",
        "policy",
        "aws_iam_policy",
        "read_capacity",
    ),
)


ACTIONS = ("*", *(word for word in POLICY_WORDS if word.startswith(("dynamodb:", "kms:", "s3:"))))
RESOURCES = ("*", *(word for word in POLICY_WORDS if word.startswith("arn:")))
STATEMENT = {
    "Effect": ("Allow", "Deny"),
    "Action": [ACTIONS],
    "Resource": [RESOURCES],
    "Sid": ("a", ""),
    "NotAction": [ACTIONS],
    "NotResource": [RESOURCES],
    "Principal": {"AWS": [RESOURCES]},
    "Condition": {"StringEquals": {"dynamodb:LeadingKeys": [POLICY_WORDS]}, "Bool": {"aws:SecureTransport": ("true",)}},
}
POLICY = {"Version": ("2012-10-17", "2008-10-17"), "Statement": [STATEMENT]}
VALUES = dict.fromkeys(("name", "hash_key", "billing_mode", "ttl", "tags", "policy", "stream_enabled"), PLAN_WORDS)
TABLE_VALUES = VALUES | {
    "attribute": [{"name": ("id", "a"), "type": ("S", "N", "X")}],
    "read_capacity": (1, 0, None, "5"),
}
NAMED = {
    "address": (
        "aws_dynamodb_table.t",
        'module.m["a"].aws_dynamodb_table.t[0]',
        "data.aws_iam_policy_document.d",
        "a.b",
    ),
    "type": ("aws_dynamodb_table", "aws_iam_policy"),
    "name": ("t", "d"),
    "mode": ("managed", "data"),
    "index": (0, "a"),
}
CHANGE = {
    "actions": [("create", "update", "delete", "no-op", "read")],
    "before": TABLE_VALUES,
    "after": TABLE_VALUES,
    "after_unknown": dict.fromkeys(TABLE_VALUES, (True, False)),
    "before_sensitive": {"name": (True, False)},
    "after_sensitive": (True, False),
    "replace_paths": [[PLAN_WORDS]],
}
MODULE_OF_VALUES = {"resources": [NAMED | {"values": TABLE_VALUES}], "child_modules": [{"resources": [NAMED]}]}
WRITTEN = {"resources": [NAMED | {"expressions": {key: {"constant_value": PLAN_WORDS} for key in VALUES}}]}
WHOLE_PLAN = {
    "format_version": ("1.2",),
    "resource_changes": [NAMED | {"change": CHANGE, "previous_address": ("a.b",), "action_reason": PLAN_WORDS}],
    "planned_values": {"root_module": MODULE_OF_VALUES},
    "prior_state": {"values": {"root_module": MODULE_OF_VALUES}},
    "configuration": {"root_module": WRITTEN | {"module_calls": {"m": {"module": WRITTEN}}}},
    "variables": {"a": {"value": PLAN_WORDS}},
    "errored": (False, True),
    "complete": (True, False),
}


def document(data: bytes, shape: Shape, words: tuple[str, ...]) -> bytes:
    """Bytes that begin like JSON as they are; others as the JSON of such a shape that they decide on."""
    if data.lstrip()[:1] in (b"", b"{", b"[", b'"'):
        return data
    return json.dumps(Choices(data).shaped(shape, words)).encode()
