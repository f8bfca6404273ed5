"""Policies as the provider plans them: JSON without blanks, its keys in order, whatever the author wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from dynalint.evaluation.json_values import GO_ESCAPES, read_json
from dynalint.evaluation.values import Value

SORTED = {
    "aws_iam_policy": "policy",
    "aws_iam_role": "assume_role_policy",
    "aws_kms_key": "policy",
    "aws_s3_bucket_policy": "policy",
    "aws_secretsmanager_secret_policy": "policy",
    "aws_sns_topic_policy": "policy",
    "aws_sqs_queue": "policy",
    "aws_sqs_queue_policy": "policy",
    "aws_vpc_endpoint": "policy",
}
VERSION_FIRST = {"aws_iam_group_policy": "policy", "aws_iam_role_policy": "policy", "aws_iam_user_policy": "policy"}
LATEST = "2012-10-17"


def planned_texts(type_: str, written: Mapping[str, Value]) -> Mapping[str, Value]:
    """The arguments of a resource as they are planned."""
    name = SORTED.get(type_) or VERSION_FIRST.get(type_)
    value = written.get(name) if name else None
    if name is None or value is None or not isinstance(value.data, str):
        return written
    return {**written, name: replace(value, data=_normalized(value.data, version_first=type_ in VERSION_FIRST))}


def _normalized(text: str, *, version_first: bool) -> str:
    try:
        return _ordered(read_json(text), version_first=version_first)
    except (ValueError, RecursionError):
        return text  # the provider refuses it, or nobody can tell what it plans


def _ordered(document: object, *, version_first: bool) -> str:
    if version_first and isinstance(document, dict) and document.get("Version") == LATEST:
        rest = _compact({key: value for key, value in document.items() if key != "Version"})
        return f'{{"Version":"{LATEST}"{"," if rest != "{}" else ""}{rest[1:]}'
    return _compact(document)


def _compact(document: object) -> str:
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.translate(GO_ESCAPES)
