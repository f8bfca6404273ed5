"""Data sources that need no API: what they yield from configuration alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dynalint.evaluation.convert import convert
from dynalint.evaluation.errors import EvaluationError
from dynalint.evaluation.json_values import read_json, value_of
from dynalint.evaluation.policy_document import policy_document
from dynalint.evaluation.resources import EvaluatedBlock, Provider
from dynalint.evaluation.schema import type_of
from dynalint.evaluation.types import STRING
from dynalint.evaluation.values import Unknown, Value, identity_of, object_value, string, unknown

PARTITIONS = (
    ("cn-", "aws-cn", "amazonaws.com.cn"),
    ("us-gov-", "aws-us-gov", "amazonaws.com"),
    ("us-iso-", "aws-iso", "c2s.ic.gov"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov"),
    ("", "aws", "amazonaws.com"),
)
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html: Region prefix, partition, DNS suffix."""


def computed(
    type_: str,
    body: EvaluatedBlock,
    provider: Provider | None,
    deferred: Unknown | None,
    address: str,
    read: Callable[[str], bytes],
) -> Mapping[str, Value]:
    """The computed attributes of a data source that can be told without asking AWS; empty for all others.

    ``read`` gives the content of a file of the project; EvaluationError where it is not there.
    """
    match type_:
        case "aws_iam_policy_document":
            return policy_document(body, deferred, address)
        case "terraform_remote_state":
            return {} if deferred else _local_state(body, read)
        case "aws_region":
            return {} if deferred else _region(body, provider)
        case "aws_partition":
            return {} if deferred else _partition(provider)
        case "aws_default_tags":
            tags = provider.default_tags if provider and not deferred else None
            return {"tags": tags} if tags is not None else {}
        case "aws_arn":
            return _arn(body)
        case _:
            return {}


def _local_state(body: EvaluatedBlock, read: Callable[[str], bytes]) -> Mapping[str, Value]:
    """The outputs in a state that lies in the project, over the defaults for those that it does not have."""
    backend, config, defaults = (body.value(name) for name in ("backend", "config", "defaults"))
    path = config.data.get("path") if config is not None and isinstance(config.data, Mapping) else None
    if backend is None or backend.data != "local" or path is None or not isinstance(path.data, str):
        return {}
    try:
        state = read_json(read(path.data))
        found = {name: _state_output(output) for name, output in state["outputs"].items()}
    except (EvaluationError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return {}  # whoever runs terraform may have the state
    given = defaults.data if defaults is not None and isinstance(defaults.data, Mapping) else {}
    return {"outputs": object_value({**given, **found})}


def _state_output(output: Mapping[str, Any]) -> Value:
    value = convert(value_of(output["value"]), type_of(output["type"]))
    return value.marked(bool(output.get("sensitive")))


def _region(body: EvaluatedBlock, provider: Provider | None) -> Mapping[str, Value]:
    asked = body.value("name") or body.value("region")
    region = asked if asked is not None and not asked.is_null else provider_region(provider)
    known = {"name": region, "id": region, "region": region}
    if isinstance(region.data, str):
        known["endpoint"] = string(f"ec2.{region.data}.{_partition_of(region.data)[1]}")
    return known


def provider_region(provider: Provider | None) -> Value:
    """Region of a provider; unknown, but the same for the same provider, where the configuration does not set it."""
    if provider and provider.region is not None and not provider.region.is_null:
        return provider.region
    alias = provider.alias if provider and provider.alias else "default"
    return unknown(
        STRING, Unknown("the provider's region is not set here", identity_of("region", alias), not_null=True)
    )


def _partition(provider: Provider | None) -> Mapping[str, Value]:
    region = provider_region(provider)
    if not isinstance(region.data, str):
        return {}
    name, suffix = _partition_of(region.data)
    reverse = ".".join(reversed(suffix.split(".")))
    return {
        "partition": string(name),
        "id": string(name),
        "dns_suffix": string(suffix),
        "reverse_dns_prefix": string(reverse),
    }


def _partition_of(region: str) -> tuple[str, str]:
    """Name and DNS suffix of a Region's partition."""
    return next((name, suffix) for start, name, suffix in PARTITIONS if region.startswith(start))


def _arn(body: EvaluatedBlock) -> Mapping[str, Value]:
    value = body.value("arn")
    if value is None or not isinstance(value.data, str) or value.data.count(":") < 5:
        return {}
    names = ("partition", "service", "region", "account", "resource")
    parts = dict(zip(names, value.data.split(":", 5)[1:], strict=True))
    return {**{name: string(text) for name, text in parts.items()}, "id": string(value.data)}
